import type { ImportEntity } from '../contract/commands.ts'
import { recordOf } from '../contract/registers/entity.ts'
import type { RecordEntity } from '../contract/registers/entity.ts'
import { REGISTERS } from '../contract/registers/index.ts'
import type { RegisterRecord } from '../contract/registers/record.ts'
import type { Room } from './room.ts'

/** The actor under which a county folder's rows are taken in. */
export const IMPORT = 'import'
/** Rows in a change: below what the stream still carries, so that open screens follow. */
const ROWS = 200

/**
 * Brings a room's registers to the imported folder's, once per import: rows that people have saved since stay as
 * they are. Interrupted, the next start goes on where it stopped.
 */
export async function adoptRecords(
  room: Room,
  imported: { sha256: string; records: readonly RegisterRecord[] },
): Promise<void> {
  const { sha256, records } = imported
  const { kinds } = room.world()
  const mark = kinds.get('import')?.get('registers') as ImportEntity | undefined
  if (mark?.sha256 === sha256) return
  const held = (register: string, id: string) => kinds.get(register)?.get(id) as RecordEntity | undefined
  const changed = records.filter(record => {
    const row = held(record.register, record.id)
    return !row || (row.savedBy === IMPORT && !same(recordOf(row), record))
  })
  const wanted = new Set(records.map(({ register, id }) => `${register}/${id}`))
  const gone = REGISTERS.flatMap(({ key }) =>
    [...(kinds.get(key)?.values() ?? [])]
      .filter(row => (row as RecordEntity).savedBy === IMPORT && !wanted.has(`${key}/${row.id}`))
      .map(({ id }) => ({ register: key, id })),
  )
  const done = { sha256, rows: records.length }
  const parts = Math.max(1, Math.ceil(changed.length / ROWS))
  for (let part = 0; part < parts; part++) {
    const last = part === parts - 1
    const input = {
      records: changed.slice(part * ROWS, (part + 1) * ROWS),
      gone: last ? gone : [],
      done: last ? done : null,
    }
    const key = `${sha256.slice(0, 16)}-${room.world().seq}`
    await room.run({ name: 'adoptRecords', input }, { actor: IMPORT, key })
  }
}

const same = (a: RegisterRecord, b: RegisterRecord): boolean =>
  JSON.stringify([a.name, a.nameEn, a.at, a.source.name, a.source.asOf, a.fields]) ===
  JSON.stringify([b.name, b.nameEn, b.at, b.source.name, b.source.asOf, b.fields])
