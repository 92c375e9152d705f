import type { Refusal, Text } from '../../../server/contract/errors.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import type { BookSheet } from '../workbook.ts'
import { badCells, type Fault, missingColumn, nothingKnown, otherUnits, twice } from './faults.ts'
import { findTable, type Table } from './heads.ts'
import { type Placed, resolveReferences } from './references.ts'
import { readRows } from './rows.ts'
import { otherUnit } from './units.ts'

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
      const [trouble] = headTroubles(file, sheet, table)
      if (trouble) throw trouble.refusal
      for (const row of readRows(file, sheet, table)) {
        rows.push(row)
        faults.push(...row.faults)
      }
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
export const ASIDE = /说明|选项|目录|封面|readme|notes?$/i

/** Why a sheet cannot be read at all, and the column that is to blame. */
export interface HeadTrouble {
  refusal: Refusal
  column: number | null
}

/** Needed columns that are not there, columns in other units. */
export function headTroubles(
  file: string,
  sheet: BookSheet,
  { register, place, heads }: Table,
): HeadTrouble[] {
  const needed = register.columns.filter(column => column.needed).map(column => column.key)
  const both = register.position === 'needed' ? ['lon', 'lat'] : []
  const missing = ['name', ...needed, ...both].filter(key => !place.has(key))
  // One of the two alone would leave every row without its place.
  if (place.has('lon') && !place.has('lat')) missing.push('lat')
  if (place.has('lat') && !place.has('lon')) missing.push('lon')
  const units = register.columns.flatMap((column): HeadTrouble[] => {
    const at = place.get(column.key)
    const unit = at === undefined ? null : otherUnit(heads[at], column)
    return unit ? [{ refusal: otherUnits(file, sheet.name, heads[at!], unit), column: at! }] : []
  })
  const lacking = [...new Set(missing)].map(key => missingColumn(file, sheet.name, register, key))
  return [...lacking.map(refusal => ({ refusal, column: null })), ...units]
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
