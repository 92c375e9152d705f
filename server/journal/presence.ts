import type { Present } from '../contract/presence.ts'
import type { Viewer } from '../contract/viewer.ts'
import { createSubscribers } from './subscribers.ts'

/** When a server starts again everybody comes back at once: told together. */
const TOGETHER_MS = 1000

/** Who follows a room at this process, longest there first. */
export interface Presence {
  /** @returns the way to leave */
  enter(viewer: Pick<Viewer, 'id' | 'name' | 'role'>, at: Date): () => void
  list(): Present[]
  /** Told of the whole list, at most once a second. */
  subscribe(tell: (present: Present[]) => void): () => void
}

export function createPresence(wait = setTimeout): Presence {
  const byId = new Map<string, Present>()
  const subscribers = createSubscribers<Present[]>()
  let telling = false
  const list = (): Present[] =>
    [...byId.values()].sort((a, b) => (a.since < b.since ? -1 : 1)).map(present => ({ ...present }))
  const changed = (): void => {
    if (telling) return
    telling = true
    wait(() => {
      telling = false
      subscribers.tell(list())
    }, TOGETHER_MS)
  }
  return {
    list,
    subscribe: subscribers.add,
    enter: ({ id, name, role }, at) => {
      const present = byId.get(id) ?? { id, name, role, screens: 0, since: at.toISOString() }
      byId.set(id, present)
      present.screens++
      changed()
      let left = false
      return () => {
        if (left) return
        left = true
        if (--present.screens === 0) byId.delete(id)
        changed()
      }
    },
  }
}

const presences = new WeakMap<object, Presence>()

/** A room's presence, made when first asked for. */
export function presenceOf(room: object): Presence {
  let presence = presences.get(room)
  if (!presence) presences.set(room, (presence = createPresence()))
  return presence
}
