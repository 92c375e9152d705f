import { checkKeepable } from './keepable.ts'
import { instantOf } from './seq-at.ts'
import type { Durability, Store } from './store.ts'
import { UnknownFormat } from './store.ts'
import { createThread } from './thread.ts'

/**
 * The embedded store: one SQLite file, every commit synced to disk before `append` resolves.
 * It runs in a thread of its own because the binding's calls block.
 * @throws UnknownFormat · Error when the file cannot be opened or is no database.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const thread = createThread(new URL('./store.worker.ts', import.meta.url), { path })
  let epoch: string
  try {
    epoch = await thread.call<string>('epoch')
  } catch (e) {
    await thread.close()
    if ((e as { code?: string }).code === 'UNKNOWN_FORMAT') throw new UnknownFormat((e as Error).message)
    throw e
  }
  return {
    append: async rows => {
      checkKeepable(rows)
      return rows.length ? thread.call('append', rows) : 'ok'
    },
    read: (room, since, limit) => thread.call('read', room, since, limit),
    find: (room, actor, key) => thread.call('find', room, actor, key),
    seqAt: async (room, at) => thread.call('seqAt', room, instantOf(at)),
    rooms: () => thread.call('rooms'),
    snapshot: room => thread.call('snapshot', room),
    keepSnapshot: (room, snapshot) => thread.call('keepSnapshot', room, snapshot),
    past: (room, seq) => thread.call('past', room, seq),
    pastSeqs: room => thread.call('pastSeqs', room),
    keepPast: (room, snapshot, gone) => thread.call('keepPast', room, snapshot, gone),
    // The folder's lock keeps any other process out.
    watch: async () => () => {},
    epoch: async () => epoch,
    durability: () => thread.call<Durability>('durability'),
    probe: () => thread.call('probe'),
    close: async () => {
      await thread.call('close').catch(() => {})
      await thread.close()
    },
  }
}
