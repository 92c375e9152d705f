import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { syncFile, syncFolder } from '../../geodata/durable.ts'
import type { Head, JournalReading } from '../../server/db/backup.ts'
import type { ChangeRow } from '../../server/db/store.ts'
import { FORMAT, type Header, VERSION } from './format.ts'
import { fileExists } from './refusals.ts'

/** Rows held in memory at a time. */
const PART = 1000

export interface Written {
  heads: Head[]
  changes: number
}

/**
 * Writes the journal aside and then under its name, so that a file of that name is always whole.
 * @throws Refusal `file_exists` · Error of the disk or the database
 */
export async function writeBackup(path: string, journal: JournalReading, now: Date): Promise<Written> {
  if (existsSync(path)) throw fileExists(path)
  const aside = `${path}.part`
  const heads = await journal.heads()
  const header: Header = {
    format: FORMAT,
    version: VERSION,
    madeAt: now.toISOString(),
    epoch: journal.epoch,
    rooms: heads,
  }
  try {
    // It holds everything that happened: for its owner only.
    await pipeline(
      Readable.from(textOf(header, journal)),
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
  return { heads, changes: heads.reduce((sum, { seq }) => sum + seq, 0) }
}

async function* textOf(header: Header, journal: JournalReading): AsyncGenerator<string> {
  const hash = createHash('sha256')
  const kept = (text: string) => {
    hash.update(text)
    return text
  }
  yield kept(`${JSON.stringify(header)}\n`)
  let changes = 0
  for (const { room } of header.rooms) {
    for await (const rows of partsOf(journal, room)) {
      changes += rows.length
      yield kept(rows.map(lineOf).join(''))
    }
  }
  yield `${JSON.stringify({ end: { changes, sha256: hash.digest('hex') } })}\n`
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
