import type { Text } from '../../../server/contract/errors.ts'
import type { CellFault, CellPlace } from '../../../server/contract/registers/exchange.ts'
import type { Fault } from '../tables/faults.ts'
import type { Wrong } from '../tables/values.ts'
import { type BookSheet, columnLetters } from '../workbook.ts'

/** A cell's place as it travels; features have numbers and names of properties, no letters. */
export const cellPlace = (
  sheet: Pick<BookSheet, 'name' | 'cells'>,
  row: number,
  column: number | null,
  head: string,
): CellPlace => ({
  sheet: sheet.name,
  row,
  column: column === null || sheet.cells === false ? null : columnLetters(column),
  head: head.split('\n')[0],
})

export function placeText({ sheet, row, column, head }: CellPlace): Text {
  const cell = column === null ? ['', ''] : [`（${column}${row}）`, ` (${column}${row})`]
  const [zh, en] = row === 0 ? ['', ''] : [`第 ${row} 行`, `, row ${row}`]
  if (head === '') return { zh: `“${sheet}”${zh}`, en: `"${sheet}"${en}` }
  return { zh: `“${sheet}”${zh}“${head}”列${cell[0]}`, en: `"${sheet}"${en}, column "${head}"${cell[1]}` }
}

export const faultAt = (at: CellPlace, { text, remedy }: Wrong): CellFault => ({
  at,
  place: placeText(at),
  text,
  remedy,
})

export const cellFault = (sheet: BookSheet, { where, text, remedy }: Fault): CellFault =>
  faultAt(cellPlace(sheet, where.row, where.column, where.head), { text, remedy })
