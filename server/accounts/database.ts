import Database from 'libsql'

export const FORMAT = '1'

/**
 * `user`, `session`, `account` and `verification` are better-auth's, with our columns after its own; it writes
 * instants as ISO text. `session.token` and `user.linkHash` are hashes. `trial` holds who must wait.
 */
const CREATE = [
  `create table if not exists user (
    id text primary key, name text not null, email text not null unique, emailVerified integer not null,
    image text, createdAt text not null, updatedAt text not null, username text unique,
    role text, banned integer, banReason text, banExpires text,
    kind text not null, team text, township text, incident text, endsAt text,
    linkHash text unique, phones integer)`,
  `create table if not exists session (
    id text primary key, expiresAt text not null, token text not null unique, createdAt text not null,
    updatedAt text not null, ipAddress text, userAgent text,
    userId text not null references user (id) on delete cascade, impersonatedBy text)`,
  `create index if not exists session_user on session (userId)`,
  `create table if not exists account (
    id text primary key, accountId text not null, providerId text not null,
    userId text not null references user (id) on delete cascade,
    accessToken text, refreshToken text, idToken text, accessTokenExpiresAt text,
    refreshTokenExpiresAt text, scope text, password text, createdAt text not null, updatedAt text not null)`,
  `create index if not exists account_user on account (userId)`,
  `create table if not exists verification (
    id text primary key, identifier text not null, value text not null, expiresAt text not null,
    createdAt text, updatedAt text)`,
  `create table if not exists trial (key text primary key, failures integer not null, at text not null)`,
  `create table if not exists meta (name text primary key, value text not null)`,
]

/** How long a statement waits for another process that writes (`npm run account`), in milliseconds. */
const PATIENCE_MS = 2000

/** One connection, whose calls block: accounts are few and change seldom. The binding takes values in one array. */
export class AccountRows {
  readonly db: Database.Database

  /** @throws Error when the file cannot be opened, is no database, or was written by a newer release */
  constructor(path: string) {
    this.db = new Database(path, { timeout: PATIENCE_MS })
    try {
      this.db.exec('pragma journal_mode = wal')
      this.db.exec('pragma synchronous = full')
      this.db.exec('pragma foreign_keys = on')
      for (const statement of CREATE) this.db.exec(statement)
      this.run("insert or ignore into meta (name, value) values ('format', ?)", FORMAT)
      const format = this.get<{ value: string }>("select value from meta where name = 'format'")!.value
      if (format !== FORMAT) throw new Error(`accounts.sqlite has format ${format}, not ${FORMAT}`)
    } catch (e) {
      this.db.close()
      throw e
    }
  }

  /** Not by the binding's `get`, which adds a member of its own to the row. */
  get<T>(sql: string, ...values: unknown[]): T | undefined {
    return this.db.prepare(sql).all(values)[0] as T | undefined
  }

  all<T>(sql: string, ...values: unknown[]): T[] {
    return this.db.prepare(sql).all(values) as T[]
  }

  /** How many rows it changed. */
  run(sql: string, ...values: unknown[]): number {
    return this.db.prepare(sql).run(values).changes
  }

  /** All of it or nothing, and one wait for the disk. */
  together(work: () => void): void {
    this.db.exec('begin immediate')
    try {
      work()
      this.db.exec('commit')
    } catch (e) {
      if (this.db.inTransaction) this.db.exec('rollback')
      throw e
    }
  }

  /** Changes when another connection has written. */
  version(): number {
    return this.get<{ data_version: number }>('pragma data_version')!.data_version
  }

  close(): void {
    this.db.close()
  }
}
