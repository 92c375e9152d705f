import { checkKeepable } from './keepable.ts'
import { instantOf, lastSeqAt } from './seq-at.ts'
import type { ChangeRow, Snapshot, Store } from './store.ts'

const names = (r: ChangeRow) => [`${r.room}\0${r.seq}`, `${r.room}\0${r.actor}\0${r.key}`]

/**
 * A store that forgets: for tests of what stands on a store. It passes the same contract. Two rooms on one
 * are as two processes on one database: whoever watches is told of every append.
 */
export function createMemoryStore(epoch = 'memory'): Store {
  const rooms = new Map<string, ChangeRow[]>()
  const taken = new Map<string, ChangeRow>()
  const snapshots = new Map<string, Snapshot>()
  const pasts = new Map<string, Snapshot[]>()
  const watchers = new Set<{ tell: (room: string) => void }>()
  const rowsOf = (room: string) => rooms.get(room) ?? []
  const isOfJournal = (room: string, { seq, hash }: Snapshot) => taken.get(`${room}\0${seq}`)?.hash === hash

  return {
    append: async rows => {
      checkKeepable(rows)
      const fresh = rows.flatMap(names)
      if (fresh.some(n => taken.has(n)) || new Set(fresh).size < fresh.length) return 'conflict'
      for (const row of rows) {
        const kept = { ...row }
        for (const n of names(row)) taken.set(n, kept)
        const list = rowsOf(row.room)
        rooms.set(row.room, list)
        list.push(kept)
        list.sort((a, b) => a.seq - b.seq)
      }
      const touched = new Set(rows.map(row => row.room))
      for (const { tell } of watchers) for (const room of touched) queueMicrotask(() => tell(room))
      return 'ok'
    },
    read: async (room, since, limit) =>
      rowsOf(room)
        .filter(r => r.seq > since)
        .slice(0, limit ?? undefined),
    find: async (room, actor, key) => taken.get(`${room}\0${actor}\0${key}`) ?? null,
    seqAt: async (room, at) => {
      const rows = rowsOf(room)
      return lastSeqAt(rows.at(-1)?.seq ?? 0, instantOf(at), seq => rows.findLast(r => r.seq <= seq)?.at)
    },
    rooms: async () => [...rooms.keys()],
    snapshot: async room => {
      const kept = snapshots.get(room)
      return kept && isOfJournal(room, kept) ? { ...kept } : null
    },
    keepSnapshot: async (room, snapshot) => {
      const kept = snapshots.get(room)
      if (kept && kept.seq > snapshot.seq && isOfJournal(room, kept)) return
      snapshots.set(room, { ...snapshot })
    },
    past: async (room, seq) =>
      (pasts.get(room) ?? []).findLast(kept => kept.seq <= seq && isOfJournal(room, kept)) ?? null,
    pastSeqs: async room => (pasts.get(room) ?? []).map(({ seq }) => seq),
    keepPast: async (room, snapshot, gone) => {
      const stay = (pasts.get(room) ?? []).filter(({ seq }) => seq !== snapshot.seq)
      const all = [...stay, { ...snapshot }].sort((a, b) => a.seq - b.seq)
      pasts.set(
        room,
        all.filter(({ seq }) => !gone.includes(seq)),
      )
    },
    watch: async tell => {
      const watcher = { tell }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    epoch: async () => epoch,
    durability: async () => ({ engine: 'memory', durable: false, settings: {} }),
    probe: async () => {},
    close: async () => {},
  }
}
