import { pathToFileURL } from 'node:url'
import type { ChangeRow, Store } from './store.ts'
import { UnknownFormat } from './store.ts'
import { createThread } from './thread.ts'

/**
 * The embedded store: one SQLite file, every commit synced to disk before `append` resolves.
 * It runs in a thread of its own because the client's calls block.
 * @throws UnknownFormat · Error when the file cannot be opened or is no database.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  const thread = createThread(new URL('./store.worker.ts', import.meta.url), {
    url: pathToFileURL(path).href,
  })
  let epoch: string
  try {
    epoch = await thread.call<string>('epoch')
  } catch (e) {
    await thread.close()
    if ((e as { code?: string }).code === 'UNKNOWN_FORMAT') throw new UnknownFormat((e as Error).message)
    throw e
  }
  return {
    append: rows => (rows.length ? thread.call('append', rows) : Promise.resolve('ok')),
    read: (room, since, limit) => thread.call<ChangeRow[]>('read', room, since, limit),
    rooms: () => thread.call('rooms'),
    epoch: async () => epoch,
    durability: () => thread.call('durability'),
    close: async () => {
      await thread.call('close').catch(() => {})
      await thread.close()
    },
  }
}
