import Database from 'libsql'
import type { Dialect } from 'kysely'
import { chmodSync, existsSync } from 'node:fs'
import { ACCOUNTS_FORMAT, CREATE_ACCOUNTS } from './accounts.tables.ts'

/** How long a statement waits for another process that writes (`npm run account`), in milliseconds. */
const PATIENCE_MS = 2000

interface Statement {
  sql: string
  values: readonly unknown[]
  must?: true
}

/**
 * The rows of accounts in a file, made when it is missing, or in `:memory:`. One connection, whose calls block:
 * accounts are few and change seldom. The binding takes values in one array.
 */
export class SqliteAccountRows {
  readonly db: Database.Database

  /** @throws Error when the file cannot be opened, is no database, or was written by a newer release */
  constructor(path: string) {
    this.db = new Database(path, { timeout: PATIENCE_MS })
    try {
      this.db.exec('pragma journal_mode = wal')
      this.db.exec('pragma synchronous = full')
      this.db.exec('pragma foreign_keys = on')
      for (const statement of CREATE_ACCOUNTS) this.db.exec(statement)
      this.db
        .prepare(`insert into meta (name, value) values ('format', ?) on conflict do nothing`)
        .run([ACCOUNTS_FORMAT])
      const [{ value }] = this.#rows(`select value from meta where name = 'format'`) as [{ value: string }]
      if (value !== ACCOUNTS_FORMAT)
        throw new Error(`accounts.sqlite has format ${value}, not ${ACCOUNTS_FORMAT}`)
    } catch (e) {
      this.db.close()
      throw e
    }
    // The file holds hashes of passwords: nobody else at this machine reads it.
    for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600)
  }

  #rows(sql: string, values: readonly unknown[] = []): unknown[] {
    return this.db.prepare(sql).all([...values])
  }

  #run({ sql, values }: Statement): number {
    return this.db.prepare(sql).run([...values]).changes
  }

  /** Not by the binding's `get`, which adds a member of its own to the row. */
  async get<T>(sql: string, ...values: unknown[]): Promise<T | undefined> {
    return this.#rows(sql, values)[0] as T | undefined
  }

  async all<T>(sql: string, ...values: unknown[]): Promise<T[]> {
    return this.#rows(sql, values) as T[]
  }

  async run(sql: string, ...values: unknown[]): Promise<number> {
    return this.#run({ sql, values })
  }

  /** Without giving way in between: no other statement of this connection falls into the transaction. */
  async together(statements: readonly Statement[]): Promise<boolean> {
    this.db.exec('begin immediate')
    try {
      const done = statements.every(one => this.#run(one) > 0 || !one.must)
      this.db.exec(done ? 'commit' : 'rollback')
      return done
    } catch (e) {
      if (this.db.inTransaction) this.db.exec('rollback')
      throw e
    }
  }

  /** SQLite counts what other connections write. */
  async version(): Promise<string> {
    const [{ data_version }] = this.#rows('pragma data_version') as [{ data_version: number }]
    return String(data_version)
  }

  async dialect(): Promise<Dialect> {
    const { SqliteDialect } = await import('kysely')
    return new SqliteDialect({
      database: { prepare: sql => this.db.prepare(sql) as never, close: () => {} },
    })
  }

  async close(): Promise<void> {
    this.db.close()
  }
}
