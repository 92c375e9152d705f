import type { Settlement, Source } from '../../server/contract/entities.ts'
import type { OsmData } from './collect.ts'
import { nameEnOf, nameOf } from './names.ts'
import { isPlace, placeKind } from './posts.ts'
import { sitesOf, withoutDoubles } from './sites.ts'

/** An area named like a node this near is the same place. */
const SAME_PLACE_M = 3000

/** Named settlements, by node where there is one, else by the area's middle. */
export function settlementsOf(data: OsmData, source: Source): Settlement[] {
  const named = sitesOf(data, tags => isPlace(tags) && nameOf(tags) !== '')
  return withoutDoubles(named, () => '', SAME_PLACE_M).map(({ id, at, tags }) => ({
    id,
    name: nameOf(tags),
    nameEn: nameEnOf(tags),
    kind: placeKind(tags)!,
    at,
    people: readPeople(tags.population),
    source,
  }))
}

/**
 * A count of people as written (`1234`, `1 234`, `1,234`, `ca. 300`, `约300人`), or null: an unreadable or a
 * doubtful one is unknown, never 0.
 */
export function readPeople(text: string | undefined): number | null {
  if (text === undefined) return null
  const bare = text
    .trim()
    .replace(/^(?:ca\.?|approx\.?|about|~|≈|约)\s*/i, '')
    .replace(/\s*人$/, '')
  if (/^\d{1,9}$/.test(bare)) return Number(bare)
  return /^\d{1,3}(?:([ ,.' \u202f])\d{3})(?:\1\d{3})*$/.test(bare) ? Number(bare.replace(/\D/g, '')) : null
}
