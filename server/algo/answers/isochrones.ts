import { area } from '@turf/turf'
import type { Band, IsochronesAnswer, IsochronesRequest, OutsidePlace } from '../../contract/api.ts'
import type { Settlement } from '../../contract/entities.ts'
import { bandPolygons } from '../circles/bands.ts'
import type { County } from '../county.ts'
import type { Question } from '../questions.ts'
import { INF } from '../roads/graph.ts'
import { arrive, leave } from '../search/snap.ts'
import { RoadTimes } from '../search/times.ts'
import type { Weights } from '../search/weights.ts'
import { doubleCover } from './doublecover.ts'
import { originsOf, type Origin } from './origins.ts'
import { countPeople } from './people.ts'

/** A settlement with its time, walk included; INF when no way leads there. */
interface Timed {
  place: Settlement
  ms: number
}

/** Circles, what is in them, and every settlement outside the widest with the reason. Largest band first. */
export function isochrones(county: County, q: Question<IsochronesRequest>): IsochronesAnswer {
  const room = county.rooms.get(q.room)
  const weights = room.weights(q.profile)
  const origins = originsOf(county, weights, q)
  const limitsMs = [...new Set(q.minutes)].sort((a, b) => a - b).map(minutes => Math.round(minutes * 60_000))
  const widest = limitsMs.at(-1)!

  const near = searchFrom(county, weights, q, origins, widest)
  const polygons = bandPolygons({
    graph: county.graph,
    lattice: county.lattice(weights),
    times: near,
    dist: county.search.dist,
    reached: county.search.reached,
    limitsMs,
    starts: origins.map(o => ({ at: o.at, edge: o.snap.edge, delayMs: o.turnoutMs })),
  })
  let timed = timesOf(county, weights, near)
  if (timed.some(t => t.ms > widest)) {
    timed = timesOf(county, weights, searchFrom(county, weights, q, origins, INF - 1))
  }
  const unreached = timed.filter(t => t.ms >= INF)
  const whenOpen =
    unreached.length > 0 && room.closures.size > 0
      ? room.withAllOpen(() => timesOf(county, weights, searchFrom(county, weights, q, origins, INF - 1)))
      : timed
  const reachable = new Set(whenOpen.filter(t => t.ms < INF).map(t => t.place.id))

  return {
    type: 'FeatureCollection',
    features: limitsMs.map((limit, i) => band(limit, polygons[i]!, timed)).reverse(),
    outside: timed
      .filter(t => t.ms > widest)
      .map(t => outsidePlace(t, reachable.has(t.place.id), county.placeOf(weights, t.place) !== null)),
    ...(origins.length > 1 && q.direction === 'from'
      ? { doubleCover: doubleCover(county, weights, origins, widest) }
      : {}),
  }
}

function searchFrom(
  county: County,
  weights: Weights,
  q: Question<IsochronesRequest>,
  origins: Origin[],
  limitMs: number,
): RoadTimes {
  const { graph, search } = county
  const backward = q.direction === 'to'
  const seeds = origins.flatMap(o => (backward ? arrive : leave)(graph, weights, o.snap, o.delayMs))
  search.run(weights, backward, seeds, limitMs)
  return new RoadTimes(graph, weights, search.dist, backward, origins)
}

function timesOf(county: County, weights: Weights, times: RoadTimes): Timed[] {
  return county.settlements.map(place => {
    const onRoad = county.placeOf(weights, place)
    const road = onRoad ? times.at(onRoad.snap) : INF
    return { place, ms: road < INF ? road + onRoad!.accessMs : INF }
  })
}

function band(limitMs: number, coordinates: number[][][][], timed: Timed[]): Band {
  const within = timed.filter(t => t.ms <= limitMs).map(t => t.place)
  const geometry = { type: 'MultiPolygon' as const, coordinates }
  return {
    type: 'Feature',
    geometry,
    properties: {
      minutes: limitMs / 60_000,
      areaM2: Math.round(area(geometry)),
      people: countPeople(within),
      places: within.length,
    },
  }
}

function outsidePlace({ place, ms }: Timed, roadWhenOpen: boolean, nearRoad: boolean): OutsidePlace {
  const reason = ms < INF ? 'beyond' : !nearRoad ? 'off_network' : roadWhenOpen ? 'cut_off' : 'no_road'
  return {
    id: place.id,
    name: place.name,
    people: place.people,
    durationMs: ms < INF ? ms : null,
    reason,
  }
}
