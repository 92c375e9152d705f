import { type LonLat, distanceM, ringHolds } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { ReadPack } from './pack.ts'

/** A phone number that nobody can have begins like this. */
const NOBODYS_PHONE = /^000-/

/** What the five counties' plans ask (fictional otherwise), and how records hang together; in words what is not so. */
export function registerFaults(pack: ReadPack): string[] {
  return [
    ...totals(pack),
    ...peopleGrid(pack),
    ...waysOut(pack),
    ...duplicates(pack),
    ...phones(pack),
    ...gaps(pack),
  ]
}

const rows = (pack: ReadPack, register: string): RegisterRecord[] => pack.records.get(register)!
const sum = (records: RegisterRecord[], field: string): number =>
  records.reduce((total, { fields }) => total + Number(fields[field] ?? 0), 0)
const where = (records: RegisterRecord[], field: string, value: unknown): number =>
  records.filter(({ fields }) => fields[field] === value).length

function totals(pack: ReadPack): string[] {
  const faults: string[] = []
  const same = (what: string, value: number, expected: number): void => {
    if (Math.abs(value - expected) > 1e-6) faults.push(`${what}: ${value}, not ${expected}`)
  }
  const count = (register: string, expected: number): void =>
    same(register, rows(pack, register).length, expected)
  count('townships', 14)
  same('towns', where(rows(pack, 'townships'), 'kind', 'town'), 9)
  same('sub-districts', where(rows(pack, 'townships'), 'kind', 'subdistrict'), 5)
  count('teams', 19)
  same('people in teams', sum(rows(pack, 'teams'), 'people'), 1024)
  count('stores', 11)
  same('items', sum(rows(pack, 'stock'), 'quantity'), 43_640)
  const mines = rows(pack, 'mines')
  same('iron mines', where(mines, 'kind', 'iron'), 20)
  same(
    'iron mines underground',
    mines.filter(m => m.fields.kind === 'iron' && m.fields.method === 'underground').length,
    17,
  )
  same('coal mines', where(mines, 'kind', 'coal'), 7)
  same(
    'coal, 10⁴ t/a',
    mines.filter(m => m.fields.kind === 'coal').reduce((t, m) => t + Number(m.fields.capacityWanTa), 0),
    144,
  )
  count('miningSystems', 21)
  for (const [grade, expected] of [
    ['A', 6],
    ['B', 4],
    ['C', 8],
    ['D', 3],
  ] as const) {
    same(`systems graded ${grade}`, where(rows(pack, 'miningSystems'), 'grade', grade), expected)
  }
  count('tailingsPonds', 10)
  same('ponds above homes', where(rows(pack, 'tailingsPonds'), 'headPond', true), 3)
  count('geohazardPoints', 164)
  same('automatic points', where(rows(pack, 'geohazardPoints'), 'automatic', true), 73)
  count('shelters', 14)
  same('new shelters', where(rows(pack, 'shelters'), 'built', 'new'), 4)
  same('upgraded shelters', where(rows(pack, 'shelters'), 'built', 'upgraded'), 10)
  count('hazardSources', 7)
  count('weatherStations', 25)
  count('seismicStations', 3)
  count('radioStations', 11)
  count('reservoirs', 8)
  count('commands', 16)
  count('liaisonOfficers', 62)
  for (const register of [
    'vehicles',
    'equipment',
    'flashFloodZones',
    'floodSpots',
    'guestHouses',
    'scenicSpots',
    'buildingSites',
    'nursingHomes',
    'schools',
    'hospitals',
    'waterIntakes',
    'helipads',
    'bridges',
    'powerStations',
    'communications',
    'instruments',
  ]) {
    if (rows(pack, register).length === 0) faults.push(`${register} is empty`)
  }
  return faults
}

/** The population grid sums to the villages. */
function peopleGrid(pack: ReadPack): string[] {
  let onGrid = 0
  for (const people of pack.population.data) if (people > 0) onGrid += people
  const registered = sum(rows(pack, 'villages'), 'people')
  return Math.abs(onGrid - registered) > registered * 0.001 + 1
    ? [`${onGrid} people on the grid, ${registered} in villages`]
    : []
}

/** Every way out ends at its refuge and does not cross the hazard's own area, once it has left it. */
function waysOut(pack: ReadPack): string[] {
  const refuges = new Map(rows(pack, 'refuges').map(record => [record.id, record]))
  return rows(pack, 'geohazardPoints').flatMap(({ name, fields }) => {
    const way = fields.wayOut as LonLat[] | null
    const area = fields.area as LonLat[] | null
    const refuge = refuges.get(String(fields.refuge))
    if (!way || way.length < 2) return [`${name} has no way out`]
    if (!area || area.length < 4) return [`${name} has no area`]
    const faults: string[] = []
    if (!refuge) faults.push(`${name} has no refuge`)
    else if (refuge.at && distanceM(way.at(-1)!, refuge.at) > 60)
      faults.push(`the way out of ${name} does not end at its refuge`)
    if (crosses(way, area)) faults.push(`the way out of ${name} crosses its own hazard`)
    return faults
  })
}

/** Does the line run through the ring's inside at any of many points along it? */
function crosses(line: LonLat[], ring: LonLat[]): boolean {
  for (let i = 1; i < line.length; i++) {
    for (let k = 0; k <= 20; k++) {
      const [a, b] = [line[i - 1]!, line[i]!]
      if (ringHolds(ring, a[0] + ((b[0] - a[0]) * k) / 20, a[1] + ((b[1] - a[1]) * k) / 20)) return true
    }
  }
  return false
}

function duplicates(pack: ReadPack): string[] {
  const faults: string[] = []
  for (const [register, records] of pack.records) {
    if (['vehicles', 'equipment', 'stock'].includes(register)) continue
    const names = new Set(records.map(({ name }) => name))
    if (names.size < records.length)
      faults.push(`${register}: ${records.length - names.size} names stand twice`)
    const places = records.flatMap(({ at }) => (at ? [at.join()] : []))
    if (new Set(places).size < places.length) faults.push(`${register}: positions stand twice`)
  }
  return faults
}

function phones(pack: ReadPack): string[] {
  for (const [register, records] of pack.records) {
    for (const { name, fields } of records) {
      for (const [key, value] of Object.entries(fields)) {
        if (/phone$/i.test(key) && typeof value === 'string' && value !== '' && !NOBODYS_PHONE.test(value)) {
          return [`${register} ${name}: ${key} ${value} may be somebody's`]
        }
      }
    }
  }
  return []
}

/** About one row in ten has no position or is stale, as real registers are. */
function gaps(pack: ReadPack): string[] {
  const all = [...pack.records]
    .filter(([register]) => register !== 'townships')
    .flatMap(([, records]) => records)
  const newest = all.reduce((day, { source }) => (source.asOf && source.asOf > day ? source.asOf : day), '')
  const old = `${Number(newest.slice(0, 4)) - 1}${newest.slice(4)}`
  const placed = all.filter(({ register }) => PLACED.has(register))
  const flawed = placed.filter(({ at, source }) => !at || (source.asOf ?? '') < old).length / placed.length
  return flawed > 0.05 && flawed < 0.15
    ? []
    : [`${(flawed * 100).toFixed(1)} % of the rows have no position or are stale, not about 10`]
}

const PLACED = new Set([
  'teams',
  'stores',
  'mines',
  'tailingsPonds',
  'geohazardPoints',
  'shelters',
  'guestHouses',
  'schools',
  'bridges',
  'villages',
])
