import Database from 'libsql'
import { chmodSync, existsSync } from 'node:fs'
import type { PersonRow, PersonRows } from './persons.rows.ts'

export const CREATE_PERSONS = `create table if not exists persons (
  room text not null, register text not null, id text not null,
  json text, at text not null, saved_by text not null,
  primary key (room, register, id))`

/** In a file of its own, which keeps no history: what is erased here is nowhere. */
export function openSqlitePersonRows(path: string): PersonRows {
  const db = new Database(path, { timeout: 2000 })
  for (const pragma of ['journal_mode = wal', 'synchronous = full', 'secure_delete = on'])
    db.exec(`pragma ${pragma}`)
  db.exec(CREATE_PERSONS)
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) chmodSync(file, 0o600)
  const held = `select register, id, json, at, saved_by as "savedBy" from persons where room = ?`
  const put = db.prepare(
    `insert into persons (room, register, id, json, at, saved_by) values (?, ?, ?, ?, ?, ?)
     on conflict (room, register, id) do update set json = excluded.json, at = excluded.at, saved_by = excluded.saved_by
     where excluded.at >= persons.at`,
  )
  return {
    of: async room => db.prepare(held).all([room]) as PersonRow[],
    put: async (room, rows) => {
      db.transaction(() => {
        for (const { register, id, json, at, savedBy } of rows)
          put.run([room, register, id, json, at, savedBy])
      })()
    },
    close: async () => void db.close(),
  }
}
