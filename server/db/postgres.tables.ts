import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { notUtf8 } from './postgres.refusals.ts'
import { CREATE, FORMAT, LOCK_TABLES } from './postgres.schema.ts'
import type { ChangeRow } from './store.ts'
import { UnknownFormat } from './store.ts'

/** Makes what is missing and returns the epoch. @throws UnknownFormat · Refusal `database_not_utf8` */
export async function openTables(client: pg.ClientBase, where: string): Promise<string> {
  const encoding = (await client.query<{ server_encoding: string }>('show server_encoding')).rows[0]!
  if (encoding.server_encoding !== 'UTF8') throw notUtf8(where, encoding.server_encoding)
  await client.query('begin')
  try {
    // Two servers that start at once would both make them, and one fail.
    await client.query('select pg_advisory_xact_lock($1)', [LOCK_TABLES])
    await client.query(CREATE)
    const first = ['format', FORMAT, 'epoch', newEpoch()]
    await client.query('insert into meta values ($1, $2), ($3, $4) on conflict do nothing', first)
    await client.query('commit')
  } catch (e) {
    await client.query('rollback').catch(() => {})
    throw e
  }
  const { rows } = await client.query<{ name: string; value: string }>('select name, value from meta')
  const { format, epoch } = Object.fromEntries(rows.map(r => [r.name, r.value]))
  if (format !== FORMAT) throw new UnknownFormat(`format ${format}`)
  return epoch!
}

export const newEpoch = (): string => randomUUID().slice(0, 8)

/** Columns as arrays: one statement, planned once, for any number of rows. */
export function columnsOf(rows: readonly ChangeRow[]): unknown[][] {
  const column = (name: keyof ChangeRow) => rows.map(row => row[name])
  return (['room', 'seq', 'at', 'text', 'hash', 'actor', 'key'] as const).map(column)
}

/** To be followed by nothing or a `where`. */
export const INSERT = `insert into changes (room, seq, at, text, hash, actor, key)
  select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])`
