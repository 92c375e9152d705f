import type { Text } from '../../../server/contract/errors.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { type SheetPlan, writeBook } from '../workbook-write.ts'
import { FICTIONAL } from './layout.ts'
import { Choices } from './rules.ts'
import { headline, ruled, sheetOf } from './sheets-out.ts'

/** What stands above the tables of a county. */
export interface BookTitle {
  county: Text
  /** 虚构示范数据 above every table. */
  fictional: boolean
}

/** Workbooks by file name, in order of name. */
export type Books = Map<string, Uint8Array>

/** One workbook per `book` of the registers, with a sheet per register, as the importer reads them. */
export function registerBooks(
  registers: readonly Register[],
  records: ReadonlyMap<string, readonly RegisterRecord[]>,
  title: BookTitle,
): Promise<Books> {
  return books(registers, register => {
    const note = title.fictional ? FICTIONAL : null
    const rows = records.get(register.key) ?? []
    return sheetOf(register, rows, headline(register, title.county), note ? `${note.zh}\n${note.en}` : '')
  })
}

/** The same workbooks with nothing but one example row each, for a county to fill in. */
export function emptyBooks(registers: readonly Register[]): Promise<Books> {
  return books(registers, register => sheetOf(register, null, headline(register, null), FILL_IN))
}

async function books(
  registers: readonly Register[],
  sheet: (register: Register) => SheetPlan,
): Promise<Books> {
  const byBook = new Map<string, Register[]>()
  for (const register of registers) {
    byBook.set(register.book, [...(byBook.get(register.book) ?? []), register])
  }
  const written: Books = new Map()
  for (const book of [...byBook.keys()].sort()) {
    const inside = byBook.get(book)!
    const choices = new Choices()
    const plans = inside.map(register => ruled(register, sheet(register), choices))
    written.set(`${book}.xlsx`, await writeBook([...plans, ...choices.sheet()], book))
  }
  return written
}

const FILL_IN = [
  '从示例行的下一行填起；示例行（编号以“示例”开头）导入时略过。列可换位、可留空，带 * 的必填。不知道就留空，不要填 0',
  'Start below the example row, which is skipped (its id begins with 示例). Columns may change places; * is needed. Leave blank what is unknown, never 0',
].join('\n')
