import type { Brief, People } from '../county.ts'
import type { Work } from '../../work.ts'
import { Random } from '../random.ts'
import { RANK, type Rank } from './classes.ts'
import type { Draft } from './draft.ts'
import { lay, RoadMetres } from './lay.ts'
import { builderOf, Moves } from './moves.ts'
import { Search } from './search.ts'
import { exitsOf, gap, type Exit } from './exits.ts'
import type { Settled } from './settle.ts'

/** New roads count their full cost, roads that are there a third, roads to be widened a bit more. */
const REUSE = 0.33
const WIDEN = 0.45

/**
 * The numbered roads: national ones through the county town from border to border, provincial ones to the
 * neighbours, county roads that join every town to the county town and to its neighbours.
 */
export function* layTrunk(
  brief: Brief,
  people: People,
  draft: Draft,
  held: Uint8Array,
  settled: Settled,
): Work<void> {
  const random = new Random(brief.seed, 'road numbers')
  const { land } = draft.ground
  const search = new Search(draft)
  const moves = new Map<Rank, Moves>()
  const movesOf = (rank: Rank): Moves => {
    let known = moves.get(rank)
    if (!known)
      moves.set(rank, (known = new Moves(land, draft.lattice, held, builderOf(rank, { outside: 1 }))))
    return known
  }
  const wish = (rank: Rank, limit = 1e9) => ({
    rank,
    moves: movesOf(rank),
    reuse: REUSE,
    widen: WIDEN,
    limit,
  })
  const connect = (rank: Rank, road: number, from: number, to: number): boolean => {
    const legs = search.way(from, to, wish(rank))
    if (legs) lay(draft, legs, rank, road)
    return legs !== null
  }
  const city = settled.city.middle
  yield 0.02
  const exits = exitsOf(draft, search, city, wish(RANK.provincial))
  const roads: { rank: Rank; ends: Exit[] }[] = []
  const rest = [...exits]
  for (const rank of [RANK.national, RANK.national]) {
    const first = rest.shift()
    if (!first) break
    const across = rest.findIndex(exit => gap(exit.sector, first.sector) >= 3)
    roads.push({ rank, ends: across < 0 ? [first] : [first, ...rest.splice(across, 1)] })
  }
  for (const exit of rest.slice(0, 3)) roads.push({ rank: RANK.provincial, ends: [exit] })
  for (const [i, { rank, ends }] of roads.entries()) {
    const ref = rank === RANK.national ? `G${990 + i}` : `S${910 + 3 * (i - 1) + random.whole(0, 2)}`
    const road = draft.roads.push({ rank, name: null, ref }) - 1
    for (const { place } of ends) {
      connect(rank, road, city, place)
      yield 0.2 + (0.4 * i) / roads.length
    }
  }
  yield* layCountyRoads(people, draft, settled, connect)
}

function* layCountyRoads(
  people: People,
  draft: Draft,
  { city, seats }: Settled,
  connect: (rank: Rank, road: number, from: number, to: number) => boolean,
): Work<void> {
  const towns = people.townships.flatMap(({ kind }, i) => (kind === 'town' ? [seats[i].middle] : []))
  let no = 0
  const numbered = (): number =>
    draft.roads.push({ rank: RANK.county, name: null, ref: `X${String(++no).padStart(3, '0')}` }) - 1
  const byDistance = [...towns].sort(
    (a, b) => draft.apartM(a, city.middle) - draft.apartM(b, city.middle) || a - b,
  )
  for (const [i, town] of byDistance.entries()) {
    yield 0.6 + (0.2 * i) / byDistance.length
    // Up a gorge too steep for a county road, a lesser one will do.
    for (const rank of [RANK.county, RANK.township, RANK.village, RANK.track]) {
      if (connect(rank, rank === RANK.county ? numbered() : -1, town, city.middle)) break
    }
  }
  const metres = new RoadMetres(draft)
  const pairs = towns
    .flatMap((a, i) => towns.slice(i + 1).map(b => ({ a, b, straight: draft.apartM(a, b) })))
    .sort((p, q) => p.straight - q.straight || p.a - q.a || p.b - q.b)
  for (const { a, b, straight } of pairs.slice(0, towns.length * 2)) {
    yield 0.8
    if (metres.between(a, b, straight * 1.75) === Infinity) connect(RANK.county, numbered(), a, b)
  }
}
