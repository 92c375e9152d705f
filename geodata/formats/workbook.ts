import { zipSync } from 'fflate'
import { readXlsx, type Sheet } from 'hucre/xlsx'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { unzip, type ZipEntry } from './zip.ts'

/** What a cell of a sheet may hold. Times of day and dates are UTC. */
export type CellValue = string | number | boolean | Date | CellTrouble | null

/** A cell that shows something other than a value: `#REF!`, a formula that was never calculated. */
export class CellTrouble {
  constructor(readonly text: Text) {}
}

export interface BookSheet {
  name: string
  /** Row 0 is the sheet's row 1; merged cells all have the value of their first. */
  rows: CellValue[][]
}

/** DESIGN, Doors; rows and merged cells by what a county's largest table could have. */
export const BOOK_LIMITS = { bytes: 50 * 1024 * 1024, rows: 50_000, mergedCells: 1_000_000 } as const

/** A, B … Z, AA … of a column counted from 0. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters
  }
  return letters
}

/** Only these parts are unpacked: no pictures, macros, links or objects. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(_rels\/[^/]+\.rels|(workbook|sharedStrings|styles)\.xml|worksheets\/(_rels\/)?[^/]+))$/i

/**
 * The visible sheets of an Excel workbook (.xlsx, .xlsm).
 * @throws Refusal book_too_large, book_old, book_unreadable, book_entity, zip_*
 */
export async function readBook(file: string, bytes: Uint8Array): Promise<BookSheet[]> {
  if (bytes.length > BOOK_LIMITS.bytes) throw tooLarge(file)
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw oldOrLocked(file)
  const parts = unzip(bytes, name => PARTS.test(name))
  for (const part of parts) refuseDeclarations(file, part.bytes)
  // Packed again, plainly, so that the reader sees exactly what was checked, whatever the file's own directory says.
  const plain = zipSync(Object.fromEntries(parts.map(part => [part.name, withoutBlanks(part)])), { level: 0 })
  let sheets: Sheet[]
  try {
    const shown = ({ hidden, veryHidden }: { hidden?: boolean; veryHidden?: boolean }): boolean =>
      !hidden && !veryHidden
    sheets = (await readXlsx(plain, { sheets: shown, maxRows: BOOK_LIMITS.rows + 1 })).sheets
  } catch (error) {
    throw unreadable(file, error)
  }
  return sheets.map(sheet => {
    if (sheet.rows.length > BOOK_LIMITS.rows) throw tooManyRows(file, sheet.name)
    return { name: sheet.name.trim(), rows: filled(file, sheet) }
  })
}

const BLANK_CELL = /<(?:\w+:)?c(?:\s[^<>]*)?\/>|<((?:\w+:)?c)(?:\s[^<>]*)?><\/\1>/g
const BLANK_ROW = /<(?:\w+:)?row(?:\s[^<>]*)?\/>|<((?:\w+:)?row)(?:\s[^<>]*)?>\s*<\/\1>/g

/**
 * A sheet without the cells that have a look and no content: borders drawn to row 1,048,576, as tables in
 * offices have them, would make a grid of millions.
 */
function withoutBlanks({ name, bytes }: ZipEntry): Uint8Array {
  if (!/worksheets\/[^/]+\.xml$/i.test(name)) return bytes
  const text = new TextDecoder().decode(bytes)
  return new TextEncoder().encode(text.replace(BLANK_CELL, '').replace(BLANK_ROW, ''))
}

/** Rows with their troubles in place and merged cells filled from their first. */
function filled(file: string, { name, rows, cells, merges = [] }: Sheet): CellValue[][] {
  const out: CellValue[][] = rows
  for (const [key, cell] of cells ?? []) {
    const [row, column] = key.split(',').map(Number)
    const uncalculated = cell.type === 'formula' && cell.formulaResult == null
    if (cell.type === 'error') out[row][column] = new CellTrouble(isError(String(cell.value)))
    else if (uncalculated) out[row][column] = new CellTrouble(UNCALCULATED)
  }
  let count = 0
  for (const { startRow, startCol, endRow, endCol } of merges) {
    const value = out[startRow]?.[startCol] ?? null
    const lastRow = Math.min(endRow, out.length - 1)
    const lastColumn = Math.min(endCol, (out[startRow]?.length ?? 0) - 1)
    count += Math.max(0, lastRow - startRow + 1) * Math.max(0, lastColumn - startCol + 1)
    if (count > BOOK_LIMITS.mergedCells) throw tooManyRows(file, name)
    if (value === null) continue
    for (let row = startRow; row <= lastRow; row++) {
      for (let column = startCol; column <= lastColumn; column++) out[row][column] = value
    }
  }
  return out
}

const UNCALCULATED: Text = {
  zh: '是没有算出结果的公式',
  en: 'is a formula without its result',
}
const isError = (shown: string): Text => ({ zh: `是错误值 ${shown}`, en: `is the error ${shown}` })

/**
 * A workbook's XML never declares anything: `<!` begins comments and CDATA only, in UTF-8.
 * @throws Refusal book_entity
 */
function refuseDeclarations(file: string, part: Uint8Array): void {
  const bytes = Buffer.from(part.buffer, part.byteOffset, part.byteLength)
  const utf16 = bytes.subarray(0, 4).includes(0) || bytes[0] === 0xfe || bytes[0] === 0xff
  let declares = utf16
  for (let at = bytes.indexOf('<!'); at >= 0 && !declares; at = bytes.indexOf('<!', at + 2)) {
    const next = bytes.toString('latin1', at + 2, at + 9)
    declares = !next.startsWith('--') && next !== '[CDATA['
  }
  if (!declares) return
  throw new Refusal(
    'book_entity',
    422,
    {
      zh: `${file} 里有 DOCTYPE、ENTITY 一类的声明，正常的工作簿没有`,
      en: `${file} has declarations like DOCTYPE or ENTITY, which no proper workbook has`,
    },
    {
      zh: '请不要使用该文件；用 Excel 或 WPS 重新另存。',
      en: 'Do not use it; save it anew from Excel or WPS.',
    },
    file,
  )
}

const tooLarge = (file: string): Refusal =>
  new Refusal(
    'book_too_large',
    413,
    { zh: `${file} 超过 50 MB`, en: `${file} is larger than 50 MB` },
    { zh: '请去掉图片，或分成几个文件。', en: 'Take out the pictures, or split it into several files.' },
    file,
  )

const tooManyRows = (file: string, sheet: string): Refusal =>
  new Refusal(
    'table_rows',
    413,
    {
      zh: `${file} 工作表“${sheet}”超过 ${BOOK_LIMITS.rows} 行，或合并的单元格过多`,
      en: `${file}, sheet "${sheet}" has more than ${BOOK_LIMITS.rows} rows, or too many merged cells`,
    },
    { zh: '请只保留本县的行。', en: "Keep the county's own rows only." },
    file,
  )

const oldOrLocked = (file: string): Refusal =>
  new Refusal(
    'book_old',
    422,
    {
      zh: `${file} 有密码，或是旧版 .xls 改了名`,
      en: `${file} has a password, or is an old .xls under another name`,
    },
    {
      zh: '请在 Excel 或 WPS 中去掉密码，另存为“Excel 工作簿（*.xlsx）”。',
      en: 'Take the password off in Excel or WPS and save it as an Excel workbook (*.xlsx).',
    },
    file,
  )

const unreadable = (file: string, cause: unknown): Refusal =>
  new Refusal(
    'book_unreadable',
    422,
    { zh: `${file} 不是可读的 Excel 工作簿`, en: `${file} is no readable Excel workbook` },
    {
      zh: '请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”。',
      en: 'Open it in Excel or WPS and save it as an Excel workbook (*.xlsx).',
    },
    file,
    { cause: cause instanceof Error ? cause.message.slice(0, 200) : '' },
  )
