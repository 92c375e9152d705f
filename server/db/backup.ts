import { existsSync } from 'node:fs'
import { journalFile } from './files.ts'
import type { Kept } from './kept.ts'
import { readPostgres, replacePostgres } from './postgres.backup.ts'
import { journalMissing } from './refusals.ts'
import { readSqlite, replaceSqlite } from './sqlite.backup.ts'
import { settleFolder } from './sqlite.swap.ts'
import type { ChangeRow } from './store.ts'

/** Whoever keeps a head's hash can tell later whether the journal's tail was cut off. */
export type Head = Pick<ChangeRow, 'room' | 'seq' | 'hash'>

/** Everything that the databases hold, each as it was at one instant, while servers go on writing. */
export interface JournalReading {
  readonly epoch: string
  /** The newest change of each room. */
  heads(): Promise<Head[]>
  /** Rows of a room after `since`, in order; at most `limit`. */
  read(room: string, since: number, limit: number): Promise<ChangeRow[]>
  /** Accounts and persons; empty where there are none yet. */
  kept(): Promise<Kept>
  close(): Promise<void>
}

/** What is to take the place of what is there. */
export interface Replacement {
  /** The journal's, room by room in order. */
  rows: AsyncIterable<ChangeRow[]>
  /** Accounts and persons, asked for when the rows have been read; null = those that are there stay. */
  kept: () => Kept | null
}

/** What became of what was there. */
export interface Replaced {
  /** The new epoch: whoever followed the old one starts afresh. */
  epoch: string
  /** Where what was there before is kept; empty when there was nothing. */
  aside: string[]
}

/** @throws Refusal `journal_missing`, of the database · UnknownFormat · Error of the disk */
export async function openReading(dataDir: string, databaseUrl?: string): Promise<JournalReading> {
  if (databaseUrl) return readPostgres(databaseUrl)
  await settleFolder(dataDir)
  if (!existsSync(journalFile(dataDir))) throw journalMissing(dataDir)
  return readSqlite(dataDir)
}

/**
 * Puts all of it in the place of what is there, or leaves that as it is when `rows` throws or anything fails.
 * The caller holds the data folder's lock.
 * @throws Refusal `database_in_use`, of the database · what `rows` throws · Error of the disk
 */
export function replaceAll(
  dataDir: string,
  databaseUrl: string | undefined,
  replacement: Replacement,
  now: Date,
): Promise<Replaced> {
  const stamp = now.toISOString().replaceAll(/[-:.]/g, '')
  return databaseUrl
    ? replacePostgres(databaseUrl, replacement, stamp)
    : replaceSqlite(dataDir, replacement, stamp)
}
