import pg from 'pg'
import type { ClientConfig } from 'pg'
import { urlUnreadable } from './postgres.refusals.ts'

/** Where a database is, with and without its password. */
export interface DatabaseAddress {
  /** Host, port and database, for a person to read. */
  where: string
  config: ClientConfig
}

/** How long a connection may take to come about, and a statement to answer, in milliseconds. */
const CONNECT_MS = 5000
const STATEMENT_MS = 120_000

/** @throws Refusal `database_url_unreadable`, which does not repeat what was given */
export function addressOf(databaseUrl: string): DatabaseAddress {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw urlUnreadable()
  return {
    where: `${url.host || 'localhost'}${url.pathname}`,
    config: {
      connectionString: databaseUrl,
      application_name: 'fengtu',
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: STATEMENT_MS,
      keepAlive: true,
    },
  }
}

/**
 * What each connection is told first. A commit waits until it is on disk, unless it is set to wait for even
 * more; the settings of server, role and database are not relied on.
 */
export async function settle(client: pg.ClientBase): Promise<void> {
  await client.query(`
    set client_encoding = 'UTF8';
    set session characteristics as transaction isolation level read committed, read write;
    select set_config('synchronous_commit', 'on', false)
      where current_setting('synchronous_commit') <> 'remote_apply'`)
}

/** A connection of its own, beside the pool. The caller ends it. */
export async function connect({ config }: DatabaseAddress): Promise<pg.Client> {
  const client = new pg.Client(config)
  // Without a listener the loss of an idle connection would end the process; the next query tells of it.
  client.on('error', () => {})
  try {
    await client.connect()
    await settle(client)
    return client
  } catch (e) {
    await client.end().catch(() => {})
    throw e
  }
}

/** Connections for many short statements, on tables of the given schema or of the database's own choice. */
export function createPool({ config, where }: DatabaseAddress, schema?: string): pg.Pool {
  const onConnect = async (client: pg.ClientBase) => {
    await settle(client)
    if (schema) await client.query(`set search_path to ${schema}`)
  }
  const pool = new pg.Pool({ ...config, max: 4, onConnect })
  pool.on('error', e => console.error(`PostgreSQL ${where}: ${e.message}`))
  return pool
}

/** Runs on one connection. That goes back to the pool unless it is what failed. */
export async function onOne<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (e) {
    client.release(!isOfStatement(e))
    throw e
  }
}

/** The server refused a statement; the connection is as good as before. */
function isOfStatement(e: unknown): boolean {
  return e instanceof pg.DatabaseError && e.severity === 'ERROR'
}
