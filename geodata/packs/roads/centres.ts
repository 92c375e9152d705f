import type { Village } from '../county.ts'
import type { Work } from '../../work.ts'
import type { Draft } from './draft.ts'
import { Joined } from './joined.ts'
import { lay } from './lay.ts'
import { HELD } from './moves.ts'
import type { Search, Wish } from './search.ts'
import { linkOut, type Settled } from './settle.ts'
import { nearestCorner } from './streets.ts'

/** A village's middle is no further than this from a road that leads to the county town, in metres. */
const NEAR_M = 120
/** A corner this near to a village's middle is in it. */
const AT_M = 60
/** Streets that nothing joins get a road of their own from so many corners on. */
const LEAST_CORNERS = 3
/** How far round them joined streets are looked at that a road could lead to, in metres. */
const REACH_M = 900

/** Towns with room for a lane between their houses: for a part of one that no street leads to. */
export const opened = (held: Uint8Array): Uint8Array =>
  held.map(bits => (bits & HELD.town ? (bits & ~HELD.town) | HELD.village : bits))

/**
 * A road to every part of a town and to the middle of every village: a river or a slope may part a settlement,
 * and the road that leads to it joins its largest part alone.
 * @param wishes kinds of road to try, one after the other
 * @param held what the wishes take for held
 */
export function* toCentres(
  draft: Draft,
  search: Search,
  wishes: readonly Wish[],
  held: Uint8Array,
  villages: readonly Village[],
  settled: Settled,
): Work<void> {
  const joined = new Joined(draft, settled.city.middle)
  const rest = (place: number): number => (joined.has(place) ? 0 : Infinity)
  const join = (from: number, part: readonly number[]): void => {
    const streets = [from, ...part, ...joined.near(draft.x(from), draft.y(from), REACH_M)]
    for (const place of new Set(streets)) if (place >= draft.latticeCount) linkOut(draft, held, place)
    for (const wish of wishes) {
      const legs = search.find(from, { rest, toward: from, pull: 0 }, wish)
      if (!legs) continue
      lay(draft, legs, wish.rank, -1)
      joined.refresh()
      return
    }
  }
  for (const { parts } of new Set([settled.city, ...settled.seats])) {
    for (const part of parts) {
      if (part.length >= LEAST_CORNERS && !joined.has(part[0])) join(part[0], part)
    }
  }
  for (const [i, { cell }] of villages.entries()) {
    if (i % 8 === 0) yield i / villages.length
    const [x, y] = [draft.ground.x(cell), draft.ground.y(cell)]
    if (isBy(draft, joined, x, y)) continue
    join(...(cornerAt(draft, settled.villages[i].parts, x, y) ?? [draft.addPlace(x, y), []]))
  }
}

/** Does a joined road pass near a spot? Its places lie up to 290 m apart: half way to the next one counts too. */
function isBy(draft: Draft, joined: Joined, x: number, y: number): boolean {
  return joined.near(x, y, NEAR_M * 2).some(place =>
    [place, ...draft.at(place).map(edge => draft.other(edge, place))].some(other => {
      const [dx, dy] = [(draft.x(place) + draft.x(other)) / 2 - x, (draft.y(place) + draft.y(other)) / 2 - y]
      return dx * dx + dy * dy < NEAR_M * NEAR_M
    }),
  )
}

/** The corner at a spot, with the streets that it belongs to. */
function cornerAt(draft: Draft, parts: readonly number[][], x: number, y: number): [number, number[]] | null {
  for (const part of parts) {
    const corner = nearestCorner(draft, part, x, y)
    const [dx, dy] = [draft.x(corner) - x, draft.y(corner) - y]
    if (dx * dx + dy * dy < AT_M * AT_M) return [corner, part]
  }
  return null
}
