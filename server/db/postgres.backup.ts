import type pg from 'pg'
import { Refusal } from '../contract/errors.ts'
import { ACCOUNTS_SCHEMA, openAccountTables } from './accounts.postgres.ts'
import type { Head, JournalReading, Replaced, Replacement } from './backup.ts'
import { KEPT_TABLES, insertKept, listOf, nothingKept, selectKept } from './kept.ts'
import type { Kept, KeptRow, KeptTable } from './kept.ts'
import { openPersonTable } from './persons.postgres.ts'
import { addressOf, connect } from './postgres.connection.ts'
import type { DatabaseAddress } from './postgres.connection.ts'
import { databaseInUse, unreachable } from './postgres.refusals.ts'
import { FORMAT, LOCK_SERVING } from './postgres.schema.ts'
import { INSERT, columnsOf, newEpoch, openTables } from './postgres.tables.ts'
import { journalMissing } from './refusals.ts'
import type { ChangeRow } from './store.ts'
import { UnknownFormat } from './store.ts'

const NO_TABLE = '42P01'

/** One transaction that sees all of it as it was when it began. */
export async function readPostgres(databaseUrl: string): Promise<JournalReading> {
  const address = addressOf(databaseUrl)
  const client = await connectTo(address)
  try {
    await client.query('begin isolation level repeatable read, read only')
    const { rows } = await client.query<{ name: string; value: string }>('select name, value from meta')
    const { format, epoch } = Object.fromEntries(rows.map(row => [row.name, row.value]))
    if (format !== FORMAT) throw new UnknownFormat(`format ${format}`)
    return {
      epoch: epoch!,
      heads: async () => {
        const sql = 'select distinct on (room) room, seq, hash from changes order by room, seq desc'
        return (await client.query<Head>(sql)).rows
      },
      read: async (room, since, limit) => {
        const sql = `select room, seq, at, text, hash, actor, key from changes
          where room = $1 and seq > $2 order by seq limit $3`
        return (await client.query<ChangeRow>(sql, [room, since, limit])).rows
      },
      kept: () => keptOf(client),
      close: () => client.end(),
    }
  } catch (e) {
    await client.end()
    throw (e as { code?: string }).code === NO_TABLE ? journalMissing(address.where) : e
  }
}

/** Accounts stand in a schema of their own, persons beside the journal. */
const named = (table: KeptTable, suffix = ''): string =>
  table === 'persons' ? `persons${suffix}` : `${ACCOUNTS_SCHEMA}."${table}${suffix}"`
const namedAs = (table: KeptTable): string => named(table)
/** Who must wait, and what is not used: of no worth after a restore. */
const FORGOTTEN = `${ACCOUNTS_SCHEMA}.trial, ${ACCOUNTS_SCHEMA}.verification`

async function keptOf(client: pg.ClientBase): Promise<Kept> {
  const kept = nothingKept()
  for (const table of KEPT_TABLES) {
    const asked = 'select to_regclass($1) is not null as there'
    if (!(await client.query<{ there: boolean }>(asked, [named(table)])).rows[0]!.there) continue
    kept[table] = (await client.query<KeptRow>(selectKept(table, namedAs))).rows
  }
  return kept
}

/** In one transaction: the present rows into tables of their own, the new ones in their place. */
export async function replacePostgres(
  databaseUrl: string,
  { rows, kept }: Replacement,
  stamp: string,
): Promise<Replaced> {
  const address = addressOf(databaseUrl)
  const client = await connectTo(address)
  try {
    await openTables(client, address.where)
    await openAccountTables(client)
    await openPersonTable(client)
    const lock = `select pg_try_advisory_lock(${LOCK_SERVING}) as free`
    if (!(await client.query<{ free: boolean }>(lock)).rows[0]!.free) throw databaseInUse(address.where)
    await client.query('begin')
    await client.query('lock table changes, snapshots, past, meta in access exclusive mode')
    const suffix = `_before_restore_${stamp.toLowerCase()}`
    const aside = [await keepAside(client, 'changes', `journal${suffix}`)]
    await client.query('truncate changes, snapshots, past')
    for await (const part of rows) await client.query(INSERT, columnsOf(part))
    const more = kept()
    if (more) aside.push(...(await replaceKept(client, more, suffix)))
    const epoch = newEpoch()
    await client.query("update meta set value = $1 where name = 'epoch'", [epoch])
    await client.query('commit')
    return { epoch, aside: aside.flatMap(table => (table ? `${address.where} ${table}` : [])) }
  } finally {
    // Ends the transaction too, where it was not committed.
    await client.end()
  }
}

async function replaceKept(client: pg.ClientBase, kept: Kept, suffix: string): Promise<(string | null)[]> {
  const all = KEPT_TABLES.map(namedAs).join(', ')
  await client.query(`lock table ${all} in access exclusive mode`)
  const aside: (string | null)[] = []
  for (const table of KEPT_TABLES) aside.push(await keepAside(client, named(table), named(table, suffix)))
  await client.query(`truncate ${all}, ${FORGOTTEN}`)
  await insertAll(client, kept)
  return aside
}

async function insertAll(client: pg.ClientBase, kept: Kept): Promise<void> {
  for (const table of KEPT_TABLES) {
    // As JSON, whose values take the types of the table's columns; a member that is missing is null.
    const from = `json_populate_recordset(null::${named(table)}, $1)`
    const insert = `${insertKept(table, namedAs)} select ${listOf(table)} from ${from}`
    await client.query(insert, [JSON.stringify(kept[table])])
  }
}

/**
 * Accounts and persons of before, while there are none on the PostgreSQL: once, whichever process is first.
 * @returns whether they were taken in
 */
export async function takeInKept(databaseUrl: string, kept: Kept): Promise<boolean> {
  const client = await connectTo(addressOf(databaseUrl))
  try {
    await openAccountTables(client)
    await openPersonTable(client)
    await client.query('begin')
    await client.query(`lock table ${KEPT_TABLES.map(namedAs).join(', ')} in access exclusive mode`)
    const some = ['user', 'persons'] as const
    const asked = some.map(table => `exists (select from ${named(table)})`).join(' or ')
    if ((await client.query<{ some: boolean }>(`select ${asked} as some`)).rows[0]!.some) return false
    await insertAll(client, kept)
    await client.query('commit')
    return true
  } finally {
    await client.end()
  }
}

/** @returns the name of the copy; null where there is nothing to copy */
async function keepAside(client: pg.ClientBase, table: string, copy: string): Promise<string | null> {
  const { rows } = await client.query<{ some: boolean }>(`select exists (select from ${table}) as some`)
  if (!rows[0]!.some) return null
  await client.query(`create table ${copy} as table ${table}`)
  return copy
}

async function connectTo(address: DatabaseAddress): Promise<pg.Client> {
  try {
    return await connect(address)
  } catch (e) {
    throw e instanceof Refusal ? e : unreachable(address.where, e)
  }
}
