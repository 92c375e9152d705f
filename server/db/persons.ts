import Database from 'libsql'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PART_VERSIONS } from '../contract/county.ts'
import type { County } from '../contract/county.ts'
import { RecordPersons } from '../contract/registers/record.ts'
import type { KeptPersons, Persons } from '../contract/registers/persons.ts'

const CREATE = `create table if not exists persons (
  room text not null, register text not null, id text not null,
  json text, at text not null, saved_by text not null,
  primary key (room, register, id))`

interface Row {
  register: string
  id: string
  json: string | null
  at: string
  saved_by: string
}

/**
 * Names and telephone numbers: what a county's import brought, and over it what was saved at a desk, in a file of
 * its own. It keeps no history: what is erased here is nowhere.
 */
export function openPersons(
  path: string,
  importedIn: (county: string) => { folder: string; county: County } | undefined,
): Persons & { close(): void } {
  const db = new Database(path, { timeout: 2000 })
  for (const pragma of ['journal_mode = wal', 'synchronous = full', 'secure_delete = on'])
    db.exec(`pragma ${pragma}`)
  db.exec(CREATE)
  const held = (room: string): Row[] =>
    db.prepare('select register, id, json, at, saved_by from persons where room = ?').all([room]) as Row[]

  async function imported(room: string): Promise<KeptPersons[]> {
    const county = importedIn(room.split('~')[0]!)
    const part = county?.county.parts.persons
    if (!county || !part || part.version !== PART_VERSIONS.persons) return []
    const text = await readFile(join(county.folder, part.file), 'utf8')
    return z.array(RecordPersons).parse(JSON.parse(text))
  }

  return {
    all: async room => {
      const byRow = new Map((await imported(room)).map(one => [`${one.register}/${one.id}`, one]))
      for (const { register, id, json, at, saved_by } of held(room)) {
        const saved = { savedAt: at, savedBy: saved_by }
        byRow.set(
          `${register}/${id}`,
          json === null
            ? { register, id, fields: {}, erased: true, ...saved }
            : { ...RecordPersons.parse(JSON.parse(json)), ...saved },
        )
      }
      return [...byRow.values()]
    },
    save: async (room, persons, { by, at }) => {
      const { register, id } = persons
      db.prepare(
        `insert into persons (room, register, id, json, at, saved_by) values (?, ?, ?, ?, ?, ?)
         on conflict (room, register, id) do update set json = excluded.json, at = excluded.at, saved_by = excluded.saved_by
         where excluded.at >= persons.at`,
      ).run([room, register, id, 'erased' in persons ? null : JSON.stringify(persons), at, by])
    },
    close: () => db.close(),
  }
}
