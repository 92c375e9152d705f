import { TEAM_KINDS, type Settlement, type Team } from '../entities.ts'
import type { LonLat } from '../geo.ts'
import type { RegisterRecord } from './record.ts'

/** What calculations take from the registers: the teams that can be sent, and where how many people live. */

/** A team with a position that is not out of use. */
export function teamOf(record: RegisterRecord): Team | null {
  const { at, fields } = record
  if (at === null || fields.state === 'out') return null
  const minutes = fields.turnoutDayMin
  return {
    ...basics(record),
    at,
    kind: TEAM_KINDS.find(kind => kind === fields.kind) ?? 'other',
    turnoutMs: typeof minutes === 'number' ? Math.round(minutes * 60_000) : null,
    register: true,
  }
}

/** @param at its own position, or that of the place it is known to be */
export function villageOf(record: RegisterRecord, at: LonLat): Settlement {
  const { people, kind } = record.fields
  return {
    ...basics(record),
    at,
    kind: kind === 'community' ? 'suburb' : 'village',
    people: typeof people === 'number' ? people : null,
    register: true,
  }
}

/** The teams as the register stands now; those of the import where they came from elsewhere. */
export function teamsNow(imported: readonly Team[], rows: readonly RegisterRecord[]): Team[] {
  const fromElsewhere = imported.some(team => !team.register)
  return fromElsewhere || rows.length === 0 ? [...imported] : rows.flatMap(row => teamOf(row) ?? [])
}

/**
 * The settlements as the register of villages stands now. One without a position keeps the place that the import
 * found for it; hamlets that are counted by themselves are still taken off its people.
 */
export function settlementsNow(
  imported: readonly Settlement[],
  rows: readonly RegisterRecord[],
): Settlement[] {
  const known = new Map(imported.filter(place => place.register).map(place => [place.id, place]))
  if (rows.length === 0 || (known.size === 0 && imported.length > 0)) return [...imported]
  const villages = rows.flatMap((row): Settlement[] => {
    const before = known.get(row.id)
    const at = row.at ?? before?.at
    if (!at) return []
    const village = villageOf(row, at)
    const counted = before?.counted
    if (counted === undefined) return [village]
    const people = village.people === null ? null : Math.max(0, village.people - counted)
    return [{ ...village, people, counted }]
  })
  return [...villages, ...imported.filter(place => !place.register)]
}

export const basics = ({ id, name, nameEn, source }: RegisterRecord) => ({
  id,
  name,
  ...(nameEn === undefined ? {} : { nameEn }),
  source,
})
