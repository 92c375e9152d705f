import type { ChangeRow, Store } from './store.ts'

const names = (r: ChangeRow) => [`${r.room}\0${r.seq}`, `${r.room}\0${r.actor}\0${r.key}`]

/** A store that forgets: for tests of what stands on a store. It passes the same contract. */
export function createMemoryStore(epoch = 'memory'): Store {
  const rooms = new Map<string, ChangeRow[]>()
  const taken = new Set<string>()
  return {
    append: async rows => {
      const fresh = rows.flatMap(names)
      if (fresh.some(n => taken.has(n)) || new Set(fresh).size < fresh.length) return 'conflict'
      for (const n of fresh) taken.add(n)
      for (const row of rows) {
        const list = rooms.get(row.room) ?? []
        rooms.set(row.room, list)
        list.push({ ...row })
        list.sort((a, b) => a.seq - b.seq)
      }
      return 'ok'
    },
    read: async (room, since, limit) =>
      (rooms.get(room) ?? []).filter(r => r.seq > since).slice(0, limit ?? undefined),
    rooms: async () => [...rooms.keys()],
    epoch: async () => epoch,
    durability: async () => ({ journalMode: 'memory', synchronous: 0 }),
    close: async () => {},
  }
}
