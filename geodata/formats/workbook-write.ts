import { strFromU8, strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { type CellValue, type ColumnDef, type DataValidation, type MergeRange, writeXlsx } from 'hucre/xlsx'

/** A sheet to be written. Text stays text: nothing that begins with `=` becomes a formula. */
export interface SheetPlan {
  name: string
  hidden?: boolean
  rows: CellValue[][]
  columns: ColumnDef[]
  merges?: MergeRange[]
  /** Rows that stay in sight, on paper on every page, and columns. */
  frozen?: { rows: number; columns: number }
  rules?: DataValidation[]
  /** What stands out, by row: the title, the heads, the example. */
  looks?: Map<number, RowLook>
}
export type RowLook = 'title' | 'note' | 'head' | 'example'

/** Inside a zip a time has no zone; 1980 is its earliest year, 2 January lies in it wherever one is. */
export const ZIP_DATE = new Date(1980, 0, 2)
const MADE = new Date(Date.UTC(2000, 0, 1))

const INK = { rgb: '1B2A3A' }
const STYLES = {
  title: { font: { bold: true, size: 14, color: INK }, alignment: { vertical: 'center' } },
  note: { font: { size: 10, color: { rgb: '5B6B7C' } }, alignment: { vertical: 'center', wrapText: true } },
  head: {
    font: { bold: true, color: INK },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'DDE6F0' } },
    alignment: { vertical: 'center', horizontal: 'center', wrapText: true },
    border: { bottom: { style: 'thin', color: { rgb: '8795A6' } } },
  },
  example: { font: { italic: true, color: { rgb: '6B7A8B' } } },
} as const
const HEIGHTS: Record<RowLook, number> = { title: 28, note: 32, head: 36, example: 18 }

/** An Excel workbook; the same sheets give the same bytes on any machine. */
export async function writeBook(sheets: readonly SheetPlan[], title: string): Promise<Uint8Array> {
  const written = await writeXlsx({
    sheets: sheets.map(sheet => ({
      name: sheet.name,
      hidden: sheet.hidden,
      columns: sheet.columns,
      rows: sheet.rows.map(row => row.map(literal)),
      cells: styled(sheet),
      merges: sheet.merges,
      dataValidations: sheet.rules,
      freezePane: sheet.frozen,
      pageSetup: sheet.frozen && PAGE,
      headerFooter: { oddFooter: '&C&A  &P / &N' },
      rowDefs: new Map([...(sheet.looks ?? [])].map(([row, look]) => [row, { height: HEIGHTS[look] }])),
    })),
    // Quoted here: the library leaves a name like `370 兆固定台` bare, which Excel calls damaged.
    namedRanges: sheets.flatMap(({ name, frozen }) =>
      frozen ? [{ name: '_xlnm.Print_Titles', range: `'${name}'!$1:$${frozen.rows}`, scope: name }] : [],
    ),
    properties: { title, creator: 'Fengtu 烽图', created: MADE, modified: MADE },
  })
  // Packed anew: the library leaves deflating to the platform, whose bytes differ between versions.
  const unpacked = unzipSync(written)
  keepZeros(unpacked, sheets)
  const parts: Zippable = {}
  for (const [name, bytes] of Object.entries(unpacked)) parts[name] = [bytes, { level: 6 }]
  return zipSync(parts, { mtime: ZIP_DATE, os: 0 })
}

/** `_x0041_` means A in a workbook: where a text has those letters, the library writes them as they are. */
const literal = (cell: CellValue): CellValue =>
  typeof cell === 'string' ? cell.replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_') : cell

/** Wide tables: as many pages long as it takes, one wide. */
const PAGE = {
  paperSize: 'a3',
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
} as const

/**
 * Makes text the format of whole columns of text, so that an id or a number typed below keeps its zeros: the
 * library formats only the cells that it writes. 49 is text in every workbook (ECMA-376 part 1, 18.8.30).
 */
function keepZeros(parts: Record<string, Uint8Array>, sheets: readonly SheetPlan[]): void {
  const styles = strFromU8(parts['xl/styles.xml'])
  const [head, count] = /<cellXfs count="(\d+)">/.exec(styles)!
  const format = '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
  parts['xl/styles.xml'] = strToU8(
    styles
      .replace(head, `<cellXfs count="${Number(count) + 1}">`)
      .replace('</cellXfs>', `${format}</cellXfs>`),
  )
  for (const [i, { columns }] of sheets.entries()) {
    const path = `xl/worksheets/sheet${i + 1}.xml`
    const sheet = strFromU8(parts[path]).replace(/<col min="(\d+)" /g, (col, number: string) =>
      columns[Number(number) - 1]?.numFmt === '@' ? `${col}style="${count}" ` : col,
    )
    parts[path] = strToU8(sheet)
  }
}

type Cells = NonNullable<Parameters<typeof writeXlsx>[0]['sheets'][number]['cells']>

function styled({ rows, looks }: SheetPlan): Cells {
  const cells: Cells = new Map()
  for (const [row, look] of looks ?? []) {
    for (let column = 0; column < (rows[row]?.length ?? 0); column++) {
      cells.set(`${row},${column}`, { style: STYLES[look] })
    }
  }
  return cells
}
