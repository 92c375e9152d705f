import Database from 'libsql'
import { chmodSync, existsSync } from 'node:fs'
import { ACCOUNTS_FORMAT, CREATE_ACCOUNTS } from './accounts.tables.ts'
import type { Head, JournalReading, Replaced, Replacement } from './backup.ts'
import { ACCOUNT_TABLES, KEPT_COLUMNS, insertKept, nothingKept, selectKept } from './kept.ts'
import type { Kept, KeptRow, KeptTable } from './kept.ts'
import { accountsFile, journalFile, personsFile } from './files.ts'
import { CREATE_PERSONS } from './persons.sqlite.ts'
import { FORMAT } from './sqlite.journal.ts'
import { openSqliteStore } from './sqlite.ts'
import { freshFile, settle, swapIn, sync, undoSwap } from './sqlite.swap.ts'
import type { Part } from './sqlite.swap.ts'
import type { ChangeRow } from './store.ts'
import { UnknownFormat } from './store.ts'

/** Rows written by one statement. */
const AT_ONCE = 500

/** A connection of its own, whose one transaction sees the journal as it was when it began. */
export async function readSqlite(dataDir: string): Promise<JournalReading> {
  const db = new Database(journalFile(dataDir), { timeout: 5000 })
  try {
    db.exec('pragma query_only = on')
    db.exec('begin')
    const meta = db.prepare('select name, value from meta').all([]) as { name: string; value: string }[]
    const { format, epoch } = Object.fromEntries(meta.map(row => [row.name, row.value]))
    if (format !== FORMAT) throw new UnknownFormat(`format ${format}`)
    // At once: what is added to them from now on is not in the backup, as with the journal.
    const kept = readKept(dataDir)
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
      kept: async () => kept,
      close: async () => void db.close(),
    }
  } catch (e) {
    db.close()
    throw e
  }
}

/** Accounts and persons of a data folder, each file as it is at one instant. */
export function readKept(dataDir: string): Kept {
  const kept = nothingKept()
  const take = (file: string, tables: readonly KeptTable[]) => {
    if (!existsSync(file)) return
    const db = new Database(file, { timeout: 5000 })
    try {
      db.exec('pragma query_only = on')
      db.exec('begin')
      for (const table of tables) kept[table] = db.prepare(selectKept(table)).all([]) as KeptRow[]
    } finally {
      db.close()
    }
  }
  take(accountsFile(dataDir), ACCOUNT_TABLES)
  take(personsFile(dataDir), ['persons'])
  return kept
}

/** Writes new files aside, and lets them take the places of the old ones together. */
export async function replaceSqlite(
  dataDir: string,
  { rows, kept }: Replacement,
  stamp: string,
): Promise<Replaced> {
  undoSwap(dataDir)
  try {
    const epoch = await writeJournal(freshFile(dataDir, 'journal'), rows)
    const more = kept()
    if (more) writeKept(dataDir, more)
    const parts: Part[] = more ? ['journal', 'accounts', 'persons'] : ['journal']
    return { epoch, aside: swapIn(dataDir, { stamp, parts }) }
  } catch (e) {
    undoSwap(dataDir)
    throw e
  }
}

/** In the store's own thread: only its end lets go of the file, the binding keeps it open for its statements. */
async function writeJournal(file: string, rows: AsyncIterable<ChangeRow[]>): Promise<string> {
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

function writeKept(dataDir: string, kept: Kept): void {
  const format = `insert into meta (name, value) values ('format', '${ACCOUNTS_FORMAT}')`
  write(freshFile(dataDir, 'accounts'), [...CREATE_ACCOUNTS, format], ACCOUNT_TABLES, kept)
  write(freshFile(dataDir, 'persons'), [CREATE_PERSONS], ['persons'], kept)
}

/** By `exec` alone: the binding keeps a file open for each statement that was prepared, until it is collected. */
function write(file: string, create: readonly string[], tables: readonly KeptTable[], kept: Kept): void {
  const db = new Database(file, { timeout: 5000 })
  try {
    chmodSync(file, 0o600)
    db.exec('pragma foreign_keys = on')
    db.exec('begin immediate')
    for (const statement of create) db.exec(statement)
    for (const table of tables) {
      const values = KEPT_COLUMNS[table].map(name => `value ->> '$.${name}'`).join(', ')
      for (let i = 0; i < kept[table].length; i += AT_ONCE) {
        const rows = JSON.stringify(kept[table].slice(i, i + AT_ONCE)).replaceAll("'", "''")
        db.exec(`${insertKept(table)} select ${values} from json_each('${rows}')`)
      }
    }
    db.exec('commit')
  } finally {
    db.close()
  }
  sync(file)
}
