import { Refusal, type Text } from '../../../server/contract/errors.ts'
import type { Datum, ReadSheet, RegisterFile } from '../../../server/contract/registers/exchange.ts'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { findTable, type Table, tableOf } from '../tables/heads.ts'
import { ASIDE } from '../tables/read.ts'
import { BOOK_LIMITS, type BookSheet, readWorkbook, tooLarge, tooManyRows } from '../workbook.ts'
import type { County } from './county.ts'
import { readSheet, strangeFeatures, strangeSheet } from './read-sheet.ts'
import { baseName, csvSheet } from './sheets-csv.ts'
import { geojsonSheets } from './sheets-geojson.ts'
import { kmlSheets } from './sheets-kml.ts'

export interface ReadOptions extends County {
  /** Whose rows the file holds, where it does not say so itself; nothing else is looked for then. */
  register?: string
  /** What its positions are in. Default wgs84 (CGCS2000). */
  datum?: Datum
  /** Default: all of the product. */
  registers?: readonly Register[]
  /** Told how far it is: 0–1 of the rows. */
  onRead?: (share: number) => void
}

/**
 * The registers in a file, row by row. A bad row does not stop the others: what is wrong stands with it.
 * @throws Refusal for a file that cannot be read at all: book_*, zip_*, csv_*, text_utf8, register_*, kml_*,
 *   xml_entity, table_rows, file_kind
 */
export async function readRegisterFile(
  file: string,
  bytes: Uint8Array,
  options: ReadOptions = {},
): Promise<RegisterFile> {
  if (bytes.length > BOOK_LIMITS.bytes) throw tooLarge(file)
  const { sheets, strange, ...about } = await open(file, bytes)
  const { registers = REGISTERS, register } = options
  const wanted = register === undefined ? registers : registers.filter(({ key }) => key === register)
  const filled = sheets.filter(sheet =>
    sheet.rows.some(row => row.some(cell => cell !== null && cell !== '')),
  )
  for (const sheet of filled) if (sheet.rows.length > BOOK_LIMITS.rows) throw tooManyRows(file, sheet.name)
  const tables = filled.map(sheet => findTable(sheet, wanted))
  // Said to be that register: the first sheet is taken at that word where none looks like it.
  if (register !== undefined && wanted[0] && filled[0] && !tables.some(table => table?.place.has('name'))) {
    tables[0] = tableOf(filled[0], wanted[0])
  }
  const all = filled.reduce((sum, { rows }) => sum + rows.length, 0)
  let before = 0
  const read = filled.flatMap((sheet, i): ReadSheet[] => {
    const table: Table | null = tables[i]
    const done = before
    before += sheet.rows.length
    const onRow = (rows: number): void => options.onRead?.((done + rows) / all)
    if (table) return [readSheet(file, sheet, table, { ...options, onRow })]
    return ASIDE.test(sheet.name) ? [] : [strangeSheet(sheet)]
  })
  const none = strange.length > 0 ? [strangeFeatures(baseName(file), strange)] : []
  return { file, ...about, sheets: [...read, ...none], notes: notesOf(about) }
}

function notesOf({ hidden, encoding }: Pick<RegisterFile, 'hidden' | 'encoding'>): Text[] {
  // The template's own sheet of words for its drop-downs is none of the office's.
  const left = hidden.filter(name => !ASIDE.test(name)).slice(0, 10)
  const some = left.join('、')
  const hid = { zh: `隐藏的工作表没有读：${some}`, en: `Hidden sheets were not read: ${some}` }
  const guessed = {
    zh: '文件不是 UTF-8，按 GB18030（GBK）读；请看一眼汉字是否正确',
    en: 'The file is not UTF-8 and was read as GB18030 (GBK); see whether its text is right',
  }
  return [...(left.length > 0 ? [hid] : []), ...(encoding === 'gb18030' ? [guessed] : [])]
}

type Opened = Pick<RegisterFile, 'format' | 'encoding' | 'hidden'> & {
  sheets: BookSheet[]
  /** Numbers of features that are none. */
  strange: readonly number[]
}

async function open(file: string, bytes: Uint8Array): Promise<Opened> {
  const plain = { encoding: null, hidden: [], strange: [] }
  switch (/\.([a-z]+)$/i.exec(file)?.[1].toLowerCase()) {
    case 'xlsx':
    case 'xlsm':
    case 'xls':
    case 'et':
    case 'ods':
      return { ...plain, format: 'xlsx', ...(await readWorkbook(file, bytes)) }
    case 'csv':
    case 'txt':
    case 'tsv': {
      const { sheet, encoding } = csvSheet(file, bytes)
      return { ...plain, format: 'csv', encoding, sheets: [sheet] }
    }
    case 'geojson':
    case 'json':
      return { ...plain, format: 'geojson', ...geojsonSheets(file, bytes) }
    case 'kml':
    case 'kmz':
      return { ...plain, format: 'kml', sheets: kmlSheets(file, bytes) }
    default:
      throw new Refusal(
        'file_kind',
        422,
        { zh: `${file} 不是能读的文件类型`, en: `${file} is of no kind that can be read` },
        { zh: '可用：.xlsx、.csv、.geojson、.kml、.kmz。', en: 'Use .xlsx, .csv, .geojson, .kml or .kmz.' },
        file,
      )
  }
}
