import { type Facility, PLACE_KINDS, type Settlement, type Team } from '../../../server/contract/entities.ts'
import type { Text } from '../../../server/contract/errors.ts'
import { distanceM } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { basics, teamOf, villageOf } from '../../../server/contract/registers/reckoned.ts'

/** Teams, settlements or facilities out of the registers, for every calculation; null where there is no such register. */
export interface Counted<T> {
  rows: T[]
  notes: Text[]
}

/** Teams with a position that are not out of use. */
export function teamsOfRecords(records: readonly RegisterRecord[]): Counted<Team> | null {
  const teams = records.filter(record => record.register === 'teams')
  if (teams.length === 0) return null
  const usable = teams.filter(({ fields }) => fields.state !== 'out')
  const rows = teams.flatMap(record => teamOf(record) ?? [])
  const lost = usable.length - rows.length
  if (lost === 0) return { rows, notes: [] }
  return {
    rows,
    notes: [
      {
        zh: `${lost} 支队伍没有位置，不参加测算`,
        en: `${lost} teams have no position and are left out of every calculation`,
      },
    ],
  }
}

/** Registers whose rows are facilities. Each replaces what the roads' data says of its kind. */
const FACILITIES: Record<string, Facility['kind']> = {
  shelters: 'shelter',
  refuges: 'assembly',
  schools: 'school',
  hospitals: 'hospital',
}

/** Shelters, refuges, schools, hospitals; of the kinds that no register has, what the roads' data knows. */
export function facilitiesOfRecords(
  records: readonly RegisterRecord[],
  osm: readonly Facility[],
): Counted<Facility> | null {
  const found = records.filter(({ register }) => FACILITIES[register] !== undefined)
  if (found.length === 0) return null
  const kinds = new Set(found.map(({ register }) => FACILITIES[register]))
  const rows = found.flatMap((record): Facility[] =>
    record.at === null ? [] : [{ ...basics(record), at: record.at, kind: FACILITIES[record.register] }],
  )
  return { rows: [...rows, ...osm.filter(({ kind }) => !kinds.has(kind))], notes: [] }
}

/** A place of the roads' data this near a village of the same name is that village. */
const SAME_PLACE_M = 5000

/**
 * The villages of the register. One without a position takes that of the only place of its name in the roads'
 * data. Hamlets are places of their own; the people of one that a village lists are no longer counted in the
 * village. Towns are only names on the map: their people are counted in their villages.
 */
export function settlementsOfRecords(
  records: readonly RegisterRecord[],
  osm: readonly Settlement[],
): Counted<Settlement> | null {
  const villages = records.filter(({ register }) => register === 'villages')
  if (villages.length === 0) return null
  const byName = new Map<string, Settlement[]>()
  for (const place of osm) byName.set(place.name, [...(byName.get(place.name) ?? []), place])
  const taken = new Set<Settlement>()
  const lost: RegisterRecord[] = []
  let borrowed = 0
  const rows: Settlement[] = []
  const listed = new Map<string, Settlement[]>()
  for (const record of villages) {
    const same = (byName.get(record.name) ?? []).filter(place => !isTown(place))
    const near = same.filter(({ at }) => record.at === null || distanceM(at, record.at) <= SAME_PLACE_M)
    const at = record.at ?? (near.length === 1 ? near[0].at : null)
    if (record.at !== null || near.length === 1) for (const place of near) taken.add(place)
    if (at === null) {
      lost.push(record)
      continue
    }
    if (record.at === null) borrowed++
    const settlement = villageOf(record, at)
    const { hamlets } = record.fields
    rows.push(settlement)
    for (const hamlet of Array.isArray(hamlets) ? hamlets : []) {
      listed.set(String(hamlet), [...(listed.get(String(hamlet)) ?? []), settlement])
    }
  }
  const others = osm.filter(place => !taken.has(place) && !isTown(place))
  for (const { name, people } of others) {
    const owners = listed.get(name) ?? []
    const [village] = owners
    if (owners.length === 1 && people !== null && village.people !== null && village.people >= people) {
      village.people -= people
      village.counted = (village.counted ?? 0) + people
    }
  }
  return { rows: [...rows, ...others], notes: [...borrowedNote(borrowed), ...lostNote(lost)] }
}

/** Cities and towns: names on the map beside the villages of the register. */
export const isTown = ({ kind }: Settlement): boolean =>
  PLACE_KINDS.indexOf(kind) <= PLACE_KINDS.indexOf('town')

const borrowedNote = (count: number): Text[] =>
  count === 0
    ? []
    : [
        {
          zh: `${count} 个村在台账中没有位置，测算时用道路数据中的同名地点`,
          en: `${count} villages have no position in the register; calculations use the place of that name in the road data`,
        },
      ]

function lostNote(lost: readonly RegisterRecord[]): Text[] {
  if (lost.length === 0) return []
  const people = lost.reduce(
    (sum, { fields }) => sum + (typeof fields.people === 'number' ? fields.people : 0),
    0,
  )
  const some = lost
    .slice(0, 3)
    .map(({ name }) => name)
    .join('、')
  return [
    {
      zh: `${lost.length} 个村（${some}${lost.length > 3 ? '等' : ''}，至少 ${people} 人）没有位置，不参加测算`,
      en: `${lost.length} villages (${some}${lost.length > 3 ? ' …' : ''}; at least ${people} people) have no position and are left out of every calculation`,
    },
  ]
}
