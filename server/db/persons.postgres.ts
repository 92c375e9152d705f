import type pg from 'pg'
import { Refusal } from '../contract/errors.ts'
import type { PersonRow, PersonRows } from './persons.rows.ts'
import { CREATE_PERSONS } from './persons.sqlite.ts'
import { addressOf, createPool, onOne } from './postgres.connection.ts'
import { unreachable } from './postgres.refusals.ts'
import { LOCK_TABLES } from './postgres.schema.ts'

const PUT = `insert into persons (room, register, id, json, at, saved_by)
  select $1, register, id, json, at, saved_by
  from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as r (register, id, json, at, saved_by)
  on conflict (room, register, id) do update set json = excluded.json, at = excluded.at, saved_by = excluded.saved_by
  where excluded.at >= persons.at`

/** Texts compare by their bytes whatever the database's language: instants do as instants. */
export async function openPersonTable(client: pg.ClientBase): Promise<void> {
  await client.query('begin')
  try {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK_TABLES])
    await client.query(CREATE_PERSONS.replaceAll(/ text\b/g, ' text collate "C"'))
    await client.query('commit')
  } catch (e) {
    await client.query('rollback').catch(() => {})
    throw e
  }
}

/** On a PostgreSQL, beside the journal. @throws Refusal `database_url_unreadable`, `database_unreachable` */
export async function openPostgresPersonRows(databaseUrl: string): Promise<PersonRows> {
  const address = addressOf(databaseUrl)
  const pool = createPool(address)
  try {
    await onOne(pool, openPersonTable)
  } catch (e) {
    await pool.end()
    throw e instanceof Refusal ? e : unreachable(address.where, e)
  }
  const held = `select register, id, json, at, saved_by as "savedBy" from persons where room = $1`
  return {
    of: async room => (await onOne(pool, client => client.query<PersonRow>(held, [room]))).rows,
    put: async (room, rows) => {
      // One statement cannot write a row twice: the last counts.
      const last = [...new Map(rows.map(one => [`${one.register}\0${one.id}`, one])).values()]
      const column = (name: keyof PersonRow) => last.map(one => one[name])
      const columns = (['register', 'id', 'json', 'at', 'savedBy'] as const).map(column)
      await onOne(pool, client => client.query(PUT, [room, ...columns]))
    },
    close: () => pool.end(),
  }
}
