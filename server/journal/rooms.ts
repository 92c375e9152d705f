import { Refusal } from '../contract/errors.ts'
import type { Change } from '../contract/change.ts'
import type { RoomEntity } from '../contract/commands.ts'
import { flatten } from '../contract/world.ts'
import type { Store } from '../db/store.ts'
import type { By } from './decide.ts'
import { readChange } from './hash.ts'
import { storeUnavailable } from './refusals.ts'
import { OpenedRooms, openedRoom } from './opened.ts'
import type { Opened } from './opened.ts'
import { createRoom } from './room.ts'
import type { Room } from './room.ts'

export interface Rooms {
  /**
   * A county's situation: its real room, or another that the journal holds (`county~slug`).
   * @throws Refusal 404 `room_unknown`, 503 `journal_damaged`
   */
  get(county: string, room?: string): Promise<Room>
  /** An exercise of the county, begun with the situation as it is now. @throws Refusal 409 `room_exists` */
  begin(county: string, slug: string, name: string, by: By): Promise<Room>
  /** Every room of the county that the journal holds; null = its real one. */
  list(county: string): Promise<{ id: string; begun: RoomEntity | null }[]>
  readonly epoch: string
  /** Lets go of exercises that nobody has followed or asked for in a while; what they stand at is kept. */
  rest(): Promise<void>
  /** Keeps every open room's world for a quick start, and hears no more of other processes. */
  close(): Promise<void>
}

export interface RoomsDeps {
  store: Store
  now: () => Date
  /** Told of each room when it is opened, before anyone gets it. */
  onOpen?: (county: string, room: Room) => void
}

/** How long an exercise stays open that nobody follows or asks for. */
const IDLE_MS = 15 * 60_000
const LOOK_MS = 60_000

/** Opens rooms on demand, each once. */
export async function createRooms({ store, now, onOpen }: RoomsDeps): Promise<Rooms> {
  const opened = new OpenedRooms()
  /** A room's beginning holds all it began with: read once. */
  const beginnings = new Map<string, RoomEntity | null>()
  const epoch = await store.epoch()
  const unwatch = await store.watch(id => void opened.peek(id).then(found => found?.room.refresh()))

  const unavailable = (e: unknown): never => {
    throw storeUnavailable(e)
  }
  const firstOf = async (id: string): Promise<Change | null> => {
    const [row] = await store.read(id, 0, 1).catch(unavailable)
    return row ? readChange(row) : null
  }
  const open = async (county: string, id: string, begins = false): Promise<Opened> => {
    if (id !== county && !begins && !(await firstOf(id))) throw roomUnknown(id)
    const room = await createRoom({ store, room: id, now }).catch(e => {
      // A store that does not answer now is not a damaged journal: no reason to reach for a backup.
      throw e instanceof Refusal ? e : journalDamaged(id, e)
    })
    const fresh = openedRoom(room)
    onOpen?.(county, fresh.room)
    fresh.followers = 0
    return fresh
  }
  const using = (one: Opened): Room => {
    one.usedMs = now().getTime()
    return one.room
  }

  const get: Rooms['get'] = async (county, id = county) => {
    if (id !== county && !id.startsWith(`${county}~`)) throw roomUnknown(id)
    let found = opened.get(id)
    if (!found) opened.set(id, (found = open(county, id)))
    return using(await found)
  }

  const rest = async (): Promise<void> => {
    const isIdle = ({ followers, busy, usedMs, room: { id } }: Opened): boolean =>
      id.includes('~') && followers === 0 && busy === 0 && now().getTime() - usedMs >= IDLE_MS
    for (const one of await opened.all()) {
      if (!isIdle(one)) continue
      await one.room.rest()
      // Somebody may have come while it was written.
      if (isIdle(one)) opened.letGo(one.room.id, one)
    }
  }
  const looking = setInterval(() => void rest(), LOOK_MS).unref()

  return {
    epoch,
    get,
    rest,
    begin: async (county, slug, name, by) => {
      const id = `${county}~${slug}`
      const from = (await get(county)).world()
      // Not among the opened ones before it is there: nobody may meet it empty.
      // Nor is one who looked for it too early in its way.
      const held = await opened.get(id)?.catch(() => null)
      const mine = held ?? (await open(county, id, true))
      const room = using(mine)
      const { entities } = flatten(from)
      const input = { name, parent: { room: county, seq: from.seq }, entities }
      await room.run({ name: 'beginRoom', input }, by)
      const others = await opened.get(id)?.catch(() => null)
      if (!others) opened.set(id, Promise.resolve(mine))
      return using(others ?? mine)
    },
    list: async county => {
      const ids = (await store.rooms().catch(unavailable)).filter(id => id.startsWith(`${county}~`)).sort()
      for (const id of ids) {
        if (beginnings.has(id)) continue
        const first = await firstOf(id)
        beginnings.set(id, (first?.put.find(({ kind }) => kind === 'room') ?? null) as RoomEntity | null)
      }
      const begun = ids.map(id => ({ id, begun: beginnings.get(id)! }))
      return [{ id: county, begun: null }, ...begun]
    },
    close: async () => {
      clearInterval(looking)
      await unwatch()
      for (const { room } of await opened.all()) await room.rest()
    },
  }
}

function roomUnknown(id: string): Refusal {
  return new Refusal(
    'room_unknown',
    404,
    { zh: `没有名为“${id}”的态势`, en: `There is no room "${id}"` },
    { zh: '不写 room 就是该县的真实态势', en: 'Leave room out for the real situation of the county' },
    'room',
  )
}

function journalDamaged(id: string, cause: unknown): Refusal {
  console.error(cause)
  return new Refusal(
    'journal_damaged',
    503,
    { zh: `“${id}”的日志读不出来`, en: `The journal of "${id}" cannot be read` },
    {
      zh: '停机，再从备份恢复：npm run restore -- 文件',
      en: 'Stop the server and restore a backup: npm run restore -- FILE',
    },
  )
}
