import { registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Choice } from '../../../server/contract/registers/register.ts'
import { countPeople } from '../../ui/count.ts'
import { isStale } from '../../ui/stale.ts'

/** Filled = usable as it stands; half = on the way to it or from it; hollow = not now; dashed = not known. */
export type Shape = 'full' | 'half' | 'hollow' | 'dashed'

/** How many rows are in a state; `choice` null = the register does not say. */
export interface Part {
  choice: Choice | null
  n: number
  shape: Shape
}

/** What a duty officer asks of the county, counted over the rows of registers, with how far to trust it. */
export interface Fact {
  key: FactKey
  rows: number
  parts: Part[]
  /** Whether the parts are states, to be told apart by shape; grades are not. */
  isState: boolean
  /** People for whom there is room, or who are threatened. Unknown stays unknown. */
  people: { known: number; placesUnknown: number } | null
  /** The day of the oldest row; null = one of them does not say. */
  oldest: string | null
  stale: number
  sources: string[]
}

const FACTS = {
  teams: { registers: ['teams'], state: 'state', people: null },
  points: { registers: ['geohazardPoints'], state: 'level', people: 'people' },
  shelters: { registers: ['shelters'], state: null, people: 'capacity' },
  mines: { registers: ['mines'], state: 'state', people: null },
  instruments: { registers: ['weatherStations', 'seismicStations'], state: 'state', people: null },
} as const satisfies Record<string, { registers: string[]; state: string | null; people: string | null }>
export type FactKey = keyof typeof FACTS

const SHAPES: Record<string, Shape> = {
  ready: 'full',
  producing: 'full',
  online: 'full',
  building: 'half',
  late: 'half',
}

/** The facts that the county has rows for, in the order in which they matter. */
export function countyFacts(byRegister: ReadonlyMap<string, readonly RegisterRecord[]>, now: Date): Fact[] {
  return (Object.keys(FACTS) as FactKey[]).flatMap(key => {
    const { registers, state, people } = FACTS[key]
    const rows = registers.flatMap(register => byRegister.get(register) ?? [])
    if (rows.length === 0) return []
    const days = rows.map(({ source }) => source.asOf)
    return {
      key,
      rows: rows.length,
      parts: state === null ? [] : partsOf(registers[0], state, rows),
      isState: state === 'state',
      people:
        people === null
          ? null
          : countPeople(rows.map(({ fields }) => ({ people: (fields[people] as number | null) ?? null }))),
      oldest: days.includes(null) ? null : (days as string[]).reduce((a, b) => (a < b ? a : b)),
      stale: days.filter(day => isStale(day, now)).length,
      sources: [...new Set(rows.map(({ source }) => source.name).filter(Boolean))],
    }
  })
}

/** By state in the order of the register's own choices, those not known last; states that no row has are left out. */
function partsOf(register: string, column: string, rows: readonly RegisterRecord[]): Part[] {
  const choices = registerOf(register)!.columns.find(({ key }) => key === column)?.choices ?? []
  const count = (value: string | null): number =>
    rows.filter(({ fields }) => (fields[column] ?? null) === value).length
  const known = choices.map((choice): Part => {
    return { choice, n: count(choice.value), shape: SHAPES[choice.value] ?? 'hollow' }
  })
  const unknown: Part = {
    choice: null,
    n: rows.length - known.reduce((sum, { n }) => sum + n, 0),
    shape: 'dashed',
  }
  return [...known, unknown].filter(({ n }) => n > 0)
}
