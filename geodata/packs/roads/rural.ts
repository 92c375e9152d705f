import type { Text } from '../../../server/contract/errors.ts'
import type { Brief, People } from '../county.ts'
import { Random } from '../random.ts'
import type { Work } from '../../work.ts'
import { RANK, type Rank } from './classes.ts'
import type { Draft } from './draft.ts'
import { joinedTo, lay, RoadMetres } from './lay.ts'
import { builderOf, Moves, type Builder } from './moves.ts'
import { Search, type Goal, type Leg, type Wish } from './search.ts'
import { opened, toCentres } from './centres.ts'
import { joinLanes } from './lanes.ts'
import type { Settled } from './settle.ts'

/**
 * Neighbouring villages further apart by road than `most` times the straight line get a shorter way that saves at
 * least this share of it; one that costs as much as `dearest` times the straight line on the level is not built.
 */
const DETOUR = { most: 1.9, saves: 0.2, dearest: 20 }
/** Where the way round is long, climb and earth count for little: a road over the pass is built all the same. */
const OVER_PASSES: Partial<Builder> = { effort: 0.3 }
/** Where no proper track can be found: one dug into the slope, and fitted to it afterwards as well as may be. */
const ROUGH = { slackM: 5, shiftM: 22, earthM: 9, perExcessM: 60 }
/** What a metre along the roads to the township's seat counts for when a village looks for its way. */
const ALONG = 0.3

/** Township and village roads to the townships' seats, short cuts between neighbours, tracks to the hamlets. */
export function* layRural(
  brief: Brief,
  people: People,
  draft: Draft,
  held: Uint8Array,
  settled: Settled,
): Work<void> {
  const search = new Search(draft)
  const kit: Kit = { draft, search, wish: wisher(draft, held) }
  yield* toSeats(kit, people, settled)
  yield* shortenDetours(kit, settled)
  yield* toHamlets(kit, new Random(brief.seed, 'hamlet roads'), settled)
  const open = opened(held)
  const wish = wisher(draft, open)
  const lanes = [wish(RANK.village), wish(RANK.track), wish(RANK.track, 40_000, ROUGH)]
  yield* toCentres(draft, search, lanes, open, people.villages, settled)
  joinLanes(draft, settled)
}

interface Kit {
  draft: Draft
  search: Search
  wish: Wisher
}

type Wisher = (rank: Rank, limit?: number, more?: Partial<Builder>) => Wish

/** Wishes for roads of the ranks, each rank's moves reckoned but once. */
function wisher(draft: Draft, held: Uint8Array): Wisher {
  const wishes = new Map<string, Wish>()
  return (rank, limit = 40_000, more = {}) => {
    const key = `${rank} ${JSON.stringify(more)}`
    let known = wishes.get(key)
    if (!known) {
      const moves = new Moves(draft.ground.land, draft.lattice, held, builderOf(rank, more))
      wishes.set(key, (known = { rank, moves, reuse: 0.33, widen: 0.4, limit }))
    }
    return { ...known, limit }
  }
}

function* toSeats({ draft, search, wish }: Kit, people: People, settled: Settled): Work<void> {
  const { villages, townships } = people
  const metres = new RoadMetres(draft)
  const counts = new Map<Rank, number>()
  const number = (rank: Rank, village: Text): number => {
    const no = (counts.get(rank) ?? 0) + 1
    counts.set(rank, no)
    const ref =
      rank === RANK.track ? '' : `${rank === RANK.township ? 'Y' : 'C'}${String(no).padStart(3, '0')}`
    return draft.roads.push({ rank, name: roadTo(village), ref }) - 1
  }
  for (const [t, { id }] of townships.entries()) {
    yield (0.5 * t) / townships.length
    const seat = settled.seats[t].middle
    const known = metres.from(seat, Infinity)
    const mine = villages
      .map(({ people: count, township, kind, name }, i) => ({
        count,
        township,
        kind,
        name,
        ...settled.villages[i],
      }))
      .filter(({ township, kind }) => township === id && kind === 'village')
      .flatMap(({ count, parts, middle, name }) =>
        parts.flatMap((part, i) => {
          if (i > 0 && part.length < 3) return []
          const from = i === 0 ? middle : part[0]
          return [{ from, name, count: i === 0 ? count : 0, straight: draft.apartM(from, seat) }]
        }),
      )
      .sort((a, b) => a.straight - b.straight || a.from - b.from)
    for (const { from, name, count } of mine) {
      const goal: Goal = {
        rest: place => {
          const along = known.get(place)
          return along === undefined ? Infinity : ALONG * along
        },
        toward: seat,
        pull: ALONG,
      }
      const wishes = [
        ...(count > 1100 ? [wish(RANK.township)] : []),
        wish(RANK.village),
        wish(RANK.track),
        wish(RANK.track, 40_000, ROUGH),
        wish(RANK.path),
      ]
      for (const one of wishes) {
        const { rank } = one
        const legs = search.find(from, goal, one)
        if (!legs) continue
        if (legs.some(leg => leg.edge < 0)) lay(draft, legs, rank, number(rank, name))
        carryOn(draft, legs, known, from)
        break
      }
    }
  }
}

const roadTo = ({ zh, en }: Text): Text => ({
  zh: `${zh.replace(/村$/, '')}路`,
  en: `${en.replace(/ Village$/, '')} Road`,
})

/** Metres to the seat for what a new road has joined. */
function carryOn(draft: Draft, legs: readonly Leg[], known: Map<number, number>, from: number): void {
  let along = legs.length > 0 ? known.get(legs[legs.length - 1].to)! : 0
  for (const leg of legs.toReversed()) {
    along += draft.apartM(leg.from, leg.to)
    known.set(leg.from, along)
  }
  const open = [from]
  for (let n = 0; n < open.length; n++) {
    for (const edge of draft.at(open[n])) {
      const next = draft.other(edge, open[n])
      const sum = known.get(open[n])! + draft.edges[edge].lengthM
      if (sum >= (known.get(next) ?? Infinity) || draft.edges[edge].rank === RANK.motorway) continue
      known.set(next, sum)
      open.push(next)
    }
  }
}

/** Roads between villages that no third one lies between, where the way round is too long. */
function* shortenDetours({ draft, search, wish }: Kit, { villages }: Settled): Work<void> {
  const middles = [...new Set(villages.map(village => village.middle))]
  const metres = new RoadMetres(draft)
  const pairs = neighbours(draft, middles)
  for (const [i, { a, b, straight }] of pairs.entries()) {
    if (i % 8 === 0) yield 0.5 + (0.25 * i) / pairs.length
    const dearest = straight * DETOUR.dearest
    const before = metres.between(a, b, dearest)
    if (before < straight * DETOUR.most) continue
    for (const rank of [RANK.village, RANK.track]) {
      // Roads that are there count in full: at their usual third the way round would be the cheapest again.
      const legs = search.way(a, b, { ...wish(rank, dearest, OVER_PASSES), reuse: 1, widen: 1 }, 1)
      const after = legs?.reduce((sum, leg) => sum + draft.apartM(leg.from, leg.to), 0) ?? Infinity
      if (!legs || after > before * (1 - DETOUR.saves)) continue
      lay(draft, legs, rank, -1)
      break
    }
  }
}

/** Pairs no other place is nearer to both of (the relative neighbourhood graph), nearest first. */
function neighbours(draft: Draft, places: number[]): { a: number; b: number; straight: number }[] {
  const out: { a: number; b: number; straight: number }[] = []
  for (const [i, a] of places.entries()) {
    for (const b of places.slice(i + 1)) {
      const straight = draft.apartM(a, b)
      if (straight > 9000) continue
      const between = places.some(
        c => c !== a && c !== b && draft.apartM(a, c) < straight && draft.apartM(b, c) < straight,
      )
      if (!between) out.push({ a, b, straight })
    }
  }
  return out.sort((p, q) => p.straight - q.straight || p.a - q.a || p.b - q.b)
}

function* toHamlets({ draft, search, wish }: Kit, random: Random, settled: Settled): Work<void> {
  const joined = joinedTo(draft, settled.city.middle)
  const rest = (place: number): number => (joined[place] === 1 ? 0 : Infinity)
  for (const [i, node] of settled.hamlets.entries()) {
    if (i % 8 === 0) yield 0.75 + (0.25 * i) / settled.hamlets.length
    const chance = random.next()
    if (joined[node]) continue
    const first = chance < 0.45 ? RANK.village : RANK.track
    const ranks = chance < 0.04 ? [RANK.path] : [first, RANK.track, RANK.path]
    for (const rank of ranks) {
      const legs = search.find(node, { rest, toward: node, pull: 0 }, wish(rank, 12_000))
      if (!legs) continue
      lay(draft, legs, rank, -1)
      if (rank !== RANK.path) for (const { from } of legs) joined[from] = 1
      break
    }
  }
}
