import { registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { layout } from '../tables/layout.ts'
import { sheetOf } from '../tables/sheets-out.ts'
import { sampleRecords } from '../tables/tables.fixture.ts'
import { type SheetPlan, writeBook } from '../workbook-write.ts'
import { CELL_MUTATIONS, FIRST } from './mutate-cells.fixture.ts'
import { PART_MUTATIONS } from './mutate-parts.fixture.ts'

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

export const KINDS = [...Object.keys(CELL_MUTATIONS), ...Object.keys(PART_MUTATIONS)]

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
  if (kind in CELL_MUTATIONS) {
    const expected = CELL_MUTATIONS[kind](base)
    return { kind, bytes: await written(base), expected }
  }
  const [bytes, expected] = await PART_MUTATIONS[kind](base, await written(base))
  return { kind, bytes, expected }
}

const IN_ONE_ROW = [
  'text in a number',
  'negative count',
  'half a person',
  'unknown reference',
  'needed cell missing',
  'impossible date',
  'no telephone number',
]

/** So many villages, one of `every` with a mistake that is named in its own row. */
export async function largeMutated(
  rows: number,
  every: number,
): Promise<{ bytes: Uint8Array; expected: Expected[] }> {
  const base = baseOf(1, 5)
  const { plan } = base.sheet('villages')
  for (let i = plan.rows.length - FIRST; i < rows; i++) {
    const [, , ...rest] = plan.rows[FIRST + (i % 5)]
    plan.rows.push([`v${i}`, `村${i}`, ...rest])
  }
  const expected: Expected[] = []
  for (let row = FIRST + every - 1; row < FIRST + rows; row += every) {
    const kind = IN_ONE_ROW[expected.length % IN_ONE_ROW.length]
    expected.push(CELL_MUTATIONS[kind]({ ...base, row: () => row }))
  }
  return { bytes: await written(base), expected }
}
