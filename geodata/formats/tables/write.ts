import type { CellValue, ColumnDef } from 'hucre/xlsx'
import type { Text } from '../../../server/contract/errors.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Choice, Column, FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { type RowLook, type SheetPlan, writeBook } from '../workbook-write.ts'
import { SHARED } from './heads.ts'
import { Choices, rulesOf } from './rules.ts'
import { BETWEEN_ITEMS } from './values.ts'

/** What stands above the tables of a county. */
export interface BookTitle {
  county: Text
  /** 虚构示范数据 above every table. */
  fictional: boolean
}

/** Workbooks by file name, in order of name. */
export type Books = Map<string, Uint8Array>

/** One workbook per `book` of the registers, with a sheet per register, as the importer reads them. */
export function registerBooks(
  registers: readonly Register[],
  records: ReadonlyMap<string, readonly RegisterRecord[]>,
  title: BookTitle,
): Promise<Books> {
  return books(registers, register => {
    const note = title.fictional ? FICTIONAL : null
    return sheetOf(register, records.get(register.key) ?? [], headline(register, title.county), note)
  })
}

/** The same workbooks with nothing but one example row each, for a county to fill in. */
export function emptyBooks(registers: readonly Register[]): Promise<Books> {
  return books(registers, register => sheetOf(register, null, headline(register, null), FILL_IN))
}

async function books(
  registers: readonly Register[],
  sheet: (register: Register) => SheetPlan,
): Promise<Books> {
  const byBook = new Map<string, Register[]>()
  for (const register of registers) {
    byBook.set(register.book, [...(byBook.get(register.book) ?? []), register])
  }
  const written: Books = new Map()
  for (const book of [...byBook.keys()].sort()) {
    const inside = byBook.get(book)!
    const choices = new Choices()
    const plans = inside.map(register => {
      const plan = sheet(register)
      return { ...plan, rules: rulesOf(layout(register), HEAD_ROW + 2, plan.rows.length + ROOM, choices) }
    })
    written.set(`${book}.xlsx`, await writeBook([...plans, ...choices.sheet()], book))
  }
  return written
}

const HEAD_ROW = 2
/** Rules reach this far below the last row: room for what is added. */
const ROOM = 1000

/** Columns of a sheet in order: who and where first, where it is from last. */
function layout(register: Register): Column[] {
  const own = new Map(register.columns.map(column => [column.key, column]))
  const shared = (key: keyof typeof SHARED): Column[] =>
    own.has(key) ? [] : [{ key, ...SHARED[key], ...SAID[key] }]
  const where = register.position === 'none' ? [] : [...shared('lon'), ...shared('lat')]
  return [
    ...shared('id'),
    ...shared('name'),
    ...shared('nameEn'),
    ...where,
    ...register.columns,
    ...shared('source'),
    ...shared('asOf'),
  ]
}

const SAID: Record<
  keyof typeof SHARED,
  Pick<Column, 'type' | 'explain' | 'example' | 'needed' | 'min' | 'max'>
> = {
  id: {
    type: 'text',
    explain: { zh: '在本表中不重复；以后不再改动', en: 'Its own within this sheet; never changed again' },
    example: '示例-1',
  },
  name: { type: 'text', needed: true, explain: { zh: '必填', en: 'Needed' }, example: '示例：' },
  nameEn: { type: 'text', explain: { zh: '可空', en: 'May be blank' }, example: 'Example' },
  lon: {
    type: 'number',
    min: -180,
    max: 180,
    explain: {
      zh: '十进制度，WGS84 或 CGCS2000；不知道就留空，不要估',
      en: 'Decimal degrees, WGS84 or CGCS2000; blank where unknown, never guessed',
    },
    example: '112.3456',
  },
  lat: {
    type: 'number',
    min: -90,
    max: 90,
    explain: { zh: '同经度', en: 'As the longitude' },
    example: '36.1234',
  },
  source: {
    type: 'text',
    explain: { zh: '哪个部门、哪份材料', en: 'Which office, which paper' },
    example: '县应急管理局',
  },
  asOf: {
    type: 'date',
    explain: { zh: '这一行何时核对过', en: 'When this row was last checked' },
    example: '2026-03-12',
  },
}

/** @param records null = an example row instead */
function sheetOf(
  register: Register,
  records: readonly RegisterRecord[] | null,
  title: string,
  note: Text | null,
): SheetPlan {
  const columns = layout(register)
  const width = columns.length
  const line = (text: string): CellValue[] => [text, ...Array<null>(width - 1).fill(null)]
  const rows = records ? records.map(record => columns.map(column => cellOf(column, record))) : []
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
    name: register.sheet.zh,
    rows: [line(title), line(note ? `${note.zh}\n${note.en}` : ''), columns.map(headOf), ...rows],
    columns: columns.map(widthOf),
    merges: [0, 1].map(row => ({ startRow: row, startCol: 0, endRow: row, endCol: width - 1 })),
    frozen: { rows: HEAD_ROW + 1, columns: 2 },
    looks,
  }
}

const headline = ({ sheet }: Register, county: Text | null): string =>
  county ? `${county.zh}${sheet.zh}  ${county.en}: ${sheet.en}` : `${sheet.zh}  ${sheet.en}`

const FICTIONAL: Text = {
  zh: '虚构示范数据：地点、单位、人员和电话均为编造，不得用于真实处置',
  en: 'Fictional demonstration data: places, units, persons and numbers are invented; never to be used in earnest',
}
const FILL_IN: Text = {
  zh: '从示例行的下一行填起；示例行（编号以“示例”开头）导入时略过。列可换位、可留空，带 * 的必填。不知道就留空，不要填 0',
  en: 'Start below the example row, which is skipped (its id begins with 示例). Columns may change places; * is needed. Leave blank what is unknown, never 0',
}

function headOf({ head, unit, needed }: Column): string {
  const star = needed ? '*' : ''
  const [zh, en] = unit ? [`（${unit.zh}）`, ` (${unit.en})`] : ['', '']
  return `${head.zh}${zh}${star}\n${head.en}${en}`
}

/** Characters; a Chinese one counts two. */
function widthOf(column: Column): ColumnDef {
  const head = headOf(column)
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

function cellOf(column: Column, { id, name, nameEn, at, source, fields }: RegisterRecord): CellValue {
  if (column.key in fields) return fieldCell(column, fields[column.key])
  switch (column.key) {
    case 'id':
      return id
    case 'name':
      return name
    case 'nameEn':
      return nameEn ?? null
    case 'lon':
      return at && at[0]
    case 'lat':
      return at && at[1]
    case 'source':
      return source.name
    case 'asOf':
      return source.asOf === null ? null : dateCell(source.asOf)
    default:
      return null
  }
}

/** The most that a cell holds. */
const CELL_CHARACTERS = 32_767

/** @throws RangeError for a line with more points than a cell holds, an item that would read as two */
export function fieldCell({ key, type, choices = [] }: Column, value: FieldValue | undefined): CellValue {
  if (value === null || value === undefined) return null
  if (type === 'choice') return said(choices, String(value))
  if (type === 'flag') return value ? '是' : '否'
  if (type === 'date') return dateCell(String(value))
  if (!Array.isArray(value)) return value
  if (type === 'list' && (value as string[]).some(item => BETWEEN_ITEMS.test(item))) {
    throw new RangeError(`${key}: an item of a list holds what parts two items`)
  }
  const text =
    type === 'line'
      ? (value as [number, number][]).map(([lon, lat]) => `${lon},${lat}`).join('; ')
      : (value as string[]).map(item => said(choices, item)).join('、') || '无'
  if (text.length > CELL_CHARACTERS) throw new RangeError(`${key}: ${text.length} characters fit no cell`)
  return text
}

const said = (choices: readonly Choice[], value: string): string =>
  choices.find(choice => choice.value === value)?.text.zh ?? value

/** A whole day is a day to Excel; anything less or more stays text. */
const dateCell = (value: string): CellValue =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : value

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
