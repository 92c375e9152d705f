import type { ReadRow, ValueChange } from '../../../server/contract/registers/exchange.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { tidyRecord } from '../../../server/contract/registers/tidy.ts'
import { isPersonal } from '../tables/persons.ts'
import type { Wrong } from '../tables/values.ts'

/** What blank cells of a column that the file has do to what the world knows. */
export type Blanks = 'unknown' | 'keep'

export interface Merged {
  record: RegisterRecord
  warnings: { key: string; wrong: Wrong }[]
}

/**
 * A row of the file over the row of the world that it is. A column that the file does not have stays as it is. A
 * blank cell makes its value unknown (`blanks: 'keep'`: leaves it), but never takes away a position, which is
 * found once and at a desk, nor a source.
 */
export function mergeRow(
  register: Register,
  before: RegisterRecord,
  { record, asRead, hasSource }: Pick<ReadRow, 'record' | 'asRead' | 'hasSource'>,
  has: (key: string) => boolean,
  blanks: Blanks,
): Merged {
  const held = tidyRecord(register, before)
  const warnings: Merged['warnings'] = []
  const keep = blanks === 'keep'
  const fields: RegisterRecord['fields'] = {}
  for (const { key, type } of register.columns) {
    if (isPersonal(type)) continue
    const theirs = has(key) && !(keep && record.fields[key] === null)
    fields[key] = (theirs ? record : held).fields[key] ?? null
  }
  const nameEn = has('nameEn') && !(keep && record.nameEn === undefined) ? record.nameEn : held.nameEn
  if (has('lon') && asRead === null && held.at !== null && register.position !== 'none') {
    warnings.push({ key: 'lon', wrong: KEPT })
  }
  const asOf = has('asOf') && !(keep && record.source.asOf === null) ? record.source.asOf : held.source.asOf
  const merged: RegisterRecord = {
    id: held.id,
    register: register.key,
    name: register.persons ? held.name : record.name,
    ...(nameEn === undefined || register.persons ? {} : { nameEn }),
    at: register.position === 'none' ? null : (record.at ?? held.at),
    source: { name: hasSource ? record.source.name : held.source.name, asOf },
    fields,
  }
  return { record: merged, warnings }
}

const KEPT: Wrong = {
  text: { zh: '为空，保留已落图的位置', en: 'is blank; the position that is known stays' },
  remedy: { zh: '要取消位置，请在台账里修改。', en: 'To take a position away, edit the row.' },
}

/** Every value that differs, by its column; persons' columns apart. */
export function changesOf(register: Register, from: RegisterRecord, to: RegisterRecord): ValueChange[] {
  const [before, after] = [from, to].map(record => valuesOf(register, tidyRecord(register, record)))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(column => {
    const [old, now] = [before.get(column) ?? null, after.get(column) ?? null]
    return JSON.stringify(old) === JSON.stringify(now) ? [] : [{ column, from: old, to: now }]
  })
}

const valuesOf = (
  { columns }: Register,
  { name, nameEn, at, source, fields }: RegisterRecord,
): Map<string, unknown> =>
  new Map<string, unknown>([
    ['name', name],
    ['nameEn', nameEn],
    ['at', at],
    ...columns.flatMap(({ key, type }): [string, unknown][] =>
      isPersonal(type) ? [] : [[key, fields[key]]],
    ),
    ['source', source.name],
    ['asOf', source.asOf],
  ])
