import type { Context } from 'hono'
import { setTimeout } from 'node:timers/promises'
import type { RecordEntity } from '../contract/registers/entity.ts'
import { REGISTERS } from '../contract/registers/index.ts'
import { personsOfRows } from '../contract/registers/persons.ts'
import type { KeptPersons, Persons, RowPersons } from '../contract/registers/persons.ts'
import type { World } from '../contract/world.ts'
import type { Room } from '../journal/room.ts'
import type { Deps, Env } from './context.ts'
import { needRight, viewerOf } from './viewer.ts'

interface PersonsDeps extends Pick<Deps, 'now'> {
  persons: Persons
}
const turns = new WeakMap<Room, Promise<unknown>>()

/**
 * One after another in a room: who reads persons between a save's trace in the journal and the values themselves
 * would take the old values for those of that change.
 */
export function inTurn<T>(room: Room, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(room) ?? Promise.resolve()).then(work, work)
  turns.set(
    room,
    mine.catch(() => {}),
  )
  return mine
}

/** A save of another process is between its trace and its values for milliseconds; one that was killed for ever. */
const ON_THE_WAY_MS = 2000

/** Is there a row whose persons are being saved right now, by its trace? */
function isOnTheWay({ kinds }: World, kept: readonly KeptPersons[], now: Date): boolean {
  const since = new Date(now.getTime() - ON_THE_WAY_MS).toISOString()
  const saved = new Map(kept.map(({ register, id, savedAt = '' }) => [`${register}/${id}`, savedAt]))
  return REGISTERS.some(({ key }) =>
    [...((kinds.get(key)?.values() ?? []) as Iterable<RecordEntity>)].some(({ id, personsSaved }) => {
      const at = personsSaved?.at ?? ''
      return at > since && at > (saved.get(`${key}/${id}`) ?? '')
    }),
  )
}

async function settledPersons({ persons, now }: PersonsDeps, room: Room): Promise<RowPersons[]> {
  for (let waited = 0; ; waited += 100) {
    // The world first: an older trace beside newer values is refused when it is saved over, never the other way.
    const world = room.world()
    const kept = await inTurn(room, () => persons.all(room.id))
    if (waited > ON_THE_WAY_MS || !isOnTheWay(world, kept, now())) return personsOfRows(world, kept)
    await setTimeout(100)
  }
}

/**
 * What is kept beside the rows of a room. That it was read, by whom and of how many rows, is said in the server's
 * output; nothing of it stands in the journal.
 * @throws Refusal 403 `right_missing`
 */
export async function readPersons(
  c: Context<Env>,
  deps: PersonsDeps,
  room: Room,
  { register, id }: { register?: readonly string[]; id?: string } = {},
): Promise<RowPersons[]> {
  const viewer = viewerOf(c)
  needRight(viewer, 'readPersons')
  const all = await settledPersons(deps, room)
  const wanted = all.filter(
    one => (register?.includes(one.register) ?? true) && (id === undefined || id === one.id),
  )
  const { method, path } = c.req
  console.info(
    `查看姓名电话 persons read: ${viewer.id} (${viewer.role}) ${method} ${path} – ${wanted.length}`,
  )
  return wanted
}
