import type { LonLat } from '../../../server/contract/geo.ts'
import { faultsOfRecord, NEEDED, SWAPPED } from '../../../server/contract/registers/check.ts'
import { tooLong } from '../../../server/contract/registers/check-text.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { EXAMPLE_ROW, MOST, SIGNATURE_ROW, SUM_ROW } from '../../../server/contract/registers/words.ts'
import { type BookSheet, type CellValue, CellTrouble } from '../workbook.ts'
import type { Fault } from './faults.ts'
import { headText, SHARED, type SharedKey, type Table } from './heads.ts'
import type { Placed } from './references.ts'
import { cellText, degrees, knownText, type Read, readValue, troubled, type Wrong } from './values.ts'

/** A row as it was read; with faults its record has harmless values in their places. */
export interface TableRow extends Placed {
  /** As the sheet counts it, from 1. */
  row: number
  faults: Fault[]
  /** Cells of a second column with the same head that say something else; such a column is not used. */
  doubts: Fault[]
  /** Whether the row has an id of its own, or one that was made of its number. */
  hasId: boolean
  /** Columns that say something here, shared ones too. */
  given: ReadonlySet<string>
}

/** The rows under a table's heads that are rows of the register. */
export function readRows(file: string, sheet: BookSheet, table: Table): TableRow[] {
  const found: TableRow[] = []
  const used = [...table.place.values()]
  for (let i = table.headRow + 1; i < sheet.rows.length; i++) {
    const row = sheet.rows[i]
    const blank = used.every(at => knownText(row[at]) === '')
    if (blank && !used.some(at => row[at] instanceof CellTrouble)) continue
    if (isAside(row, table)) continue
    found.push(readRow(file, sheet, i, row, table))
  }
  return found
}

/** Example rows, rows of totals and remarks, heads repeated on each printed page. */
function isAside(row: CellValue[], { place, heads }: Table): boolean {
  const [id, name] = ['id', 'name'].map(key => cellText(row[place.get(key) ?? -1]))
  if (EXAMPLE_ROW.test(id) || (id === '' && EXAMPLE_ROW.test(name))) return true
  const nameAt = place.get('name')!
  const idAt = place.get('id')
  // What has an id of its own is a row, whatever its name is.
  if (id !== '' && !SUM_ROW.test(id.replace(/\s/g, '')) && !SIGNATURE_ROW.test(id)) {
    return headText(row[nameAt]) === heads[nameAt] && headText(row[idAt!]) === heads[idAt!]
  }
  const first = (row.map(cellText).find(text => text !== '') ?? '').replace(/\s/g, '')
  const bareName = name.replace(/\s/g, '')
  if (SUM_ROW.test(first) || SUM_ROW.test(bareName)) return true
  if (SIGNATURE_ROW.test(first) && (bareName === '' || (first === bareName && /[:：]/.test(first))))
    return true
  return headText(row[nameAt]) !== '' && headText(row[nameAt]) === heads[nameAt]
}

function readRow(
  file: string,
  sheet: BookSheet,
  row: number,
  cells: CellValue[],
  { register, place, heads, twice }: Table,
): TableRow {
  const faults: Fault[] = []
  const number = sheet.numbers?.[row] ?? row + 1
  const where = (key: string): Fault['where'] => {
    const column = place.get(key) ?? place.get('name')!
    return { file, sheet: sheet.name, row: number, column, head: heads[column] }
  }
  const doubted = new Set<string>()
  const fault = (key: string, wrong: Wrong): void => {
    doubted.add(key)
    faults.push({ where: where(key), ...wrong })
  }
  const cell = (key: string): CellValue => cells[place.get(key) ?? -1] ?? null
  const dated = (key: string): CellValue => inDays1900(cell(key), sheet)
  const take = <T>(key: string, read: Read<T>, instead: T): T => {
    if ('value' in read) return read.value
    fault(key, read.wrong)
    return instead
  }
  const shared = (key: SharedKey, max: number): string => take(key, sharedText(cell(key), max), '')

  const own = new Set(register.columns.map(column => column.key))
  const fields: Record<string, FieldValue> = {}
  const doubts = [...twice].flatMap(([at, key]): Fault[] => {
    const [first, second] = [place.get(key)!, at].map(i => cellText(cells[i]))
    if (second === '' || second === first) return []
    return [{ where: { ...where(key), column: at, head: heads[at] }, ...TWICE }]
  })
  for (const column of register.columns) {
    const { key, type } = column
    const content = type === 'date' ? dated(key) : cell(key)
    fields[key] = take(key, place.has(key) ? readValue(column, content) : { value: null }, null)
    if (fields[key] === null && column.needed && !doubted.has(key)) fault(key, NEEDED)
  }
  const name = shared('name', MOST.name)
  if (name === '' && !doubted.has('name')) fault('name', NEEDED)
  const basic = (key: SharedKey, max: number): string =>
    own.has(key) ? String(fields[key] ?? '') : shared(key, max)
  const nameEn = basic('nameEn', MOST.name)
  const id = basic('id', MOST.id)
  const record: RegisterRecord = {
    id: id || `${register.key}-${number}`,
    register: register.key,
    name,
    ...(nameEn === '' ? {} : { nameEn }),
    at: position(register, cell, place, fault),
    source: {
      name: basic('source', MOST.name) || file.slice(0, MOST.name),
      asOf: take('asOf', readValue(AS_OF, dated('asOf')), null) as string | null,
    },
    fields,
  }
  for (const { column, text, remedy } of faultsOfRecord(register, record)) {
    const key = column === 'at' ? 'lon' : column
    if (!doubted.has(key) && !(column === 'at' && doubted.has('lat'))) fault(key, { text, remedy })
  }
  const given = new Set([...place.keys()].filter(key => knownText(cell(key)) !== ''))
  return { record, where, row: number, faults, doubts, hasId: id !== '', given }
}

const AS_OF: Column = { key: 'asOf', type: 'date', ...SHARED.asOf, explain: SHARED.asOf.head, example: '' }

/** Days between the two beginnings that a workbook may count from. */
const DAYS_1904 = 1462
const inDays1900 = (cell: CellValue, { from1904 }: BookSheet): CellValue =>
  from1904 && typeof cell === 'number' ? cell + DAYS_1904 : cell

function sharedText(cell: CellValue, max: number): Read<string> {
  if (cell instanceof CellTrouble) return troubled(cell)
  const text = knownText(cell)
  return text.length <= max ? { value: text } : { wrong: tooLong(max) }
}

function position(
  register: Register,
  cell: (key: string) => CellValue,
  place: ReadonlyMap<string, number>,
  fault: (key: string, wrong: Wrong) => void,
): LonLat | null {
  if (!place.has('lon') || register.position === 'none') return null
  const [lon, lat] = [degrees(cell('lon'), 180), degrees(cell('lat'), 90)]
  // A longitude in the column of latitudes fits no latitude; a latitude in the column of longitudes would.
  const high = degrees(cell('lat'), 180)
  if ('wrong' in lat && 'value' in high && 'value' in lon && Math.abs(lon.value ?? 999) <= 90) {
    fault('lat', SWAPPED)
    return null
  }
  for (const [key, read] of [
    ['lon', lon],
    ['lat', lat],
  ] as const)
    if ('wrong' in read) fault(key, read.wrong)
  if ('wrong' in lon || 'wrong' in lat) return null
  if (lon.value !== null && lat.value !== null) return [lon.value, lat.value]
  if (lon.value !== null || lat.value !== null) fault(lon.value === null ? 'lon' : 'lat', HALF)
  else if (register.position === 'needed') fault('lon', NEEDED)
  return null
}

const HALF: Wrong = {
  text: { zh: '只填了经纬度中的一个', en: 'only one of longitude and latitude is given' },
  remedy: { zh: '请补上另一个，或两个都留空。', en: 'Give the other too, or leave both blank.' },
}
const TWICE: Wrong = {
  text: { zh: '同一列出现了两次，内容不同', en: 'stands in two columns of this name that differ' },
  remedy: { zh: '请删去其中一列。', en: 'Delete one of the two columns.' },
}
