import { areaBbox, distanceM, ringHolds, type Area, type LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, Register } from '../../../server/contract/registers/register.ts'
import { daysSince } from '../../ui/stale.ts'
import { isOfPersons } from './fields.ts'

export const CHECKS = [
  'unplaced',
  'old',
  'untried',
  'offRoad',
  'outside',
  'wayOut',
  'missing',
  'twice',
] as const
export type Check = (typeof CHECKS)[number]

/** A row with something amiss, and what. */
export interface Finding {
  record: RegisterRecord
  /** How old, or since it was last tried; null = not known, never. */
  days?: number | null
  /** To the nearest road, or of the way inside its own hazard; null = farther than was looked. */
  metres?: number | null
  /** Columns that lack something. */
  columns?: readonly Column[]
  /** The row that it repeats. */
  twin?: RegisterRecord
}
/** A register with the rows it has. */
export interface Rows {
  register: Register
  rows: readonly RegisterRecord[]
}

const isPlaced = ({ register }: Rows): boolean => register.position !== 'none'

export const unplaced = (all: readonly Rows[]): Finding[] =>
  all.filter(isPlaced).flatMap(({ rows }) => rows.filter(r => r.at === null).map(record => ({ record })))

/** Oldest first; of unknown age before all. */
export function olderThan(all: readonly Rows[], limitDays: number, now: Date): Finding[] {
  const found = all.flatMap(({ rows }) =>
    rows.map((record): Finding => ({ record, days: daysSince(record.source.asOf, now) })),
  )
  return found.filter(({ days }) => days === null || days! > limitDays).sort(byAge)
}
const byAge = (a: Finding, b: Finding): number => (b.days ?? Infinity) - (a.days ?? Infinity) || 0

/** Columns that say when a telephone or another means was last tried. */
const TRIED = new Set(['tested', 'phoneTested'])

export function untried(all: readonly Rows[], limitDays: number, now: Date): Finding[] {
  return all
    .flatMap(({ register, rows }) => {
      const column = register.columns.find(({ key, type }) => TRIED.has(key) && type === 'date')
      if (!column) return []
      return rows.map((record): Finding => {
        const tried = record.fields[column.key]
        return { record, days: daysSince(typeof tried === 'string' ? tried : null, now) }
      })
    })
    .filter(({ days }) => days === null || days! > limitDays)
    .sort(byAge)
}

/** Latitudes that a border's sides are sorted into: a question looks at those of one band, not at thousands. */
const BANDS = 256
type Bands = { south: number; perDegree: number; sides: [LonLat, LonLat][][] }
const bandsOf = new WeakMap<Area, Bands>()

function bands(border: Area): Bands {
  let made = bandsOf.get(border)
  if (made) return made
  const [, south, , north] = areaBbox(border)
  const perDegree = BANDS / Math.max(north - south, 1e-9)
  made = { south, perDegree, sides: Array.from({ length: BANDS + 1 }, () => []) }
  const rings = border.type === 'Polygon' ? border.coordinates : border.coordinates.flat()
  for (const ring of rings as LonLat[][]) {
    ring.forEach((b, i) => {
      const a = ring[(i || ring.length) - 1]!
      const [low, high] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])]
      for (let k = bandAt(made!, low); k <= bandAt(made!, high); k++) made!.sides[k]!.push([a, b])
    })
  }
  bandsOf.set(border, made)
  return made
}
const bandAt = ({ south, perDegree }: Bands, lat: number): number => Math.floor((lat - south) * perDegree)

/** Whether a place lies inside a border: over all its rings the even–odd rule, so that holes are outside. */
export function isInside(border: Area, [x, y]: LonLat): boolean {
  const found = bands(border)
  let inside = false
  for (const [[ax, ay], [bx, by]] of found.sides[bandAt(found, y)] ?? [])
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  return inside
}

export const outside = (all: readonly Rows[], border: Area | null): Finding[] =>
  border === null
    ? []
    : all.flatMap(({ rows }) =>
        rows.filter(({ at }) => at !== null && !isInside(border, at)).map(record => ({ record })),
      )

type Line = readonly LonLat[]
const isLine = (value: unknown): value is Line => Array.isArray(value) && Array.isArray(value[0])
/** A way may begin at the edge of its area: drawn so closely it crosses nothing. */
const EDGE_M = 20

/** Metres of a way that lie inside a ring. */
export function metresInside(way: Line, ring: Line): number {
  let sum = 0
  for (let i = 1; i < way.length; i++) {
    const [a, b] = [way[i - 1]!, way[i]!]
    const cuts = [0, ...crossings(a, b, ring), 1].sort((p, q) => p - q)
    const lengthM = distanceM(a, b)
    for (let k = 1; k < cuts.length; k++) {
      const middle = (cuts[k - 1]! + cuts[k]!) / 2
      const at = [a[0] + (b[0] - a[0]) * middle, a[1] + (b[1] - a[1]) * middle] as const
      if (ringHolds(ring, ...at)) sum += lengthM * (cuts[k]! - cuts[k - 1]!)
    }
  }
  return sum
}

/** Where on a→b (0–1) it crosses the ring's sides. */
function crossings(a: LonLat, b: LonLat, ring: Line): number[] {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!
    const [ex, ey] = [q[0] - p[0], q[1] - p[1]]
    const cross = dx * ey - dy * ex
    if (cross === 0) return []
    const t = ((p[0] - a[0]) * ey - (p[1] - a[1]) * ex) / cross
    const u = ((p[0] - a[0]) * dy - (p[1] - a[1]) * dx) / cross
    return t > 0 && t < 1 && u >= 0 && u <= 1 ? [t] : []
  })
}

const measured = new WeakMap<RegisterRecord, number>()
/** Measured once for as long as nobody changes the row. */
function metresOfWay(record: RegisterRecord): number {
  let metres = measured.get(record)
  if (metres === undefined) {
    const { area, wayOut } = record.fields
    metres = isLine(area) && isLine(wayOut) ? metresInside(wayOut, area) : 0
    measured.set(record, metres)
  }
  return metres
}

/** Ways out that lead through the very area that people are to leave; the worst first. */
export const waysThroughHazard = (all: readonly Rows[]): Finding[] =>
  all
    .flatMap(({ rows }) => rows)
    .flatMap((record): Finding[] => {
      const metres = metresOfWay(record)
      return metres > EDGE_M ? [{ record, metres }] : []
    })
    .sort((a, b) => b.metres! - a.metres!)

const isBlank = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/**
 * Rows without what their register needs, and without what it hangs by: where it belongs (township), who people
 * are to go to, how many there are. Wished-for columns are those that calculations and calls rest on.
 */
const WISHED = new Set([
  'township',
  'people',
  'capacity',
  'kind',
  'refuge',
  'wayOut',
  'area',
  'turnoutDayMin',
])

export const missing = (all: readonly Rows[]): Finding[] =>
  all.flatMap(({ register, rows }) => {
    const asked = register.columns.filter(c => !isOfPersons(c) && (c.needed || WISHED.has(c.key)))
    return rows.flatMap((record): Finding[] => {
      const columns = asked.filter(({ key }) => isBlank(record.fields[key]))
      return columns.length > 0 ? [{ record, columns }] : []
    })
  })

/** As near as this, two rows of one name are one thing entered twice. */
const SAME_PLACE_M = 300
const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s（）()]/g, '')
    .toLowerCase()

/** Rows of one register with one name at one place; without places, that name the same rows of other registers. */
export function twice(all: readonly Rows[]): Finding[] {
  return all.flatMap(({ register, rows }) => {
    const refs = register.columns.filter(c => c.refers !== undefined && c.type !== 'list').map(c => c.key)
    const sameBelonging = (a: RegisterRecord, b: RegisterRecord) =>
      refs.every(key => (a.fields[key] ?? null) === (b.fields[key] ?? null))
    const isTwin = (a: RegisterRecord, b: RegisterRecord): boolean =>
      a.at && b.at ? distanceM(a.at, b.at) <= SAME_PLACE_M : sameBelonging(a, b)
    const byName = new Map<string, RegisterRecord[]>()
    const found: Finding[] = []
    for (const record of rows) {
      const name = nameKey(record.name)
      const earlier = byName.get(name) ?? []
      const twin = earlier.find(other => isTwin(other, record))
      if (twin) found.push({ record, twin })
      earlier.push(record)
      byName.set(name, earlier)
    }
    return found
  })
}
