import type { Text } from '../../../server/contract/errors.ts'
import type { Random } from '../random.ts'
import { CLASS_RULES, RANK, type Rank } from './classes.ts'
import type { Draft } from './draft.ts'
import { HELD } from './moves.ts'

/** How a settlement's streets lie. */
export interface Plan {
  alongM: number
  acrossM: number
  /** Share of a block by which corners stray. */
  stray: number
  /** Share of the streets left out where another leads round. */
  gaps: number
  /** Every so manyth street is a wide one of this rank; 0 for none. */
  wideEvery: number
  wide: Rank
  /** Name of the next street, where streets have one. */
  name?: () => Text
}

const HOUSES = HELD.town | HELD.village

export interface Streets {
  /** Corners, by connected part, the largest first; a river or a slope may part a settlement. */
  parts: number[][]
  /** The corner of the largest part nearest to the settlement's middle. */
  middle: number
  /** Indices of the streets' names among the draft's roads. */
  names: number[]
}

interface Corner {
  i: number
  j: number
  place: number
}

/**
 * A net of streets over a settlement's houses, turned to lie along them; one that a river parts has wide
 * streets alone across it.
 */
export function layStreets(
  draft: Draft,
  held: Uint8Array,
  houses: ArrayLike<number>,
  middle: number,
  plan: Plan,
  random: Random,
): Streets {
  const { ground } = draft
  const { land } = ground
  const [ux, uy] = axisOf(draft, houses)
  const [x0, y0] = [ground.x(middle), ground.y(middle)]
  const reach = reachOf(draft, houses, x0, y0)
  const corners = new Map<number, Corner>()
  const key = (i: number, j: number): number => (i + 512) * 1024 + (j + 512)
  const ni = Math.min(500, Math.ceil(reach / plan.alongM))
  const nj = Math.min(500, Math.ceil(reach / plan.acrossM))
  for (let i = -ni; i <= ni; i++) {
    for (let j = -nj; j <= nj; j++) {
      const still = i === 0 && j === 0
      const u = (i + (still ? 0 : (random.next() - 0.5) * 2 * plan.stray)) * plan.alongM
      const v = (j + (still ? 0 : (random.next() - 0.5) * 2 * plan.stray)) * plan.acrossM
      const [x, y] = [x0 + u * ux - v * uy, y0 + u * uy + v * ux]
      const cell = ground.cell(x, y)
      if (!(held[cell] & HOUSES) || land.water[cell] !== 0) continue
      corners.set(key(i, j), { i, j, place: draft.addPlace(x, y) })
    }
  }
  const wide = (n: number): boolean => plan.wideEvery > 0 && n % plan.wideEvery === 0
  const names = new Map<number, number>()
  const namedAlong = (line: number): number => {
    if (!plan.name) return -1
    const known = names.get(line)
    if (known !== undefined) return known
    const road = draft.roads.push({ rank: RANK.street, name: plan.name(), ref: '' }) - 1
    names.set(line, road)
    return road
  }
  const wanted: { a: number; b: number; rank: Rank; named: number; chance: number }[] = []
  for (const { i, j, place } of corners.values()) {
    for (const [di, dj] of [
      [1, 0],
      [0, 1],
    ]) {
      const other = corners.get(key(i + di, j + dj))
      if (!other) continue
      const rank = wide(di ? j : i) ? plan.wide : RANK.street
      if (!fit(draft, held, place, other.place, rank)) continue
      const named = namedAlong(di ? j : i + 4096)
      const chance = rank < RANK.street ? 0 : random.next()
      wanted.push({ a: place, b: other.place, rank, named, chance })
    }
  }
  const edges = spanning(wanted, plan.gaps)
  for (const { a, b, rank, named } of edges) draft.addEdge(a, b, rank, -1, true, named)
  const all = [...corners.values()].map(corner => corner.place)
  const parts = largestFirst(draft, all)
  return { parts, middle: nearestCorner(draft, parts[0], x0, y0), names: [...names.values()] }
}

/** The corner among some that lies nearest to a point. */
export function nearestCorner(draft: Draft, places: readonly number[], x: number, y: number): number {
  let [best, least] = [places[0], Infinity]
  for (const place of places) {
    const [dx, dy] = [draft.x(place) - x, draft.y(place) - y]
    if (dx * dx + dy * dy < least) [best, least] = [place, dx * dx + dy * dy]
  }
  return best
}

/** Over houses and level ground all the way; across a river on a wide street alone, never in a lake. */
function fit(draft: Draft, held: Uint8Array, a: number, b: number, rank: Rank): boolean {
  const { ground } = draft
  const length = draft.apartM(a, b)
  const rise = Math.abs(draft.heightM(a) - draft.heightM(b))
  if (rise > length * CLASS_RULES[RANK.street].grade * 0.9) return false
  const n = Math.ceil(length / 20)
  let open = 0
  for (let k = 1; k < n; k++) {
    const x = draft.x(a) + ((draft.x(b) - draft.x(a)) * k) / n
    const y = draft.y(a) + ((draft.y(b) - draft.y(a)) * k) / n
    const cell = ground.cell(x, y)
    const water = ground.land.water[cell]
    if (water === 2 || (water === 1 && rank >= RANK.street)) return false
    if (!(held[cell] & HOUSES)) open++
    const level = draft.heightM(a) + ((draft.heightM(b) - draft.heightM(a)) * k) / n
    if (Math.abs(ground.height(x, y) - level) > CLASS_RULES[RANK.street].earthM) return false
  }
  return rank < RANK.street || open * 3 <= n
}

/** Keeps every street that joins two parts, of the others all but `gaps`. */
function spanning<T extends { a: number; b: number; chance: number }>(wanted: T[], gaps: number): T[] {
  const root = new Map<number, number>()
  const find = (place: number): number => {
    let at = place
    for (let up = root.get(at); up !== undefined; up = root.get(at)) at = up
    if (at !== place) root.set(place, at)
    return at
  }
  const order = wanted.map((_, i) => i).sort((p, q) => wanted[p].chance - wanted[q].chance || p - q)
  const kept: number[] = []
  for (const i of order) {
    const { a, b, chance } = wanted[i]
    const [ra, rb] = [find(a), find(b)]
    if (ra !== rb) root.set(ra, rb)
    else if (1 - chance < gaps) continue
    kept.push(i)
  }
  return kept.sort((p, q) => p - q).map(i => wanted[i])
}

function largestFirst(draft: Draft, places: number[]): number[][] {
  const seen = new Set<number>()
  const parts: number[][] = []
  for (const start of places) {
    if (seen.has(start)) continue
    seen.add(start)
    const part = [start]
    for (let n = 0; n < part.length; n++) {
      for (const edge of draft.at(part[n])) {
        const next = draft.other(edge, part[n])
        if (seen.has(next)) continue
        seen.add(next)
        part.push(next)
      }
    }
    parts.push(part)
  }
  return parts.sort((p, q) => q.length - p.length || p[0] - q[0])
}

/** The direction in which the houses stretch: their first principal axis. */
function axisOf({ ground }: Draft, houses: ArrayLike<number>): [number, number] {
  const n = houses.length
  let [mx, my] = [0, 0]
  for (let i = 0; i < n; i++) {
    mx += ground.x(houses[i]) / n
    my += ground.y(houses[i]) / n
  }
  let [xx, xy, yy] = [0, 0, 0]
  for (let i = 0; i < n; i++) {
    const [dx, dy] = [ground.x(houses[i]) - mx, ground.y(houses[i]) - my]
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
  }
  // Eigenvector of the larger eigenvalue, without trigonometry.
  const half = (xx - yy) / 2
  const [ex, ey] = [half + Math.sqrt(half * half + xy * xy), xy]
  const norm = Math.sqrt(ex * ex + ey * ey)
  return norm < 1e-6 ? [1, 0] : [ex / norm, ey / norm]
}

function reachOf({ ground }: Draft, houses: ArrayLike<number>, x0: number, y0: number): number {
  let far = 0
  for (let i = 0; i < houses.length; i++) {
    const [dx, dy] = [ground.x(houses[i]) - x0, ground.y(houses[i]) - y0]
    far = Math.max(far, dx * dx + dy * dy)
  }
  return Math.sqrt(far) + 30
}
