import { createClient } from '@libsql/client'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FolderInUse } from './store.ts'

/**
 * Takes the data folder for this process. The lock is an open write transaction on a database of its own:
 * the operating system ends it with the process, however that dies, so none is ever stale.
 * @throws FolderInUse with the holder's process id where it is known.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const client = createClient({
    url: pathToFileURL(join(folder, 'lock.sqlite')).href,
    concurrency: 1,
    timeout: 0,
  })
  const holder = join(folder, 'server.pid')
  try {
    const held = await client.transaction('write')
    writeFileSync(holder, String(process.pid))
    return () => {
      held.close()
      client.close()
    }
  } catch (e) {
    client.close()
    if ((e as { code?: string }).code !== 'SQLITE_BUSY') throw e
    throw new FolderInUse(readPid(holder))
  }
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return '?'
  }
}
