import type { Change, Entity } from '../contract/change.ts'
import type { CommandInput, CommandName } from '../contract/commands.ts'
import { applyChanges, emptyWorld } from '../contract/world.ts'
import type { World } from '../contract/world.ts'
import type { ChangeRow, Store } from '../db/store.ts'
import { MADE, VERBS } from '../domain/index.ts'
import type { Made, Verb } from '../domain/verb.ts'
import { GENESIS, readChange, sealChange } from './hash.ts'
import { checkSize, keyReused, storeUnavailable } from './refusals.ts'
import { createSubscribers } from './subscribers.ts'

export interface Command<N extends CommandName = CommandName> {
  name: N
  input: CommandInput<N>
}
/** Who sent it, and the key under which it happens once. */
export interface By {
  actor: string
  key: string
}
export interface Published {
  change: Change
  row: ChangeRow
}

/** One situation: the only writer of its part of the journal. `world()` holds only what is durable. */
export interface Room {
  readonly id: string
  world(): World
  /** One after another; a key seen before gives the answer of then. @throws Refusal of the verb, or 503 `store_unavailable` with nothing changed. */
  run<N extends CommandName>(command: Command<N>, by: By): Promise<Change>
  /** Told of each durable change, in order, once. */
  subscribe(tell: (published: Published) => void): () => void
  rows(since: number): Promise<ChangeRow[]>
}

export interface RoomDeps {
  store: Store
  room: string
  now: () => Date
}

/** How often another process may be first before a command gives up. */
const TRIES = 100

/** @throws Error when the journal's text cannot be read or has a gap. */
export async function createRoom({ store, room, now }: RoomDeps): Promise<Room> {
  let world = emptyWorld(room)
  let head = GENESIS
  let behind = false
  let last: Promise<unknown> = Promise.resolve()
  const seqOfKey = new Map<string, number>()
  const subscribers = createSubscribers<Published>()

  const read = (since: number, limit?: number) =>
    store.read(room, since, limit).catch(e => {
      throw storeUnavailable(e)
    })
  const accept = (published: readonly Published[]) => {
    world = applyChanges(
      world,
      published.map(p => p.change),
    )
    for (const { row } of published) seqOfKey.set(`${row.actor}\0${row.key}`, row.seq)
    head = published.at(-1)?.row.hash ?? head
    for (const p of published) subscribers.tell(p)
  }
  const foldNew = async () => {
    const rows = await read(world.seq)
    accept(rows.map(row => ({ row, change: readChange(row) })))
    behind = false
  }

  const answerOf = async ({ name, input }: Command, { actor, key }: By): Promise<Change | null> => {
    const seq = seqOfKey.get(`${actor}\0${key}`)
    if (seq === undefined) return null
    const [row] = await read(seq - 1, 1)
    const change = readChange(row!)
    const made = MADE[name] as Made<CommandName>
    if (change.verb !== name || !made(change, input)) throw keyReused(key)
    return change
  }

  const decide = ({ name, input }: Command, by: By): Published => {
    const wall = now().toISOString()
    const at = world.at !== null && world.at > wall ? world.at : wall
    const draft = (VERBS[name] as Verb<CommandName>)(world, input, { now: at, clock: at, ...by })
    const seq = world.seq + 1
    const put = draft.put.map(entity => ({ ...entity, rev: seq }) as Entity)
    for (const entity of put) checkSize(entity)
    const { drop, note } = draft
    const { actor, key } = by
    const row = sealChange({
      v: 1,
      room,
      seq,
      at,
      clock: at,
      actor,
      verb: name,
      key,
      note,
      put,
      drop,
      prev: head,
    })
    return { row, change: readChange(row) }
  }

  /** Null: the refusal stood on an old world, another process was first; decide again. */
  const decideOnNewest = async (command: Command, by: By): Promise<Published | null> => {
    try {
      return decide(command, by)
    } catch (e) {
      const { seq } = world
      await foldNew()
      if (world.seq > seq) return null
      throw e
    }
  }

  const attempt = async (command: Command, by: By): Promise<Change> => {
    for (let i = 0; i < TRIES; i++) {
      if (behind) await foldNew()
      const done = await answerOf(command, by)
      if (done) return done
      const decided = await decideOnNewest(command, by)
      if (!decided) continue
      behind = true
      const answer = await store.append([decided.row]).catch(storeUnavailable)
      if (answer === 'ok') {
        behind = false
        accept([decided])
        return decided.change
      }
      if (answer === 'conflict') continue
      // A failed append may yet have been written: the journal says.
      await foldNew()
      const written = await answerOf(command, by)
      if (written) return written
      throw answer
    }
    throw storeUnavailable(new Error(`another process was first ${TRIES} times`))
  }

  const run: Room['run'] = (command, by) => {
    const mine = last.then(() => attempt(command as Command, by))
    last = mine.catch(() => {})
    return mine
  }

  await foldNew()
  return {
    id: room,
    world: () => world,
    run,
    subscribe: subscribers.add,
    rows: read,
  }
}
