import { readCsv } from '../csv.ts'
import { decodeText } from '../text.ts'
import type { BookSheet } from '../workbook.ts'

/** A CSV file as the one sheet of a workbook, called as the file is. */
export function csvSheet(file: string, bytes: Uint8Array): { sheet: BookSheet; encoding: string } {
  const rows = readCsv(file, bytes)
  const sheet = {
    name: baseName(file),
    rows: rows.map(({ cells }) => cells.map(cell => (cell === '' ? null : cell))),
    numbers: rows.map(({ row }) => row),
  }
  return { sheet, encoding: decodeText(file, bytes).encoding }
}

/** A file's name without folders and ending. */
export const baseName = (file: string): string => file.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '') || file
