import { unzipSync, zipSync, type Zippable } from 'fflate'
import { type CellValue, type ColumnDef, type DataValidation, type MergeRange, writeXlsx } from 'hucre/xlsx'

/** A sheet to be written. Text stays text: nothing that begins with `=` becomes a formula. */
export interface SheetPlan {
  name: string
  hidden?: boolean
  rows: CellValue[][]
  columns: ColumnDef[]
  merges?: MergeRange[]
  /** Rows that stay in sight, and columns. */
  frozen?: { rows: number; columns: number }
  rules?: DataValidation[]
  /** What stands out, by row: the title, the heads, the example. */
  looks?: Map<number, RowLook>
}
export type RowLook = 'title' | 'note' | 'head' | 'example'

/** Inside a zip a time has no zone; 1980 is its earliest year, 2 January lies in it wherever one is. */
const ZIP_DATE = new Date(1980, 0, 2)
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
      rows: sheet.rows,
      cells: styled(sheet),
      merges: sheet.merges,
      dataValidations: sheet.rules,
      freezePane: sheet.frozen,
      rowDefs: new Map([...(sheet.looks ?? [])].map(([row, look]) => [row, { height: HEIGHTS[look] }])),
    })),
    properties: { title, creator: 'Fengtu 烽图', created: MADE, modified: MADE },
  })
  // Packed anew: the library leaves deflating to the platform, whose bytes differ between versions.
  const parts: Zippable = {}
  for (const [name, bytes] of Object.entries(unzipSync(written))) parts[name] = [bytes, { level: 6 }]
  return zipSync(parts, { mtime: ZIP_DATE, os: 0 })
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
