import type { Text } from '../../../server/contract/errors.ts'
import type { Column, Register } from '../../../server/contract/registers/register.ts'
import type { BookSheet, CellValue } from '../workbook.ts'

/** The columns of every register, beside its own. */
export const SHARED = {
  id: names('编号', 'ID', '编码', '代码', '统一编号'),
  name: names('名称', 'Name'),
  nameEn: names('英文名', 'English name', '英文名称', 'name_en', 'Name in English'),
  lon: names('经度', 'Longitude', '东经', 'lon', 'lng'),
  lat: names('纬度', 'Latitude', '北纬', 'lat'),
  source: names('来源', 'Source', '数据来源'),
  asOf: names('截至', 'As of', '截至日期', '更新日期', '更新时间', 'as_of'),
} as const
export type SharedKey = keyof typeof SHARED

function names(zh: string, en: string, ...also: string[]): { head: Text; also: string[] } {
  return { head: { zh, en }, also }
}

/** A register's table found in a sheet. */
export interface Table {
  register: Register
  /** Row of the (lower) heads, from 0. */
  headRow: number
  /** Where each column stands, by its key. */
  place: ReadonlyMap<string, number>
  /** The heads as they stand there, by column number. */
  heads: readonly string[]
  /** Heads that mean nothing here, and their columns. */
  ignored: string[]
  ignoredAt: number[]
  /** Columns with the very head of one that stands before them, and its key. */
  twice: ReadonlyMap<number, string>
}

const HEAD_ROWS = 15
/** Numbers of rows, remarks to nobody: left out without a word. */
const IDLE = new Set(['序号', 'no', 'no.', '#'])

/**
 * Finds the register whose table a sheet holds: by the sheet's name, else by its heads. Titles may stand above
 * the heads, the heads may take two rows, columns may have any order.
 * @returns null where it holds none
 */
export function findTable(sheet: BookSheet, registers: readonly Register[]): Table | null {
  const readings = remembering(variants)
  const named = namedRegister(sheet.name, registers)
  if (named) return bestHeads(sheet, named, readings) ?? { register: named, ...NO_HEADS }
  let best: Table | null = null
  let most = 0
  for (const register of registers) {
    const table = bestHeads(sheet, register, readings)
    if (!table?.place.has('name')) continue
    const own = register.columns.filter(column => table.place.has(column.key)).length
    const share = own / Math.max(1, own + table.ignored.length)
    // Half of what stands there must be this register's; what fits two alike fits neither.
    if (own < 2 || share < 0.5) continue
    if (own + share > most) [best, most] = [table, own + share]
    else if (own + share === most) best = null
  }
  return best
}

/** The table of a register in a sheet that is said to hold it. */
export const tableOf = (sheet: BookSheet, register: Register): Table =>
  bestHeads(sheet, register, remembering(variants)) ?? { register, ...NO_HEADS }

const NO_HEADS = {
  headRow: -1,
  place: new Map<string, number>(),
  heads: [],
  ignored: [],
  ignoredAt: [],
  twice: new Map<number, string>(),
}

/** 地质灾害隐患点, 2026年地质灾害隐患点台账, geohazardPoints; the longest name that fits. */
function namedRegister(sheetName: string, registers: readonly Register[]): Register | null {
  const name = plain(sheetName)
  let best: Register | null = null
  let longest = 0
  for (const register of registers) {
    for (const own of [register.sheet.zh, register.sheet.en, register.key].map(plain)) {
      const fits = own.length === name.length ? own === name : own.length > 2 && name.includes(own)
      const weight = own === name ? Infinity : own.length
      if (fits && weight > longest) [best, longest] = [register, weight]
    }
  }
  return best
}

type Readings = (head: string) => string[]

/** The same few cells are looked at many times over. */
function remembering(read: Readings): Readings {
  const known = new Map<string, string[]>()
  return head => {
    let readings = known.get(head)
    if (!readings) known.set(head, (readings = read(head)))
    return readings
  }
}

function bestHeads(sheet: BookSheet, register: Register, readings: Readings): Table | null {
  const columns = knownNames(register)
  let best: Table | null = null
  let most = 1
  let above = 0
  for (let row = 0; row < Math.min(HEAD_ROWS, sheet.rows.length); row++) {
    const alone = placed(register, columns, readings, [sheet.rows[row], null], row)
    const tables = [alone]
    // Rows of which neither has a head are no two rows of heads.
    if (row > 0 && above + alone.place.size > 0) {
      tables.push(placed(register, columns, readings, [sheet.rows[row], sheet.rows[row - 1]], row))
    }
    above = alone.place.size
    // More columns found wins; the plainer reading and the upper row win a tie.
    for (const table of tables) if (table.place.size > most) [best, most] = [table, table.place.size]
  }
  return best
}

function placed(
  register: Register,
  columns: ReadonlyMap<string, string>,
  readings: Readings,
  [row, upper]: [lower: CellValue[], upper: CellValue[] | null],
  headRow: number,
): Table {
  const place = new Map<string, number>()
  const heads: string[] = []
  const ignored: string[] = []
  const ignoredAt: number[] = []
  const twice = new Map<number, string>()
  for (let i = 0; i < Math.max(row.length, upper?.length ?? 0); i++) {
    const low = headText(row[i])
    const high = upper ? headText(upper[i]) : ''
    heads[i] = low || high
    if (heads[i] === '') continue
    const keys = [high && low && high !== low ? high + low : '', low, high]
      .flatMap(readings)
      .map(name => columns.get(name))
    const key = keys.find(found => found !== undefined && !place.has(found))
    if (key !== undefined) place.set(key, i)
    else if (!readings(heads[i]).some(name => IDLE.has(name))) {
      ignored.push(heads[i].replace(/\s+/g, ' '))
      ignoredAt.push(i)
      const taken = keys.find(found => found !== undefined)
      if (taken !== undefined && plain(heads[place.get(taken)!]) === plain(heads[i])) twice.set(i, taken)
    }
  }
  if (!place.has('name')) {
    const only = heads.flatMap((head, i) => (isNameHead(head) && ![...place.values()].includes(i) ? [i] : []))
    if (only.length === 1) {
      place.set('name', only[0])
      const at = ignoredAt.indexOf(only[0])
      ignored.splice(at, 1)
      ignoredAt.splice(at, 1)
    }
  }
  return { register, headRow, place, heads, ignored, ignoredAt, twice }
}

/** 隐患点名称, 水库名称: the name, where nothing else claims it. */
const isNameHead = (head: string): boolean => variants(head).some(name => name.endsWith('名称'))

const NAMES = new WeakMap<Register, ReadonlyMap<string, string>>()

/** Every name of every column, as it is compared; a register's own columns come first. */
function knownNames(register: Register): ReadonlyMap<string, string> {
  const before = NAMES.get(register)
  if (before) return before
  const known = new Map<string, string>()
  NAMES.set(register, known)
  const add = (name: string, key: string): void => {
    const bare = plain(name)
    if (bare !== '' && !known.has(bare)) known.set(bare, key)
  }
  for (const pass of ['head', 'also'] as const) {
    for (const { key, head, also = [] } of columnsOf(register)) {
      for (const name of pass === 'head' ? [head.zh, head.en, key] : also) add(name, key)
    }
  }
  return known
}

/** A register's own columns and the shared ones that it does not have itself. */
export function columnsOf(register: Register): Pick<Column, 'key' | 'head' | 'also' | 'unit'>[] {
  const own = new Set(register.columns.map(column => column.key))
  const shared = Object.entries(SHARED).filter(([key]) => !own.has(key))
  return [...register.columns, ...shared.map(([key, value]) => ({ key, ...value }))]
}

export const headText = (cell: CellValue | undefined): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell).trim() : ''

/** Longer than any head in two languages; what is longer is a title or a row. */
const HEAD_CHARACTERS = 100

/** A head's readings: whole, each of its lines and sides of a slash, each without what stands in brackets. */
function variants(head: string): string[] {
  if (head === '' || head.length > HEAD_CHARACTERS) return []
  const pieces = [head, ...head.split('\n'), ...head.split(/[\n/]/)]
  const all = pieces.flatMap(piece => [plain(piece), plain(withoutBrackets(piece))])
  return [...new Set(all)].filter(name => name !== '')
}

const withoutBrackets = (text: string): string => text.normalize('NFKC').replace(/[([【].*?[)\]】]/g, '')

/** How names are compared: half width, lower case, no blanks, no marks of needed columns. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*＊:：★_]+/g, '')
