import type { Text } from '../../../server/contract/errors.ts'
import type { LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { type BookSheet, type CellValue, CellTrouble } from '../workbook.ts'
import { badCells, type Fault, missingColumn, nothingKnown, otherUnits, twice } from './faults.ts'
import { findTable, headText, SHARED, type SharedKey, type Table } from './heads.ts'
import { type Placed, resolveReferences } from './references.ts'
import { otherUnit } from './units.ts'
import { cellText, degrees, knownText, type Read, readValue, troubled, type Wrong } from './values.ts'

/** A workbook that was read, by its name in the folder. */
export interface Book {
  file: string
  sheets: readonly BookSheet[]
}

export interface Tables {
  records: RegisterRecord[]
  /** The workbooks that hold a register. */
  files: string[]
  /** What was left out. */
  notes: Text[]
}

/** The row that explains a template. */
const EXAMPLE = /^(?:示例|例：|例:|example)/i
/** Sums and signatures under a table. */
const SUM = /^(?:合计|总计|小计|共计)(?:[:：（(].*)?$/
const SIGNATURE = /^(?:备注|注|说明|填报|填表|制表|审核|单位负责人)/

/**
 * All registers of a folder's workbooks. One bad cell refuses all of them.
 * @throws Refusal table_column, table_unit, table_cells (`details.faults` has up to 20, each with file, sheet,
 *   cell and remedy), table_twice
 */
export function readTables(registers: readonly Register[], books: readonly Book[]): Tables {
  const rows: Placed[] = []
  const faults: Fault[] = []
  const notes: Text[] = []
  const files: string[] = []
  for (const { file, sheets } of books) {
    const strange: string[] = []
    let known = 0
    for (const sheet of sheets) {
      const table = findTable(sheet, registers)
      if (!table) {
        if (sheet.rows.some(row => row.some(cell => cell !== null && cell !== ''))) strange.push(sheet.name)
        continue
      }
      known++
      checkHeads(file, sheet, table)
      const read = readTable(file, sheet, table, faults)
      rows.push(...read)
      if (table.ignored.length > 0) notes.push(ignoredNote(file, sheet.name, table.ignored))
    }
    if (known > 0) files.push(file)
    const idle = strange.filter(name => !ASIDE.test(name))
    if (known === 0) notes.push(nothingKnown(file))
    else if (idle.length > 0) notes.push(strangeNote(file, idle))
  }
  checkIds(rows)
  resolveReferences(registers, rows, faults)
  if (faults.length > 0) throw badCells(faults)
  return { records: rows.map(({ record }) => record), files, notes }
}

/** Sheets that only explain. */
const ASIDE = /说明|选项|目录|封面|readme|notes?$/i

function checkHeads(file: string, sheet: BookSheet, { register, place, heads }: Table): void {
  const needed = register.columns.filter(column => column.needed).map(column => column.key)
  const both = register.position === 'needed' ? ['lon', 'lat'] : []
  for (const key of ['name', ...needed, ...both]) {
    if (!place.has(key)) throw missingColumn(file, sheet.name, register, key)
  }
  // One of the two alone would leave every row without its place.
  for (const [one, other] of [
    ['lon', 'lat'],
    ['lat', 'lon'],
  ]) {
    if (place.has(one) && !place.has(other)) throw missingColumn(file, sheet.name, register, other)
  }
  for (const column of register.columns) {
    const at = place.get(column.key)
    const unit = at === undefined ? null : otherUnit(heads[at], column)
    if (unit) throw otherUnits(file, sheet.name, heads[at!], unit)
  }
}

function readTable(file: string, sheet: BookSheet, table: Table, faults: Fault[]): Placed[] {
  const found: Placed[] = []
  const used = [...table.place.values()]
  for (let i = table.headRow + 1; i < sheet.rows.length; i++) {
    const row = sheet.rows[i]
    const blank = used.every(at => knownText(row[at]) === '')
    if (blank && !used.some(at => row[at] instanceof CellTrouble)) continue
    if (isAside(row, table)) continue
    found.push(readRow(file, sheet.name, i, row, table, faults))
  }
  return found
}

/** Example rows, rows of totals and remarks, heads repeated on each printed page. */
function isAside(row: CellValue[], { place, heads }: Table): boolean {
  const [id, name] = ['id', 'name'].map(key => cellText(row[place.get(key) ?? -1]))
  if (EXAMPLE.test(id) || (id === '' && EXAMPLE.test(name))) return true
  const first = (row.map(cellText).find(text => text !== '') ?? '').replace(/\s/g, '')
  const bareName = name.replace(/\s/g, '')
  if (SUM.test(first) || SUM.test(bareName)) return true
  if (SIGNATURE.test(first) && (bareName === '' || (first === bareName && /[:：]/.test(first)))) return true
  const nameAt = place.get('name')!
  return headText(row[nameAt]) !== '' && headText(row[nameAt]) === heads[nameAt]
}

function readRow(
  file: string,
  sheet: string,
  row: number,
  cells: CellValue[],
  { register, place, heads }: Table,
  faults: Fault[],
): Placed {
  const where = (key: string): Fault['where'] => {
    const column = place.get(key) ?? place.get('name')!
    return { file, sheet, row: row + 1, column, head: heads[column] }
  }
  const cell = (key: string): CellValue => cells[place.get(key) ?? -1] ?? null
  const take = <T>(key: string, read: Read<T>, instead: T): T => {
    if ('value' in read) return read.value
    faults.push({ where: where(key), ...read.wrong })
    return instead
  }
  const shared = (key: SharedKey, max: number): string => take(key, sharedText(cell(key), max), '')

  const own = new Set(register.columns.map(column => column.key))
  const fields: Record<string, FieldValue> = {}
  for (const column of register.columns) {
    const value = take(
      column.key,
      place.has(column.key) ? readValue(column, cell(column.key)) : { value: null },
      null,
    )
    if (value === null && column.needed) faults.push({ where: where(column.key), ...EMPTY })
    fields[column.key] = value
  }
  const name = shared('name', 120)
  if (name === '') faults.push({ where: where('name'), ...EMPTY })
  const text = (key: SharedKey, max: number): string =>
    own.has(key) ? String(fields[key] ?? '') : shared(key, max)
  const nameEn = text('nameEn', 120)
  const record: RegisterRecord = {
    id: text('id', 64) || `${register.key}-${row + 1}`,
    register: register.key,
    name,
    ...(nameEn === '' ? {} : { nameEn }),
    at: position(register, cell, place, (key, wrong) => faults.push({ where: where(key), ...wrong })),
    source: {
      name: text('source', 120) || file,
      asOf: take('asOf', readValue(AS_OF, cell('asOf')), null) as string | null,
    },
    fields,
  }
  return { record, where }
}

const AS_OF = { key: 'asOf', type: 'date', ...SHARED.asOf, explain: SHARED.asOf.head, example: '' } as const

function sharedText(cell: CellValue, max: number): Read<string> {
  if (cell instanceof CellTrouble) return troubled(cell)
  const text = knownText(cell)
  if (text.length <= max) return { value: text }
  return {
    wrong: {
      text: { zh: `超过 ${max} 个字`, en: `is longer than ${max} characters` },
      remedy: { zh: '请改短。', en: 'Make it shorter.' },
    },
  }
}

function position(
  register: Register,
  cell: (key: string) => CellValue,
  place: ReadonlyMap<string, number>,
  fault: (key: string, wrong: Wrong) => void,
): LonLat | null {
  if (!place.has('lon')) return null
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
  else if (register.position === 'needed') fault('lon', EMPTY)
  return null
}

const SWAPPED: Wrong = {
  text: { zh: '经度与纬度填反了', en: 'longitude and latitude are swapped' },
  remedy: { zh: '请对调经度与纬度两列。', en: 'Swap the columns of longitude and latitude.' },
}
const HALF: Wrong = {
  text: { zh: '只填了经纬度中的一个', en: 'only one of longitude and latitude is given' },
  remedy: { zh: '请补上另一个，或两个都留空。', en: 'Give the other too, or leave both blank.' },
}
const EMPTY: Wrong = {
  text: { zh: '为空', en: 'is empty' },
  remedy: { zh: '这一列必须填写。', en: 'This column is needed.' },
}

function checkIds(rows: readonly Placed[]): void {
  const seen = new Map<string, Placed>()
  for (const row of rows) {
    const key = `${row.record.register} ${row.record.id}`
    const before = seen.get(key)
    if (before) throw twice(row.record.id, before.where('id'), row.where('id'))
    seen.set(key, row)
  }
}

function ignoredNote(file: string, sheet: string, ignored: readonly string[]): Text {
  const some = ignored.slice(0, 10).join('、')
  return {
    zh: `${file} 工作表“${sheet}”中未用的列：${some}`,
    en: `Columns of ${file}, sheet "${sheet}" that were not used: ${some}`,
  }
}

function strangeNote(file: string, sheets: readonly string[]): Text {
  const some = sheets.slice(0, 10).join('、')
  return {
    zh: `${file} 中认不出是哪种台账的工作表：${some}；可用 npm run make-county -- --empty 的空表对照`,
    en: `Sheets of ${file} that are no known register: ${some}; compare with the blank ones of npm run make-county -- --empty`,
  }
}
