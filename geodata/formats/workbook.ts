import { zipSync } from 'fflate'
import { readXlsx, type Sheet } from 'hucre/xlsx'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { errorText, lacksTexts, readyCells, UNCALCULATED } from './workbook-cells.ts'
import { unzip } from './zip.ts'

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
  /** Its days count from 1904: bare numbers of days are 1,462 less than elsewhere. */
  from1904?: true
  /** The number of each row, where it is not its place: of a line of CSV, of a feature (`cells: false`). */
  numbers?: readonly number[]
  cells?: false
}

/** What is in a workbook. */
export interface Workbook {
  sheets: BookSheet[]
  /** Names of the sheets that are not shown, and not read. */
  hidden: string[]
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

/** The visible sheets of an Excel workbook, as `readWorkbook`. */
export const readBook = async (file: string, bytes: Uint8Array): Promise<BookSheet[]> =>
  (await readWorkbook(file, bytes)).sheets

/**
 * The visible sheets of an Excel workbook (.xlsx, .xlsm).
 * @throws Refusal book_too_large, book_old, book_locked, book_unreadable, book_texts, book_entity, zip_*
 */
export async function readWorkbook(file: string, bytes: Uint8Array): Promise<Workbook> {
  if (bytes.length > BOOK_LIMITS.bytes) throw tooLarge(file)
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw isLocked(bytes) ? locked(file) : old(file)
  const parts = unzip(bytes, name => PARTS.test(name))
  for (const part of parts) refuseDeclarations(file, part.bytes)
  if (lacksTexts(parts)) throw textsLost(file)
  const ready = readyCells(parts)
  // Packed again, plainly, so that the reader sees exactly what was checked, whatever the file's own directory says.
  const plain = zipSync(Object.fromEntries(parts.map(part => [part.name, ready(part)])), { level: 0 })
  const hidden: string[] = []
  let book: Awaited<ReturnType<typeof readXlsx>>
  try {
    const shown = (sheet: { name: string; hidden?: boolean; veryHidden?: boolean }): boolean => {
      if (!sheet.hidden && !sheet.veryHidden) return true
      hidden.push(sheet.name.trim())
      return false
    }
    book = await readXlsx(plain, { sheets: shown, maxRows: BOOK_LIMITS.rows + 1 })
  } catch (error) {
    throw unreadable(file, error)
  }
  const sheets = book.sheets.map((sheet): BookSheet => {
    if (sheet.rows.length > BOOK_LIMITS.rows) throw tooManyRows(file, sheet.name)
    const from1904 = book.dateSystem === '1904' ? { from1904: true as const } : {}
    return { name: sheet.name.trim(), rows: filled(file, sheet), ...from1904 }
  })
  return { sheets, hidden }
}

/** A workbook with a password is kept inside an old file, under this name. */
const isLocked = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('EncryptedPackage', 0, 'utf16le')

/** Rows with their troubles in place and merged cells filled from their first. */
function filled(file: string, { name, rows, cells, merges = [] }: Sheet): CellValue[][] {
  const out: CellValue[][] = rows
  for (const [key, cell] of cells ?? []) {
    const [row, column] = key.split(',').map(Number)
    const uncalculated = cell.formula !== undefined && (cell.value ?? null) === null
    if (cell.type === 'error') out[row][column] = new CellTrouble(errorText(String(cell.value)))
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

export const tooLarge = (file: string): Refusal =>
  new Refusal(
    'book_too_large',
    413,
    { zh: `${file} 超过 50 MB`, en: `${file} is larger than 50 MB` },
    { zh: '请去掉图片，或分成几个文件。', en: 'Take out the pictures, or split it into several files.' },
    file,
  )

export const tooManyRows = (file: string, sheet: string): Refusal =>
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

const SAVE_AS: Text = {
  zh: '请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”。',
  en: 'Open it in Excel or WPS and save it as an Excel workbook (*.xlsx).',
}

const old = (file: string): Refusal =>
  new Refusal(
    'book_old',
    422,
    { zh: `${file} 是旧版 .xls（或改了名的旧版）`, en: `${file} is an old .xls, or one under another name` },
    SAVE_AS,
    file,
  )

const locked = (file: string): Refusal =>
  new Refusal(
    'book_locked',
    422,
    { zh: `${file} 有打开密码`, en: `${file} has a password` },
    {
      zh: '请在 Excel 或 WPS 中去掉密码后再保存。',
      en: 'Take the password off in Excel or WPS and save it again.',
    },
    file,
  )

const textsLost = (file: string): Refusal =>
  new Refusal(
    'book_texts',
    422,
    { zh: `${file} 中的文字全部丢失，文件已损坏`, en: `${file} is damaged: all its texts are lost` },
    SAVE_AS,
    file,
  )

const unreadable = (file: string, cause: unknown): Refusal =>
  new Refusal(
    'book_unreadable',
    422,
    { zh: `${file} 不是可读的 Excel 工作簿`, en: `${file} is no readable Excel workbook` },
    SAVE_AS,
    file,
    { cause: cause instanceof Error ? cause.message.slice(0, 200) : '' },
  )
