import Database from 'libsql'
import { randomBytes, randomUUID } from 'node:crypto'
import { lastSeqAt } from './seq-at.ts'
import type { ChangeRow, Durability, Snapshot } from './store.ts'
import { UnknownFormat } from './store.ts'

export const FORMAT = '1'

/** Rows of `changes` are only ever added; `meta` holds `format` and `epoch`; `snapshots` and `past` may be emptied. */
const CREATE = [
  `create table if not exists changes (
    room text not null, seq integer not null, at text not null, text text not null,
    hash text not null, actor text not null, key text not null,
    primary key (room, seq), constraint changes_key unique (room, actor, key))`,
  `create table if not exists meta (name text primary key, value text not null)`,
  `create table if not exists snapshots (
    room text primary key, seq integer not null, hash text not null, text text not null)`,
  `create table if not exists past (
    room text not null, seq integer not null, hash text not null, text text not null, primary key (room, seq))`,
]
const COLUMNS = 'room, seq, at, text, hash, actor, key'
const inJournal = (table: string): string =>
  `exists (select 1 from changes c where c.room = ${table}.room and c.seq = ${table}.seq and c.hash = ${table}.hash)`
const IN_JOURNAL = inJournal('snapshots')

/** What a probe writes. */
const PROBE_BYTES = 64 * 1024

/** How long a statement waits for another process that writes, in milliseconds. */
const PATIENCE_MS = 5000

/**
 * The journal in one SQLite file, on one connection of its own whose settings nobody else changes. Its calls
 * block. The binding takes values in one array only.
 * @throws UnknownFormat · Error when the file cannot be opened or is no database
 */
export class SqliteJournal {
  readonly #db: Database.Database
  readonly #insert: Database.Statement

  constructor(path: string) {
    this.#db = new Database(path, { timeout: PATIENCE_MS })
    try {
      this.#prepareFile()
      this.#insert = this.#db.prepare(`insert into changes (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?)`)
    } catch (e) {
      this.#db.close()
      throw e
    }
  }

  #prepareFile(): void {
    this.#db.exec('pragma journal_mode = wal')
    this.#db.exec('pragma synchronous = full')
    this.#inTransaction(() => {
      for (const statement of CREATE) this.#db.exec(statement)
      const first = this.#db.prepare('insert or ignore into meta (name, value) values (?, ?)')
      first.run(['format', FORMAT])
      first.run(['epoch', randomUUID().slice(0, 8)])
    })
    const format = this.#meta('format')
    if (format !== FORMAT) throw new UnknownFormat(`format ${format}`)
  }

  #inTransaction(work: () => void): void {
    this.#db.exec('begin immediate')
    try {
      work()
      this.#db.exec('commit')
    } catch (e) {
      // A full disk may have rolled it back already.
      if (this.#db.inTransaction) this.#db.exec('rollback')
      throw e
    }
  }

  /** Not by `get`, which adds a member of its own to the row. */
  #get<T>(sql: string, ...values: unknown[]): T | undefined {
    return this.#db.prepare(sql).all(values)[0] as T | undefined
  }

  #meta(name: string): string {
    return this.#get<{ value: string }>('select value from meta where name = ?', name)!.value
  }

  append(rows: readonly ChangeRow[]): 'ok' | 'conflict' {
    const insert = (r: ChangeRow) => this.#insert.run([r.room, r.seq, r.at, r.text, r.hash, r.actor, r.key])
    try {
      if (rows.length === 1) insert(rows[0]!)
      else this.#inTransaction(() => rows.forEach(insert))
      return 'ok'
    } catch (e) {
      const code = (e as { code?: string }).code ?? ''
      if (/^SQLITE_CONSTRAINT_(PRIMARYKEY|UNIQUE)$/.test(code)) return 'conflict'
      throw e
    }
  }

  read(room: string, since: number, limit = -1): ChangeRow[] {
    const sql = `select ${COLUMNS} from changes where room = ? and seq > ? order by seq limit ?`
    return this.#db.prepare(sql).all([room, since, limit]) as ChangeRow[]
  }

  find(room: string, actor: string, key: string): ChangeRow | null {
    const sql = `select ${COLUMNS} from changes where room = ? and actor = ? and key = ?`
    return this.#get<ChangeRow>(sql, room, actor, key) ?? null
  }

  seqAt(room: string, instant: string): Promise<number> {
    const newest = this.#db.prepare(
      'select seq, at from changes where room = ? and seq <= ? order by seq desc limit 1',
    )
    const upTo = (seq: number) => newest.get([room, seq]) as { seq: number; at: string } | undefined
    return lastSeqAt(upTo(Number.MAX_SAFE_INTEGER)?.seq ?? 0, instant, seq => upTo(seq)?.at)
  }

  /** One look for each room, not one at every change. */
  rooms(): string[] {
    const next = this.#db.prepare('select room from changes where room > ? order by room limit 1')
    const found: string[] = []
    for (let room = ''; ;) {
      const row = next.get([room]) as { room: string } | undefined
      if (!row) return found
      found.push((room = row.room))
    }
  }

  snapshot(room: string): Snapshot | null {
    const sql = `select seq, hash, text from snapshots where room = ? and ${IN_JOURNAL}`
    return this.#get<Snapshot>(sql, room) ?? null
  }

  keepSnapshot(room: string, { seq, hash, text }: Snapshot): void {
    this.#db
      .prepare(
        `insert into snapshots (room, seq, hash, text) values (?, ?, ?, ?)
        on conflict (room) do update set seq = excluded.seq, hash = excluded.hash, text = excluded.text
        where excluded.seq >= snapshots.seq or not ${IN_JOURNAL}`,
      )
      .run([room, seq, hash, text])
  }

  past(room: string, seq: number): Snapshot | null {
    const sql = `select seq, hash, text from past
      where room = ? and seq <= ? and ${inJournal('past')} order by seq desc limit 1`
    return this.#get<Snapshot>(sql, room, seq) ?? null
  }

  pastSeqs(room: string): number[] {
    const rows = this.#db.prepare('select seq from past where room = ? order by seq').all([room])
    return (rows as { seq: number }[]).map(({ seq }) => seq)
  }

  keepPast(room: string, { seq, hash, text }: Snapshot, gone: readonly number[]): void {
    this.#inTransaction(() => {
      const put = 'insert or replace into past (room, seq, hash, text) values (?, ?, ?, ?)'
      this.#db.prepare(put).run([room, seq, hash, text])
      const drop = this.#db.prepare('delete from past where room = ? and seq = ?')
      for (const one of gone) drop.run([room, one])
    })
  }

  epoch(): string {
    return this.#meta('epoch')
  }

  durability(): Durability {
    const ask = (name: string) =>
      String(Object.values(this.#get<Record<string, unknown>>(`pragma ${name}`)!)[0])
    const settings = { journal_mode: ask('journal_mode'), synchronous: ask('synchronous') }
    const durable = settings.journal_mode === 'wal' && settings.synchronous === '2'
    return { engine: 'sqlite', durable, settings }
  }

  /** As much as a command may take, and never the same: what is equal SQLite leaves unwritten. */
  probe(): void {
    this.#db
      .prepare(
        `insert into meta (name, value) values ('probe', ?)
        on conflict (name) do update set value = excluded.value`,
      )
      .run([randomBytes(PROBE_BYTES / 2).toString('hex')])
  }

  close(): void {
    this.#db.close()
  }
}
