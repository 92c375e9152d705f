import { Refusal } from '../../server/contract/errors.ts'
import { decodeText } from './text.ts'

/** One row of a table; `line` of the file and `row` as a spreadsheet shows it, both counted from 1. */
export interface CsvRow {
  line: number
  row: number
  cells: string[]
}

/** What a spreadsheet would take for a formula is written with one `'` more before it; that is taken off again. */
const unquoteFormula = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)
export const quoteFormula = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

/** Lines above the heads that only say something: `# 虚构示范数据…`, also as a spreadsheet saves it again. */
const REMARKS = /^\ufeff?(?:"?#[ \t][^\n]*(?:\n|$))+/

/**
 * RFC 4180 with comma or semicolon or tab (whichever the first line has most of), with or without BOM.
 * Blank lines are left out, and lines above the heads that begin with `# `.
 * @throws Refusal csv_encoding when it is neither UTF-8 nor GB18030, csv_quote when a quote is never closed
 */
export function readCsv(file: string, bytes: Uint8Array): CsvRow[] {
  const whole = decodeText(file, bytes).text
  const remarks = REMARKS.exec(whole)?.[0] ?? ''
  const text = whole.slice(remarks.length)
  const above = remarks.split('\n').length - 1
  const separator = separatorOf(text.slice(0, text.search(/\r|\n|$/)))
  const rows: CsvRow[] = []
  let [cell, quoted, line, row] = ['', false, 1 + above, 1 + above]
  let cells: string[] = []
  let quoteLine = 0
  let rowLine = line
  const endCell = (): void => {
    cells.push(unquoteFormula(cell.trim()))
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (cells.some(value => value !== '')) rows.push({ line: rowLine, row, cells })
    cells = []
    row++
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '\n') line++
    if (quoted) {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') cell += text[++i]
      else quoted = false
    } else if (c === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
      quoteLine = line
    } else if (c === separator) endCell()
    else if (c === '\n') {
      endRow()
      rowLine = line
    } else if (c !== '\r') cell += c
  }
  if (quoted) {
    throw new Refusal(
      'csv_quote',
      422,
      {
        zh: `${file} 第 ${quoteLine} 行的引号没有成对`,
        en: `${file}: a quotation mark in row ${quoteLine} is never closed`,
      },
      { zh: '请补上或删去该引号。', en: 'Close it or take it out.' },
      file,
    )
  }
  endRow()
  return rows
}

function separatorOf(head: string): string {
  const count = (c: string): number => head.split(c).length
  return [',', ';', '\t'].reduce((best, c) => (count(c) > count(best) ? c : best))
}
