import type { RegisterRecord } from './record.ts'
import type { FieldValue, Register } from './register.ts'
import { NONE_WORD, tidyText, UNKNOWN_WORD } from './words.ts'

/**
 * A record as it is kept, however a form or a file gave it: no blanks at the ends of texts, nothing where a text
 * says that nothing is known, every open column there. Persons' columns stay away where they are kept apart.
 */
export function tidyRecord(register: Register, record: RegisterRecord): RegisterRecord {
  const fields: RegisterRecord['fields'] = { ...unknownFields(register), ...record.fields }
  for (const { key } of register.columns) {
    if (key in fields) fields[key] = tidyValue(fields[key] ?? null)
  }
  const nameEn = record.nameEn === undefined ? null : known(record.nameEn)
  return {
    id: tidyText(record.id),
    register: record.register,
    name: tidyText(record.name),
    ...(nameEn === null ? undefined : { nameEn }),
    at: record.at && [record.at[0] + 0, record.at[1] + 0],
    source: { name: tidyText(record.source.name), asOf: known(record.source.asOf ?? '') },
    fields,
  }
}

const empty = new WeakMap<Register, RegisterRecord['fields']>()

/** Every open column of a register, nothing known. Columns added one by one make objects ten times as slow. */
function unknownFields(register: Register): RegisterRecord['fields'] {
  const made = empty.get(register)
  if (made) return made
  const open = register.columns.filter(({ type }) => type !== 'person' && type !== 'phone')
  const text = JSON.stringify(Object.fromEntries(open.map(({ key }) => [key, null])))
  const fields = JSON.parse(text) as RegisterRecord['fields']
  empty.set(register, fields)
  return fields
}

function tidyValue(value: FieldValue): FieldValue {
  if (typeof value === 'string') return known(value)
  // −0 is 0 in every file.
  if (typeof value === 'number') return value + 0
  if (!Array.isArray(value) || !value.every(item => typeof item === 'string')) return value
  return (value as string[]).map(tidyText).filter(isItem)
}

export const isItem = (item: string): boolean =>
  item !== '' && !UNKNOWN_WORD.test(item) && !NONE_WORD.test(item)

function known(text: string): string | null {
  const tidy = tidyText(text)
  return tidy === '' || UNKNOWN_WORD.test(tidy) ? null : tidy
}
