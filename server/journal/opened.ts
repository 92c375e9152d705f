import type { Room } from './room.ts'

/** A room that is open here, and what is known of its use. Whoever holds the room holds this too. */
export interface Opened {
  room: Room
  /** Those who follow it, but for those who were there from the start. */
  followers: number
  /** Commands under way. */
  busy: number
  usedMs: number
}

/** The room as it is given out: it counts who follows it and what is under way. */
export function openedRoom(room: Room): Opened {
  const opened: Opened = { room, followers: 0, busy: 0, usedMs: 0 }
  opened.room = {
    ...room,
    run: async (command, by) => {
      opened.busy++
      try {
        return await room.run(command, by)
      } finally {
        opened.busy--
      }
    },
    subscribe: tell => {
      opened.followers++
      const leave = room.subscribe(tell)
      let left = false
      return () => {
        if (left) return
        left = true
        opened.followers--
        leave()
      }
    },
  }
  return opened
}

/**
 * The rooms that are open here, each once. One that is let go is held no longer, but found again as long as anybody
 * holds it: so there are never two of one room, whoever still has it in hand.
 */
export class OpenedRooms {
  readonly #held = new Map<string, Promise<Opened>>()
  readonly #letGo = new Map<string, WeakRef<Opened>>()

  /** The same again, if it is there; held from now on. */
  get(id: string): Promise<Opened> | undefined {
    const held = this.#held.get(id)
    if (held) return held
    const found = this.#letGo.get(id)?.deref()
    if (!found) return undefined
    // Nothing was missed: other processes are heard of for it too.
    this.#letGo.delete(id)
    const again = Promise.resolve(found)
    this.#held.set(id, again)
    return again
  }

  set(id: string, opening: Promise<Opened>): void {
    this.#letGo.delete(id)
    this.#held.set(id, opening)
    opening.catch(() => this.#held.get(id) === opening && this.#held.delete(id))
  }

  /** Where it is open, without holding it. */
  async peek(id: string): Promise<Opened | undefined> {
    return (await this.#held.get(id)?.catch(() => undefined)) ?? this.#letGo.get(id)?.deref()
  }

  async all(): Promise<Opened[]> {
    const held = await Promise.all([...this.#held.values()].map(one => one.catch(() => null)))
    return held.filter(one => one !== null)
  }

  letGo(id: string, opened: Opened): void {
    this.#held.delete(id)
    this.#letGo.set(id, new WeakRef(opened))
    for (const [other, gone] of this.#letGo) if (!gone.deref()) this.#letGo.delete(other)
  }
}
