import { existsSync } from 'node:fs'
import { journalFile } from './open.ts'
import { readPostgres, replacePostgres } from './postgres.backup.ts'
import { readSqlite, replaceSqlite } from './sqlite.backup.ts'
import { journalMissing } from './refusals.ts'
import type { ChangeRow } from './store.ts'

/** Whoever keeps a head's hash can tell later whether the journal's tail was cut off. */
export type Head = Pick<ChangeRow, 'room' | 'seq' | 'hash'>

/** The whole journal as it was at one instant, while servers go on appending. */
export interface JournalReading {
  readonly epoch: string
  /** The newest change of each room. */
  heads(): Promise<Head[]>
  /** Rows of a room after `since`, in order; at most `limit`. */
  read(room: string, since: number, limit: number): Promise<ChangeRow[]>
  close(): Promise<void>
}

/** What became of the journal that was there. */
export interface Replaced {
  /** The new epoch: whoever followed the old one starts afresh. */
  epoch: string
  /** Where the journal of before is kept; null when there was none. */
  aside: string | null
}

/** @throws Refusal `journal_missing`, of the database · UnknownFormat · Error of the disk */
export async function openReading(dataDir: string, databaseUrl?: string): Promise<JournalReading> {
  if (databaseUrl) return readPostgres(databaseUrl)
  const file = journalFile(dataDir)
  if (!existsSync(file)) throw journalMissing(dataDir)
  return readSqlite(file)
}

/**
 * Puts the rows in the journal's place as a whole, or leaves what is there when `rows` throws or anything
 * fails. The caller holds the data folder's lock.
 * @throws Refusal `database_in_use`, of the database · what `rows` throws · Error of the disk
 */
export function replaceJournal(
  dataDir: string,
  databaseUrl: string | undefined,
  rows: AsyncIterable<ChangeRow[]>,
  now: Date,
): Promise<Replaced> {
  const stamp = now.toISOString().replaceAll(/[-:.]/g, '')
  return databaseUrl
    ? replacePostgres(databaseUrl, rows, stamp)
    : replaceSqlite(journalFile(dataDir), rows, stamp)
}
