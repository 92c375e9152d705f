import type pg from 'pg'
import { Refusal } from '../contract/errors.ts'
import type { Head, JournalReading, Replaced } from './backup.ts'
import { addressOf, connect } from './postgres.connection.ts'
import type { DatabaseAddress } from './postgres.connection.ts'
import { databaseInUse, unreachable } from './postgres.refusals.ts'
import { FORMAT, LOCK_SERVING } from './postgres.schema.ts'
import { INSERT, columnsOf, newEpoch, openTables } from './postgres.tables.ts'
import type { ChangeRow } from './store.ts'
import { journalMissing } from './refusals.ts'
import { UnknownFormat } from './store.ts'

const NO_TABLE = '42P01'

/** One transaction that sees the journal as it was when it began. */
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
      close: () => client.end(),
    }
  } catch (e) {
    await client.end()
    throw (e as { code?: string }).code === NO_TABLE ? journalMissing(address.where) : e
  }
}

/** In one transaction: the present rows into a table of their own, the new ones in their place. */
export async function replacePostgres(
  databaseUrl: string,
  rows: AsyncIterable<ChangeRow[]>,
  stamp: string,
): Promise<Replaced> {
  const address = addressOf(databaseUrl)
  const client = await connectTo(address)
  try {
    await openTables(client, address.where)
    const lock = `select pg_try_advisory_lock(${LOCK_SERVING}) as free`
    if (!(await client.query<{ free: boolean }>(lock)).rows[0]!.free) throw databaseInUse(address.where)
    await client.query('begin')
    const aside = await keepAside(client, stamp)
    await client.query('truncate changes, snapshots')
    for await (const part of rows) await client.query(INSERT, columnsOf(part))
    const epoch = newEpoch()
    await client.query("update meta set value = $1 where name = 'epoch'", [epoch])
    await client.query('commit')
    return { epoch, aside: aside && `${address.where} ${aside}` }
  } finally {
    // Ends the transaction too, where it was not committed.
    await client.end()
  }
}

async function keepAside(client: pg.ClientBase, stamp: string): Promise<string | null> {
  const table = `journal_before_restore_${stamp.toLowerCase()}`
  await client.query('lock table changes, snapshots, meta in access exclusive mode')
  const { rows } = await client.query<{ some: boolean }>('select exists (select from changes) as some')
  if (!rows[0]!.some) return null
  await client.query(`create table ${table} as table changes`)
  return table
}

async function connectTo(address: DatabaseAddress): Promise<pg.Client> {
  try {
    return await connect(address)
  } catch (e) {
    throw e instanceof Refusal ? e : unreachable(address.where, e)
  }
}
