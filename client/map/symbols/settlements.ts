import type { OutsidePlace } from '../../../server/contract/api.ts'
import type { Facility, Settlement } from '../../../server/contract/entities.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { collect, point } from './collect.ts'

const RANK = { city: 0, town: 1, village: 2, suburb: 3, hamlet: 4 } as const

/** Share of the villages that have their name when the whole county is seen; the others are a dot. */
const NAMED_FAR = 0.4

/** So many places beyond the hour have their name and people when the whole county is seen: the largest. */
const OUTSIDE_NAMED_FAR = 24

/** How many people a place must have to be among the `most` largest. */
function atLeast(places: readonly { people: number | null }[], most: number): number {
  const counts = places.flatMap(({ people }) => (people === null ? [] : [people]))
  return counts.sort((a, b) => b - a)[Math.floor(most)] ?? 0
}

/** A settlement, or a township's seat, whose people are counted in its villages. */
export type Named = Pick<Settlement, 'id' | 'name' | 'nameEn' | 'kind' | 'at' | 'people'>

/** Seats of townships out of their register, for a county whose settlements are villages only. */
export function seatsOf(townships: readonly RegisterRecord[], settlements: readonly Settlement[]): Named[] {
  if (settlements.some(s => s.kind === 'town' || s.kind === 'city')) return []
  return townships.flatMap(({ id, name, nameEn, at, fields }) => {
    const people = typeof fields.people === 'number' ? fields.people : null
    return at ? [{ id, name, nameEn, kind: 'town' as const, at, people }] : []
  })
}

export interface SettlementsInput {
  settlements: readonly Named[]
  outside: readonly OutsidePlace[]
  nameOf(thing: { name: string; nameEn?: string }): string
  peopleOf(n: number | null): string
  duration(ms: number): string
  reason(code: OutsidePlace['reason']): string
}

/** Villages and towns with their names; those beyond the hour also with people and time. */
export function settlementSymbols(input: SettlementsInput) {
  const outside = new Map(input.outside.map(p => [p.id, p]))
  const villages = input.settlements.filter(s => s.kind === 'village')
  const far = atLeast(villages, villages.length * NAMED_FAR)
  const farOutside = atLeast(input.outside, OUTSIDE_NAMED_FAR)
  return collect(
    input.settlements.map(s => {
      const out = outside.get(s.id)
      const late =
        out && (out.durationMs === null ? input.reason(out.reason) : input.duration(out.durationMs))
      return point(s.at, {
        id: s.id,
        kind: s.kind,
        label: input.nameOf(s),
        rank: RANK[s.kind] * 1e6 - Math.min(s.people ?? 0, 999_999),
        far: out ? (s.people ?? 0) >= farOutside : s.kind !== 'village' || (s.people ?? 0) >= far,
        outside: out !== undefined,
        ...(out ? { facts: `${input.peopleOf(s.people)}　${late}` } : {}),
      })
    }),
  )
}

/** Hospitals, schools, shelters: what is not a team and where nobody is counted. */
export function facilitySymbols(facilities: readonly Facility[], nameOf: SettlementsInput['nameOf']) {
  return collect(facilities.map(f => point(f.at, { id: f.id, kind: f.kind, label: nameOf(f) })))
}
