import { registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { layout } from '../tables/layout.ts'
import { sheetOf } from '../tables/sheets-out.ts'
import { sampleRecords } from '../tables/tables.fixture.ts'
import { type SheetPlan, writeBook } from '../workbook-write.ts'
import { CELL_MUTATIONS, type CellMutation, FIRST } from './mutate-cells.fixture.ts'
import { PART_MUTATIONS } from './mutate-parts.fixture.ts'
import { PERSON_MUTATIONS } from './mutate-persons.fixture.ts'

/** What is to come of a mutated workbook. `column` from 0; null where no column is to blame. */
export type Expected =
  | { kind: 'harmless' }
  | { kind: 'refused'; codes: string[] }
  | { kind: 'hidden'; sheet: string }
  | {
      kind: 'named'
      sheet: string
      row: number
      column: number | null
      /** Said, and read all the same. */
      warning?: boolean
      /** No row of the sheet is read. */
      wholeSheet?: boolean
      /** A column of the sheet that is not read. */
      without?: string
    }

export interface SheetOf {
  register: Register
  plan: SheetPlan
  /** Where a column stands, from 0. */
  at(key: string): number
}

/** A good workbook that can be spoilt, and the chance by which it is. */
export interface Base {
  sheets: SheetOf[]
  extra: SheetPlan[]
  sheet(register: string): SheetOf
  int(below: number): number
  one<T>(of: readonly T[]): T
  /** Index of a row with a position and something in every column that is spoilt. */
  row(sheet: SheetOf): number
}

export const KEYS = ['townships', 'villages', 'teams', 'vehicles', 'reservoirs']
const REGISTERS = KEYS.map(key => registerOf(key)!)
/** Where the sample rows stand. */
export const BBOX: [number, number, number, number] = [82.7, 38.8, 82.9, 39]

/** Good rows that refer to each other; everything that mutations touch is there. */
export function goodRecords(rows: number): RegisterRecord[] {
  return [...sampleRecords(REGISTERS, rows).values()].flat().map((record, i) => {
    const [fields, n] = [{ ...record.fields }, i % rows]
    const town = `townships-${String(n % rows).padStart(3, '0')}`
    if (record.register === 'villages') {
      Object.assign(fields, {
        people: 1234 + n,
        households: 300 + n,
        township: town,
        phoneTested: '2026-03-12',
      })
      fields.answerablePhone = '000-1234-5678'
    }
    if (record.register === 'teams') Object.assign(fields, { kind: 'fire', turnoutDayMin: 5, state: 'ready' })
    if (record.register === 'reservoirs') Object.assign(fields, { monitored: n % 2 === 0, volumeWanM3: 260 })
    return {
      ...record,
      at: record.register === 'vehicles' ? null : [Number((82.8 + n * 1e-5).toFixed(6)), 38.9],
      fields,
    }
  })
}

function baseOf(seed: number, rows: number): Base {
  const random = chance(seed)
  const int = (below: number): number => Math.floor(random() * below)
  const records = goodRecords(rows)
  const sheets = REGISTERS.map((register): SheetOf => {
    const keys = layout(register).map(({ key }) => key)
    const own = records.filter(record => record.register === register.key)
    return {
      register,
      plan: { ...sheetOf(register, own, register.sheet.zh, '县应急管理局'), looks: undefined },
      at: key => keys.indexOf(key),
    }
  })
  return {
    sheets,
    extra: [],
    sheet: key => sheets.find(({ register }) => register.key === key)!,
    int,
    one: of => of[int(of.length)],
    row: ({ plan }) => FIRST + int(plan.rows.length - FIRST),
  }
}

/** Mulberry32: the same numbers on every machine. */
function chance(seed: number): () => number {
  let state = (seed * 0x9e3779b9) | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const IN_CELLS: Record<string, CellMutation> = { ...CELL_MUTATIONS, ...PERSON_MUTATIONS }
export const KINDS = [...Object.keys(IN_CELLS), ...Object.keys(PART_MUTATIONS)]

const written = ({ sheets, extra }: Base): Promise<Uint8Array> =>
  writeBook([...sheets.map(({ plan }) => plan), ...extra], 'mutated')

export const goodBook = (rows: number): Promise<Uint8Array> => written(baseOf(0, rows))

/** A good workbook with one mistake in it. */
export async function mutated(
  seed: number,
  rows = 5,
): Promise<{ kind: string; bytes: Uint8Array; expected: Expected }> {
  const kind = KINDS[seed % KINDS.length]
  const base = baseOf(seed, rows)
  if (kind in IN_CELLS) {
    const expected = IN_CELLS[kind](base)
    return { kind, bytes: await written(base), expected }
  }
  const [bytes, expected] = await PART_MUTATIONS[kind](base, await written(base))
  return { kind, bytes, expected }
}

/** Mistakes of one cell or row: in a large workbook each stands in rows of its own. */
export const IN_ONE_ROW = [
  'duplicate id',
  'swapped lon and lat',
  'text in a number',
  'negative count',
  'over the largest',
  'half a person',
  'ten thousands in words',
  'unknown choice',
  'unknown word in a list',
  'unknown reference',
  'unknown reference in a list',
  'needed cell missing',
  'name missing',
  'name too long',
  'id too long',
  'source too long',
  'impossible date',
  'no date',
  'no date of its state',
  'no telephone number',
  'telephone as a quantity',
  'mobile of a wrong length',
  'area code without its 0',
  'no yes or no',
  'position together in one cell',
  'half a position',
  'outside the earth',
  'outside the county',
  'text too long',
]
const IN_ONE_CELL_OF_THE_FILE = [
  'formula without result',
  'shared formula without result',
  'formula with an error',
  'text that is not there',
  'per cent',
]
export const LARGE_KINDS = [...IN_ONE_ROW, ...IN_ONE_CELL_OF_THE_FILE]
/** Rows of each register in it; without them it has too few. */
const LARGE_ROWS: Record<string, number> = { villages: 9000, teams: 500, reservoirs: 500 }

/** 10,000 rows, in them every such mistake `times` times. */
export async function largeMutated(
  times: number,
): Promise<{ bytes: Uint8Array; rows: number; expected: (Expected & { mistake: string })[] }> {
  const base = baseOf(1, 5)
  for (const [register, rows] of Object.entries(LARGE_ROWS)) {
    const { plan } = base.sheet(register)
    for (let i = plan.rows.length - FIRST; i < rows; i++) {
      const [, , ...rest] = plan.rows[FIRST + (i % 5)]
      plan.rows.push([`${register}-x${i}`, `${register} ${i}`, ...rest])
    }
  }
  /** In every register its own row for each mistake, none of them the first five. */
  const rowFor = (n: number, rows: number): number => FIRST + 6 + ((n * 97) % (rows - 6))
  const expected: (Expected & { mistake: string })[] = []
  IN_ONE_ROW.forEach((mistake, i) => {
    for (let time = 0; time < times; time++) {
      const n = i * times + time
      const row: Base['row'] = ({ plan }) => rowFor(n, plan.rows.length - FIRST)
      if (mistake === 'duplicate id') {
        expected.push(...sameId(base, row).map(one => ({ mistake, ...one })))
        continue
      }
      expected.push({ mistake, ...IN_CELLS[mistake]({ ...base, row }) })
    }
  })
  let bytes = await written(base)
  for (const [i, mistake] of IN_ONE_CELL_OF_THE_FILE.entries()) {
    const row = rowFor(IN_ONE_ROW.length * times + i, LARGE_ROWS.villages)
    const one = <T>(of: readonly T[]): T => of.find(other => other === row) ?? of[0]
    const [next, what] = await PART_MUTATIONS[mistake]({ ...base, one }, bytes)
    bytes = next
    expected.push({ mistake, ...what })
  }
  const rows = base.sheets.reduce((sum, { plan }) => sum + plan.rows.length - FIRST, 0)
  return { bytes, rows, expected }
}

/** A village with the id of the one above it, to which nothing refers: both are named. */
function sameId({ sheet }: Base, row: Base['row']): Expected[] {
  const villages = sheet('villages')
  const { plan } = villages
  const at = row(villages)
  plan.rows[at][0] = plan.rows[at - 1][0]
  return [at - 1, at].map(i => ({ kind: 'named', sheet: plan.name, row: i + 1, column: villages.at('id') }))
}
