import type { LonLat } from '../../../server/contract/geo.ts'
import { faultsOfRecord, type RecordFault } from '../../../server/contract/registers/check.ts'
import { numberFault, type ValueFault } from '../../../server/contract/registers/check-value.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { isItem, tidyRecord } from '../../../server/contract/registers/tidy.ts'
import { BETWEEN_ITEMS, lineText, tidyText } from '../../../server/contract/registers/words.ts'
import { isOfPersons } from './fields.ts'
import { readLine } from './lineTexts.ts'

/** A row as it stands in a form: one text per column, by the column's key; blank is unknown. */
export type Texts = Record<string, string>

const ITEMS = '、'

const isLine = (value: string[] | LonLat[]): value is LonLat[] => typeof value[0] === 'object'

function textOfValue(value: FieldValue | undefined): string {
  if (value === undefined || value === null) return ''
  if (!Array.isArray(value)) return String(value)
  return isLine(value) ? lineText(value) : value.join(ITEMS)
}

export function textsOf(register: Register, record: RegisterRecord): Texts {
  const texts: Texts = {
    id: record.id,
    name: record.name,
    nameEn: record.nameEn ?? '',
    lon: record.at ? String(record.at[0]) : '',
    lat: record.at ? String(record.at[1]) : '',
    source: record.source.name,
    asOf: record.source.asOf ?? '',
  }
  for (const column of register.columns)
    if (!isOfPersons(column)) texts[column.key] = textOfValue(record.fields[column.key])
  return texts
}

export const emptyRecord = (register: Register, id: string): RegisterRecord => ({
  id,
  register: register.key,
  name: register.persons ? id : '',
  at: null,
  source: { name: '', asOf: null },
  fields: {},
})

/**
 * What the texts say, and what is wrong with them. What was not touched stays exactly as it was.
 * @param before the row as the form began with it
 */
export function readTexts(
  register: Register,
  before: RegisterRecord,
  texts: Texts,
): { record: RegisterRecord; faults: RecordFault[] } {
  const faults: RecordFault[] = []
  const first = textsOf(register, before)
  const fields = { ...before.fields }
  for (const column of register.columns) {
    if (isOfPersons(column)) continue
    const text = texts[column.key] ?? ''
    if (text === first[column.key] && column.key in fields) continue
    const { value, fault } = readValue(column, text)
    fields[column.key] = value
    if (fault) faults.push({ column: column.key, head: column.head, ...fault })
  }
  const place = placeOf(texts.lon ?? '', texts.lat ?? '')
  if (place === undefined) faults.push(HALF_A_PLACE)
  const id = tidyText(texts.id ?? '')
  const { nameEn: _, ...rest } = before
  const record = tidyRecord(register, {
    ...rest,
    id,
    // Where rows are persons their names are kept apart.
    name: register.persons ? id : (texts.name ?? ''),
    ...(texts.nameEn && !register.persons ? { nameEn: texts.nameEn } : {}),
    at: place ?? null,
    source: { name: texts.source ?? '', asOf: texts.asOf || null },
    fields,
  })
  const known = new Set(faults.map(fault => fault.column))
  const others = faultsOfRecord(register, record).filter(fault => !known.has(fault.column))
  return { record, faults: [...faults, ...others] }
}

function readValue(column: Column, text: string): { value: FieldValue; fault?: ValueFault | null } {
  const tidy = tidyText(text)
  switch (column.type) {
    case 'whole':
    case 'number': {
      if (tidy === '') return { value: null }
      const value = Number(tidy.normalize('NFKC').replace(/(?<=\d)[,\s](?=\d{3})/g, ''))
      return { value: Number.isFinite(value) ? value : null, fault: numberFault(column, value, tidy) }
    }
    case 'flag':
      return { value: tidy === '' ? null : tidy === 'true' }
    case 'list':
      return { value: tidy === '' ? null : tidy.split(BETWEEN_ITEMS).map(tidyText).filter(isItem) }
    case 'line':
      return readLine(text, column.closed === true)
    default:
      return { value: tidy === '' ? null : tidy }
  }
}

/** `undefined` = something that is no position stands there. */
export function placeOf(lon: string, lat: string): [number, number] | null | undefined {
  const [x, y] = [lon.normalize('NFKC').trim(), lat.normalize('NFKC').trim()]
  if (x === '' && y === '') return null
  const at: [number, number] = [Number(x), Number(y)]
  return x !== '' && y !== '' && at.every(Number.isFinite) ? at : undefined
}

const HALF_A_PLACE: RecordFault = {
  column: 'at',
  head: { zh: '经纬度', en: 'Position' },
  text: { zh: '不是一对数', en: 'is no pair of numbers' },
  remedy: { zh: '经度和纬度都填度数，或都留空。', en: 'Give both in degrees, or leave both blank.' },
}

/** The next id after those in use, in the way most of them are numbered: K-09 → K-10. Blank where there is no way. */
export function nextId(ids: Iterable<string>): string {
  const most = new Map<string, { count: number; last: number; width: number }>()
  for (const id of ids) {
    const [, prefix, digits] = /^(.*?)(\d{1,15})$/.exec(id) ?? []
    if (digits === undefined) continue
    const seen = most.get(prefix!) ?? { count: 0, last: 0, width: 0 }
    most.set(prefix!, {
      count: seen.count + 1,
      last: Math.max(seen.last, Number(digits)),
      width: Math.max(seen.width, digits.length),
    })
  }
  const [best] = [...most].sort(([, a], [, b]) => b.count - a.count)
  return best ? best[0] + String(best[1].last + 1).padStart(best[1].width, '0') : ''
}
