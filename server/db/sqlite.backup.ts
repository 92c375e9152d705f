import Database from 'libsql'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Head, JournalReading, Replaced } from './backup.ts'
import { FORMAT } from './sqlite.journal.ts'
import { openSqliteStore } from './sqlite.ts'
import type { ChangeRow } from './store.ts'
import { UnknownFormat } from './store.ts'

/** What SQLite lays beside a file while it is open. */
const BESIDE = ['-wal', '-shm']

/** A connection of its own, whose one transaction sees the journal as it was when it began. */
export async function readSqlite(file: string): Promise<JournalReading> {
  const db = new Database(file, { timeout: 5000 })
  try {
    db.exec('pragma query_only = on')
    db.exec('begin')
    const meta = db.prepare('select name, value from meta').all([]) as { name: string; value: string }[]
    const { format, epoch } = Object.fromEntries(meta.map(row => [row.name, row.value]))
    if (format !== FORMAT) throw new UnknownFormat(`format ${format}`)
    // SQLite takes the other columns from the row that has the maximum.
    const heads = db.prepare('select room, max(seq) as seq, hash from changes group by room order by room')
    const read = db.prepare(
      `select room, seq, at, text, hash, actor, key from changes
        where room = ? and seq > ? order by seq limit ?`,
    )
    return {
      epoch: epoch!,
      heads: async () => heads.all([]) as Head[],
      read: async (room, since, limit) => read.all([room, since, limit]) as ChangeRow[],
      close: async () => {
        db.exec('commit')
        db.close()
      },
    }
  } catch (e) {
    db.close()
    throw e
  }
}

/** Writes a new file aside, keeps the old one under another name, and lets the new one take its place. */
export async function replaceSqlite(
  file: string,
  rows: AsyncIterable<ChangeRow[]>,
  stamp: string,
): Promise<Replaced> {
  const fresh = join(dirname(file), 'journal.restoring.sqlite')
  const remove = () => ['', ...BESIDE].forEach(end => rmSync(fresh + end, { force: true }))
  remove()
  try {
    const epoch = await write(fresh, rows)
    const aside = existsSync(file) ? keepAside(file, stamp) : null
    renameSync(fresh, file)
    sync(dirname(file))
    return { epoch, aside }
  } finally {
    remove()
  }
}

/** In the store's own thread: only its end lets go of the file, the binding keeps it open for its statements. */
async function write(file: string, rows: AsyncIterable<ChangeRow[]>): Promise<string> {
  const store = await openSqliteStore(file)
  try {
    for await (const part of rows) {
      if ((await store.append(part)) === 'conflict') throw new Error('a seq or a key stands twice')
    }
  } finally {
    await store.close()
  }
  settle(file)
  sync(file)
  return store.epoch()
}

/** Everything into the one file, so that it can be renamed: nothing of it lies beside. */
function settle(file: string): void {
  const db = new Database(file, { timeout: 5000 })
  try {
    db.exec('pragma journal_mode = delete')
  } finally {
    db.close()
  }
}

/** The old journal gets a second name, so that at no instant there is none under the first. */
function keepAside(file: string, stamp: string): string {
  const aside = join(dirname(file), `journal.before-restore-${stamp}.sqlite`)
  try {
    settle(file)
  } catch {
    // Damaged: kept as it is, with what lies beside it, which must not be taken for the new one's.
  }
  try {
    linkSync(file, aside)
  } catch {
    copyFileSync(file, aside)
    sync(aside)
  }
  for (const end of BESIDE) if (existsSync(file + end)) renameSync(file + end, aside + end)
  return aside
}

function sync(path: string): void {
  let fd: number | undefined
  try {
    fd = openSync(path, 'r')
    fsyncSync(fd)
  } catch (e) {
    // Windows cannot open folders; NTFS journals names by itself.
    if (process.platform !== 'win32') throw e
  } finally {
    if (fd !== undefined) closeSync(fd)
  }
}
