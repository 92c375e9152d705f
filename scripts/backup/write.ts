import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { syncFile, syncFolder } from '../../geodata/durable.ts'
import type { Head, JournalReading } from '../../server/db/backup.ts'
import { KEPT_TABLES, type Kept } from '../../server/db/kept.ts'
import type { ChangeRow } from '../../server/db/store.ts'
import { FORMAT, type Header, VERSION } from './format.ts'
import { fileExists } from './refusals.ts'

/** Rows held in memory at a time. */
const PART = 1000

export interface Written {
  heads: Head[]
  changes: number
  /** People and others that may come in, and rows of which names or telephones are kept. */
  accounts: number
  persons: number
}

/**
 * Writes all of it aside and then under its name, so that a file of that name is always whole.
 * @throws Refusal `file_exists` · Error of the disk or the database
 */
export async function writeBackup(path: string, journal: JournalReading, now: Date): Promise<Written> {
  if (existsSync(path)) throw fileExists(path)
  const aside = `${path}.part`
  const [heads, kept] = [await journal.heads(), await journal.kept()]
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    madeAt: now.toISOString(),
    epoch: journal.epoch,
    rooms: heads,
    kept: countsOf(kept),
  }
  try {
    // It holds everything that happened, names and hashes of passwords: for its owner only.
    await pipeline(
      Readable.from(textOf(header, journal, kept)),
      createGzip(),
      createWriteStream(aside, { mode: 0o600 }),
    )
    syncFile(aside)
    renameSync(aside, path)
    syncFolder(dirname(path))
  } catch (e) {
    rmSync(aside, { force: true })
    throw e
  }
  const changes = heads.reduce((sum, { seq }) => sum + seq, 0)
  return { heads, changes, accounts: kept.user.length, persons: kept.persons.length }
}

async function* textOf(header: Header, journal: JournalReading, kept: Kept): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const hashed = (text: string) => {
    hash.update(text)
    return text
  }
  yield hashed(`${JSON.stringify(header)}\n`)
  let changes = 0
  for (const { room } of header.rooms) {
    for await (const rows of partsOf(journal, room)) {
      changes += rows.length
      yield hashed(rows.map(lineOf).join(''))
    }
  }
  let rows = 0
  for (const line of keptLines(kept)) {
    rows++
    yield hashed(line)
  }
  yield `${JSON.stringify({ end: { changes, rows, sha256: hash.digest('hex') } })}\n`
}

/** A room's rows, part by part. */
export async function* partsOf(journal: JournalReading, room: string): AsyncGenerator<ChangeRow[]> {
  for (let since = 0; ;) {
    const rows = await journal.read(room, since, PART)
    if (rows.length === 0) return
    yield rows
    since = rows.at(-1)!.seq
  }
}

const lineOf = ({ room, seq, at, actor, key, hash, text }: ChangeRow): string =>
  `${JSON.stringify({ room, seq, at, actor, key, hash, text })}\n`

const countsOf = (kept: Kept) =>
  Object.fromEntries(KEPT_TABLES.map(table => [table, kept[table].length])) as Record<keyof Kept, number>

function* keptLines(kept: Kept): Generator<string> {
  for (const table of KEPT_TABLES) {
    for (const row of kept[table]) yield `${JSON.stringify({ table, row })}\n`
  }
}
