import { Refusal } from '../../server/contract/errors.ts'

/** One row of a table with its line in the file, counted from 1, as a spreadsheet shows it. */
export interface CsvRow {
  line: number
  cells: string[]
}

/** What a spreadsheet would take for a formula is written with `'` before it; that is taken off again. */
const unquoteFormula = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

/**
 * RFC 4180 with comma or semicolon or tab (whichever the first line has most of), with or without BOM.
 * Blank lines are left out.
 * @throws Refusal csv_encoding when it is not UTF-8, csv_quote when a quote is never closed
 */
export function readCsv(file: string, bytes: Uint8Array): CsvRow[] {
  const text = decodeUtf8(file, bytes)
  const separator = separatorOf(text.slice(0, text.search(/\r|\n|$/)))
  const rows: CsvRow[] = []
  let [cell, quoted, line] = ['', false, 1]
  let cells: string[] = []
  let quoteLine = 0
  let rowLine = 1
  const endCell = (): void => {
    cells.push(unquoteFormula(cell.trim()))
    cell = ''
  }
  const endRow = (): void => {
    endCell()
    if (cells.some(value => value !== '')) rows.push({ line: rowLine, cells })
    cells = []
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

export function decodeUtf8(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Refusal(
      'csv_encoding',
      422,
      { zh: `${file} 不是 UTF-8 编码`, en: `${file} is not UTF-8` },
      {
        zh: '请在 Excel 中另存为“CSV UTF-8（逗号分隔）”。',
        en: 'Save it from Excel as “CSV UTF-8 (comma delimited)”.',
      },
      file,
    )
  }
}

function separatorOf(head: string): string {
  const count = (c: string): number => head.split(c).length
  return [',', ';', '\t'].reduce((best, c) => (count(c) > count(best) ? c : best))
}
