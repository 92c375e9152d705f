import { Refusal } from '../contract/errors.ts'
import type { Store } from '../db/store.ts'
import { createRoom } from './room.ts'
import type { Room } from './room.ts'

export interface Rooms {
  /**
   * A county's situation: its real room, or another that the journal holds (`county~slug`).
   * @throws Refusal 404 `room_unknown`, 503 `journal_damaged`
   */
  get(county: string, room?: string): Promise<Room>
  readonly epoch: string
}

export interface RoomsDeps {
  store: Store
  now: () => Date
  /** Told of each room once, before anyone gets it. */
  onOpen?: (county: string, room: Room) => void
}

/** Opens rooms on demand, each once. */
export async function createRooms({ store, now, onOpen }: RoomsDeps): Promise<Rooms> {
  const opened = new Map<string, Promise<Room>>()
  const epoch = await store.epoch()

  const open = async (county: string, id: string): Promise<Room> => {
    if (id !== county && (await store.read(id, 0, 1)).length === 0) throw roomUnknown(id)
    const room = await createRoom({ store, room: id, now }).catch(e => {
      // A store that does not answer now is not a damaged journal: no reason to reach for a backup.
      throw e instanceof Refusal ? e : journalDamaged(id, e)
    })
    onOpen?.(county, room)
    return room
  }

  return {
    epoch,
    get: async (county, id = county) => {
      if (id !== county && !id.startsWith(`${county}~`)) throw roomUnknown(id)
      let room = opened.get(id)
      if (!room) {
        room = open(county, id)
        opened.set(id, room)
        room.catch(() => opened.delete(id))
      }
      return room
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
      zh: '从备份恢复数据目录中的 journal.sqlite',
      en: 'Restore journal.sqlite of the data folder from a backup',
    },
  )
}
