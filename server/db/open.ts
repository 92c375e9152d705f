import { sayBoth } from '../contract/errors.ts'
import type { Text } from '../contract/errors.ts'
import type { Writable } from '../contract/writable.ts'
import { accountsFile, journalFile } from './files.ts'
import { openPostgresStore } from './postgres.ts'
import { openPostgresAccountRows } from './accounts.postgres.ts'
import { SqliteAccountRows } from './accounts.sqlite.ts'
import { takeInKept } from './postgres.backup.ts'
import { readKept } from './sqlite.backup.ts'
import { openSqliteStore } from './sqlite.ts'
import { settleFolder } from './sqlite.swap.ts'
import type { Store } from './store.ts'
import { knowingWritable } from './writable.ts'

export { journalFile }

/**
 * The store that is asked for: PostgreSQL at `databaseUrl`, or the file in the data folder.
 * @throws what the one or the other does
 */
export async function openStore(
  dataDir: string,
  databaseUrl?: string,
  now = () => new Date(),
): Promise<Store & Writable> {
  const opened = databaseUrl
    ? await openPostgresStore(databaseUrl)
    : await openSqliteStore(journalFile(dataDir))
  const store = knowingWritable(opened, now)
  const { durable, settings } = await store.durability()
  if (!durable) console.error(sayBoth(notDurable(settings)))
  return store
}

/**
 * The rows of accounts, where the journal is too. What an earlier release kept in the folder beside a PostgreSQL
 * is taken into that. @throws as `openStore`
 */
export async function openAccountRows(dataDir: string, databaseUrl?: string) {
  await settleFolder(dataDir)
  if (databaseUrl) {
    const rows = await openPostgresAccountRows(databaseUrl)
    const before = readKept(dataDir)
    const { length } = before.user
    if (length > 0 && (await takeInKept(databaseUrl, before))) console.log(sayBoth(takenIn(length)))
    return rows
  }
  return new SqliteAccountRows(accountsFile(dataDir))
}

const takenIn = (accounts: number): Text => ({
  zh: `数据文件夹里的 ${accounts} 个账户以及姓名和电话已带入 PostgreSQL，此后以那里为准`,
  en: `${accounts} accounts of the data folder, names and telephones were taken into the PostgreSQL; from now on they are kept there`,
})

function notDurable(settings: Record<string, string>): Text {
  const said = Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
  return {
    zh: `注意：数据库的设置（${said}）不保证断电后不丢失已确认的命令`,
    en: `Note: as the database is set (${said}), a power cut may lose commands that were acknowledged`,
  }
}
