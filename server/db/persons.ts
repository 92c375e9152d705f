import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PART_VERSIONS } from '../contract/county.ts'
import type { County } from '../contract/county.ts'
import type { KeptPersons, Persons } from '../contract/registers/persons.ts'
import { RecordPersons } from '../contract/registers/record.ts'
import { personsFile } from './files.ts'
import { openPostgresPersonRows } from './persons.postgres.ts'
import type { PersonRows } from './persons.rows.ts'
import { openSqlitePersonRows } from './persons.sqlite.ts'

type ImportedIn = (county: string) => { folder: string; county: County } | undefined
type Opened = Persons & { close(): Promise<void> }

/** Where the journal is too. @throws Error of the disk or the database */
export async function openPersonsIn(
  dataDir: string,
  databaseUrl: string | undefined,
  importedIn: ImportedIn,
): Promise<Opened> {
  return databaseUrl
    ? createPersons(await openPostgresPersonRows(databaseUrl), importedIn)
    : openPersons(personsFile(dataDir), importedIn)
}

export const openPersons = (path: string, importedIn: ImportedIn): Opened =>
  createPersons(openSqlitePersonRows(path), importedIn)

/** Names and telephone numbers: what a county's import brought, and over it what was saved at a desk. */
export function createPersons(rows: PersonRows, importedIn: ImportedIn): Opened {
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
      for (const { register, id, json, at, savedBy } of await rows.of(room)) {
        const saved = { savedAt: at, savedBy }
        byRow.set(
          `${register}/${id}`,
          json === null
            ? { register, id, fields: {}, erased: true, ...saved }
            : { ...RecordPersons.parse(JSON.parse(json)), ...saved },
        )
      }
      return [...byRow.values()]
    },
    save: (room, saved, { by, at }) =>
      rows.put(
        room,
        saved.map(one => ({
          register: one.register,
          id: one.id,
          json: 'erased' in one ? null : JSON.stringify(one),
          at,
          savedBy: by,
        })),
      ),
    close: rows.close,
  }
}
