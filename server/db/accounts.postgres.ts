import type { Dialect } from 'kysely'
import pg from 'pg'
import { Refusal } from '../contract/errors.ts'
import { ACCOUNTS_FORMAT, CREATE_ACCOUNTS } from './accounts.tables.ts'
import { addressOf, createPool, onOne } from './postgres.connection.ts'
import { unreachable } from './postgres.refusals.ts'
import { LOCK_ACCOUNTS, LOCK_TABLES } from './postgres.schema.ts'
import { UnknownFormat } from './store.ts'

/** A schema of its own: `user` and `session` are names that others use too. */
export const ACCOUNTS_SCHEMA = 'fengtu_accounts'

/** Counts each change of who may come in, so that the other processes notice at the next look. */
const COUNT = `
  create function touched() returns trigger language plpgsql as $$ begin
    update ${ACCOUNTS_SCHEMA}.meta set value = (value::bigint + 1)::text where name = 'version'; return null;
  end $$;
  create trigger touched after insert or update or delete or truncate on "user"
    for each statement execute function touched();
  create trigger touched after insert or update or delete or truncate on "session"
    for each statement execute function touched()`

/** Makes the tables where they are missing; instants compare as texts do. @throws UnknownFormat */
export async function openAccountTables(client: pg.ClientBase): Promise<void> {
  await client.query('begin')
  try {
    // Two servers that start at once would both make them, and one fail.
    await client.query('select pg_advisory_xact_lock($1)', [LOCK_TABLES])
    const asked = `select to_regclass('${ACCOUNTS_SCHEMA}.meta') is null as missing`
    if ((await client.query<{ missing: boolean }>(asked)).rows[0]!.missing) {
      await client.query(`create schema if not exists ${ACCOUNTS_SCHEMA}`)
      await client.query(`set local search_path to ${ACCOUNTS_SCHEMA}`)
      for (const sql of CREATE_ACCOUNTS) await client.query(sql.replaceAll(/ text\b/g, ' text collate "C"'))
      await client.query(COUNT)
      await client.query(`insert into meta values ('format', $1), ('version', '0')`, [ACCOUNTS_FORMAT])
    }
    await client.query('commit')
  } catch (e) {
    await client.query('rollback').catch(() => {})
    throw e
  }
  const sql = `select value from ${ACCOUNTS_SCHEMA}.meta where name = 'format'`
  const format = (await client.query<{ value: string }>(sql)).rows[0]?.value
  if (format !== ACCOUNTS_FORMAT) throw new UnknownFormat(`accounts format ${format}`)
}

const numbered = (sql: string): string => {
  let n = 0
  return sql.replaceAll('?', () => `$${++n}`)
}

interface Statement {
  sql: string
  values: readonly unknown[]
  must?: true
}

/** The rows of accounts on a PostgreSQL, which other processes share. @throws as `openPostgresStore` */
export async function openPostgresAccountRows(databaseUrl: string) {
  const address = addressOf(databaseUrl)
  const pool = createPool(address, ACCOUNTS_SCHEMA)
  /** What the database refuses is its answer; that it does not answer is said so. */
  const plainly = (e: unknown): never => {
    throw e instanceof pg.DatabaseError || e instanceof Refusal ? e : unreachable(address.where, e)
  }
  const query = (sql: string, values: readonly unknown[]) =>
    onOne(pool, client => client.query(numbered(sql), [...values])).catch(plainly)
  try {
    await onOne(pool, openAccountTables)
  } catch (e) {
    await pool.end()
    throw e instanceof Refusal || e instanceof UnknownFormat ? e : unreachable(address.where, e)
  }
  return {
    get: async <T>(sql: string, ...values: unknown[]) => (await query(sql, values)).rows[0] as T | undefined,
    all: async <T>(sql: string, ...values: unknown[]) => (await query(sql, values)).rows as T[],
    run: async (sql: string, ...values: unknown[]) => (await query(sql, values)).rowCount ?? 0,
    together: (statements: readonly Statement[]) =>
      onOne(pool, client => inOne(client, statements)).catch(plainly),
    version: async () => (await query(`select value from meta where name = 'version'`, [])).rows[0].value,
    dialect: async (): Promise<Dialect> => {
      const { PostgresDialect } = await import('kysely')
      return new PostgresDialect({ pool: pool as never })
    },
    close: () => pool.end(),
  }
}

/** One batch at a time on the whole database, so that two cannot each undo what the other stands on. */
async function inOne(client: pg.ClientBase, statements: readonly Statement[]): Promise<boolean> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK_ACCOUNTS])
    let done = true
    for (const { sql, values, must } of statements) {
      const { rowCount } = await client.query(numbered(sql), [...values])
      if (must && !rowCount) {
        done = false
        break
      }
    }
    await client.query(done ? 'commit' : 'rollback')
    return done
  } catch (e) {
    await client.query('rollback').catch(() => {})
    throw e
  }
}
