import { mkdirSync } from 'node:fs'
import { Refusal } from '../../server/contract/errors.ts'
import { type Replaced, replaceAll } from '../../server/db/backup.ts'
import { lockFolder } from '../../server/db/lock.ts'
import { finishSwap } from '../../server/db/sqlite.swap.ts'
import { FolderInUse } from '../../server/db/store.ts'
import { type Checked, checkBackup, openBackup } from './read.ts'

export interface Restored extends Checked, Replaced {}

/**
 * Puts a backup in the place of what is there. Everything of it is checked before anything is touched, and again while
 * it is copied: a file that changes in between changes nothing.
 * @throws Refusal `folder_in_use`, backup_*, of the database · UnknownFormat · Error of the disk
 */
export async function restoreBackup(
  path: string,
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl: string | undefined },
  now: Date,
): Promise<Restored> {
  mkdirSync(dataDir, { recursive: true })
  const unlock = await lockFolder(dataDir).catch((e: unknown) => {
    throw e instanceof FolderInUse ? folderInUse(dataDir, e.message) : e
  })
  try {
    const checked = await checkBackup(path)
    finishSwap(dataDir)
    const { rows, kept } = await openBackup(path)
    return { ...checked, ...(await replaceAll(dataDir, databaseUrl, { rows, kept }, now)) }
  } finally {
    unlock()
  }
}

function folderInUse(dataDir: string, pid: string): Refusal {
  return new Refusal(
    'folder_in_use',
    409,
    {
      zh: `烽图服务（进程 ${pid}）正在使用 ${dataDir}，什么都没有改变`,
      en: `A Fengtu server (process ${pid}) uses ${dataDir}; nothing was changed`,
    },
    { zh: '先停掉它，再恢复', en: 'Stop it, then restore' },
  )
}
