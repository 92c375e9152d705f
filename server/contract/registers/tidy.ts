import type { RegisterRecord } from './record.ts'
import type { FieldValue, Register } from './register.ts'
import { NONE_WORD, tidyText, UNKNOWN_WORD } from './words.ts'

/**
 * A record as it is kept, however a form or a file gave it: no blanks at the ends of texts, nothing where a text
 * says that nothing is known, every open column there. Persons' columns stay away where they are kept apart.
 */
export function tidyRecord(register: Register, record: RegisterRecord): RegisterRecord {
  const fields: RegisterRecord['fields'] = { ...record.fields }
  for (const { key, type } of register.columns) {
    const personal = type === 'person' || type === 'phone'
    if (key in fields || !personal) fields[key] = tidyValue(fields[key] ?? null)
  }
  const { nameEn: english, ...rest } = record
  const nameEn = known(english ?? '')
  return {
    ...rest,
    id: tidyText(record.id),
    name: tidyText(record.name),
    ...(nameEn === null ? {} : { nameEn }),
    at: record.at && [record.at[0] + 0, record.at[1] + 0],
    source: { name: tidyText(record.source.name), asOf: known(record.source.asOf ?? '') },
    fields,
  }
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
