import type { CellValue, ColumnDef } from 'hucre/xlsx'
import type { Lang, Text } from '../../../server/contract/errors.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, Register } from '../../../server/contract/registers/register.ts'
import type { RowLook, SheetPlan } from '../workbook-write.ts'
import { cellOf, dateCell } from './cells-out.ts'
import { headOf, layout } from './layout.ts'
import { type Choices, rulesOf } from './rules.ts'

/** How a table is written: in which language, and whether without persons and telephone numbers. */
export interface Dress {
  lang: Lang
  open: boolean
}
const USUAL: Dress = { lang: 'zh', open: false }

const HEAD_ROW = 2
/** Rules reach this far below the last row: room for what is added. */
const ROOM = 1000

/** The drop-downs and prompts of a sheet; their words go into `choices`. */
export function ruled(
  register: Register,
  plan: SheetPlan,
  choices: Choices,
  { lang, open } = USUAL,
): SheetPlan {
  const toRow = plan.rows.length + ROOM
  return { ...plan, rules: rulesOf(layout(register, open), HEAD_ROW + 2, toRow, choices, lang) }
}

/**
 * A register's sheet: title, note, heads, rows.
 * @param records null = an example row instead
 */
export function sheetOf(
  register: Register,
  records: readonly RegisterRecord[] | null,
  title: string,
  note: string,
  { lang, open } = USUAL,
): SheetPlan {
  const columns = layout(register, open)
  const width = columns.length
  const line = (text: string): CellValue[] => [text, ...Array<null>(width - 1).fill(null)]
  const rows = records ? records.map(record => columns.map(column => cellOf(column, record, lang))) : []
  const looks = new Map<number, RowLook>([
    [0, 'title'],
    [1, 'note'],
    [HEAD_ROW, 'head'],
  ])
  if (!records) {
    rows.push(exampleRow(register, columns))
    looks.set(HEAD_ROW + 1, 'example')
  }
  return {
    name: register.sheet[lang],
    rows: [line(title), line(note), columns.map(column => headOf(column, lang)), ...rows],
    columns: columns.map(widthOf),
    merges: [0, 1].map(row => ({ startRow: row, startCol: 0, endRow: row, endCol: width - 1 })),
    frozen: { rows: HEAD_ROW + 1, columns: 2 },
    looks,
  }
}

export const headline = ({ sheet }: Register, county: Text | null, lang: Lang = 'zh'): string => {
  const zh = `${county?.zh ?? ''}${sheet.zh}`
  const en = county ? `${county.en}: ${sheet.en}` : sheet.en
  return lang === 'zh' ? `${zh}  ${en}` : `${en}  ${zh}`
}

/** Characters; a Chinese one counts two. */
function widthOf(column: Column): ColumnDef {
  const head = headOf(column, 'zh')
    .split('\n')
    .map(text => [...text].reduce((sum, c) => sum + (c > '\u2e7f' ? 2 : 1), 0))
  const least = { text: 14, person: 14, phone: 16, line: 30, list: 20 } as Partial<
    Record<Column['type'], number>
  >
  const width = Math.min(40, Math.max(least[column.type] ?? 10, ...head.map(n => n + 2)))
  if (column.type === 'date') return { width: Math.max(12, width), numFmt: 'yyyy-mm-dd' }
  // Ids and telephone numbers keep their zeros when typed in.
  return column.type === 'text' || column.type === 'phone' ? { width, numFmt: '@' } : { width }
}

function exampleRow(register: Register, columns: readonly Column[]): CellValue[] {
  return columns.map(column => {
    const { key, type, example } = column
    if (key === 'id') return example.startsWith('示例') ? example : `示例-${example}`
    if (key === 'name') return `示例：${register.sheet.zh}`
    if (type === 'whole' || type === 'number')
      return example !== '' && Number.isFinite(Number(example)) ? Number(example) : example
    return type === 'date' ? dateCell(example) : example
  })
}
