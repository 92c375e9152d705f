import { registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { isDrawn, keyOf } from '../../stores/records.ts'
import { collect, point } from './collect.ts'

/** Few of a kind and much to lose: these stand as plates on the whole county, the others as dots until one is near. */
const MAJOR = new Set([
  'tailingsPonds',
  'hazardSources',
  'reservoirs',
  'mines',
  'hospitals',
  'shelters',
  'stores',
  'powerStations',
  'radioStations',
  'seismicStations',
  'helipads',
])
const GROUPS = ['incident', 'hazard', 'target', 'resource']

export interface RecordsInput {
  records: readonly RegisterRecord[]
  shown: ReadonlySet<string>
  picked: string | null
  nameOf(thing: { name: string; nameEn?: string }): string
  isStale(record: RegisterRecord): boolean
}

/** Rows that have a place and whose register is on, and the one picked whether its register is on or not. */
export function recordSymbols({ records, shown, picked, nameOf, isStale }: RecordsInput) {
  return collect(
    records.flatMap((record, index) => {
      const register = registerOf(record.register)
      const key = keyOf(record)
      if (!record.at || !register) return []
      const isPicked = key === picked
      if (!isPicked && !(shown.has(record.register) && isDrawn(register))) return []
      const group = register.symbol?.group ?? 'resource'
      const major = MAJOR.has(record.register)
      const level = Number(record.fields.level ?? record.fields.grade)
      return point(record.at, {
        key,
        register: record.register,
        group,
        label: nameOf(record),
        stale: isStale(record),
        major,
        picked: isPicked,
        // Major before minor, hazards before the rest, the graver first, then as the register has them.
        rank:
          (major ? 0 : 1e6) +
          GROUPS.indexOf(group) * 1e5 +
          (level >= 1 && level <= 4 ? level : 5) * 1e4 +
          Math.min(index, 9999),
      })
    }),
  )
}

/** Ways and areas among a row's fields: a closed line is an area. */
export function shapesOf(fields: RegisterRecord['fields']): {
  areas: [number, number][][]
  ways: [number, number][][]
} {
  const lines = Object.values(fields).filter(
    (value): value is [number, number][] => Array.isArray(value) && Array.isArray(value[0]),
  )
  const closes = (line: [number, number][]) => {
    const [first, last] = [line[0]!, line.at(-1)!]
    return line.length > 3 && first[0] === last[0] && first[1] === last[1]
  }
  return { areas: lines.filter(closes), ways: lines.filter(line => !closes(line) && line.length > 1) }
}
