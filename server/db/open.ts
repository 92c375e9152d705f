import { join } from 'node:path'
import { sayBoth } from '../contract/errors.ts'
import type { Text } from '../contract/errors.ts'
import { openPostgresStore } from './postgres.ts'
import { openSqliteStore } from './sqlite.ts'
import type { Store } from './store.ts'

/** Where the embedded journal lies. */
export const journalFile = (dataDir: string): string => join(dataDir, 'journal.sqlite')

/**
 * The store that is asked for: PostgreSQL at `databaseUrl`, or the file in the data folder.
 * @throws what the one or the other does
 */
export async function openStore(dataDir: string, databaseUrl?: string): Promise<Store> {
  const store = databaseUrl
    ? await openPostgresStore(databaseUrl)
    : await openSqliteStore(journalFile(dataDir))
  const { durable, settings } = await store.durability()
  if (!durable) console.error(sayBoth(notDurable(settings)))
  return store
}

function notDurable(settings: Record<string, string>): Text {
  const said = Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
  return {
    zh: `注意：数据库的设置（${said}）不保证断电后不丢失已确认的命令`,
    en: `Note: as the database is set (${said}), a power cut may lose commands that were acknowledged`,
  }
}
