import type { ReadRow } from '../../../server/contract/registers/exchange.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Wrong } from '../tables/values.ts'

/** A row of the world, as `recordOf` gives it, with its revision. */
export interface Held {
  record: RegisterRecord
  rev: number
}

/** The world's rows of one register. */
export interface HeldRegister {
  byId: ReadonlyMap<string, Held>
  /** Null where several have the name. */
  byName: ReadonlyMap<string, Held | null>
}

export function heldRegisters(current: Iterable<Held>): ReadonlyMap<string, HeldRegister> {
  const registers = new Map<string, { byId: Map<string, Held>; byName: Map<string, Held | null> }>()
  for (const held of current) {
    const { register, id, name } = held.record
    let one = registers.get(register)
    if (!one) registers.set(register, (one = { byId: new Map(), byName: new Map() }))
    one.byId.set(id, held)
    one.byName.set(name, one.byName.has(name) ? null : held)
  }
  return registers
}

/** A row of the file and the row of the world that it is, if any. */
export interface Matched {
  row: ReadRow
  id: string
  held: Held | null
  faults: { key: string; wrong: Wrong }[]
  warnings: { key: string; wrong: Wrong }[]
}

/**
 * Which row of the world each row of the file is. By its id, also in full-width letters; a row without an id by its name, where the world and
 * the file have that name once. An id that the world does not have is a new row, whatever its name.
 * @param idOfPerson of a registered person's name, which the world does not hold
 */
export function matchRows(
  rows: readonly ReadRow[],
  world: ReadonlyMap<string, HeldRegister>,
  idOfPerson: (register: string, name: string) => string | null = () => null,
): Matched[] {
  const idOf = ({ register, record: { id } }: ReadRow): string => {
    const narrow = id.normalize('NFKC')
    return world.get(register)?.byId.has(id) || !world.get(register)?.byId.has(narrow) ? id : narrow
  }
  const given = new Set(rows.filter(row => row.hasId).map(row => `${row.register} ${idOf(row)}`))
  const taken = new Set(given)
  const matched = rows.map((row): Matched => {
    const { register, record, persons } = row
    const held = world.get(register)
    const none = { row, faults: [] as Matched['faults'], warnings: [] as Matched['warnings'] }
    if (row.hasId) {
      const id = idOf(row)
      const same = held?.byId.get(id) ?? null
      const namesake = same ? undefined : held?.byName.get(record.name)
      const twin = namesake && namesake.record.id !== record.id ? namesake.record.id : null
      const warnings = twin === null ? [] : [{ key: 'name', wrong: sameName(twin) }]
      return { ...none, id, held: same, warnings }
    }
    const personId = persons?.name === undefined ? null : idOfPerson(register, persons.name)
    const byName = personId === null ? held?.byName.get(record.name) : held?.byId.get(personId)
    if (byName === null)
      return { ...none, id: record.id, held: null, faults: [{ key: 'name', wrong: SEVERAL }] }
    if (byName && !given.has(`${register} ${byName.record.id}`)) {
      return { ...none, id: byName.record.id, held: byName }
    }
    let id = record.id
    for (let n = 2; taken.has(`${register} ${id}`) || held?.byId.has(id); n++) id = `${record.id}-${n}`
    taken.add(`${register} ${id}`)
    return { ...none, id, held: null }
  })
  markTwins(matched)
  return matched
}

/** Rows that are the same row of the world: none of them can be taken. */
function markTwins(matched: readonly Matched[]): void {
  const first = new Map<string, Matched>()
  for (const one of matched) {
    const key = `${one.row.register} ${one.id}`
    const before = first.get(key)
    if (!before) {
      first.set(key, one)
      continue
    }
    const column = (row: ReadRow): string => (row.hasId ? 'id' : 'name')
    one.faults.push({ key: column(one.row), wrong: twin(one.id, before.row) })
    if (!before.faults.some(({ wrong }) => wrong.remedy === ONE_ROW)) {
      before.faults.push({ key: column(before.row), wrong: twin(one.id, one.row) })
    }
  }
}

const ONE_ROW = {
  zh: '请改成不重复的编号，或删去重复的行。',
  en: 'Give it an id of its own, or delete one of the rows.',
}
const twin = (id: string, { sheet, row }: ReadRow): Wrong => ({
  text: {
    zh: `与“${sheet}”第 ${row} 行是同一行（编号 ${id}）`,
    en: `is the same row as "${sheet}", row ${row} (id ${id})`,
  },
  remedy: ONE_ROW,
})
const SEVERAL: Wrong = {
  text: { zh: '没有编号，而这个名称不止一行', en: 'has no id, and several rows have this name' },
  remedy: { zh: '请填编号。', en: 'Give its id.' },
}
const sameName = (id: string): Wrong => ({
  text: {
    zh: `编号是新的，但已有同名的行（编号 ${id}）`,
    en: `has a new id, but row ${id} has the same name`,
  },
  remedy: { zh: '是同一处就改用原编号。', en: 'Where it is the same thing, use that id.' },
})
