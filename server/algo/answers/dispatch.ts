import type {
  DispatchAnswer,
  DispatchRequest,
  RankedTeam,
  RouteAnswer,
  UnreachableTeam,
} from '../../contract/api.ts'
import type { Team } from '../../contract/entities.ts'
import type { County } from '../county.ts'
import type { Question, WaysQuestion } from '../questions.ts'
import { INF } from '../roads/graph.ts'
import { cutting } from '../search/closing.ts'
import { lengthM, pathTo, type Stretch } from '../search/path.ts'
import { roundM, type OnRoad } from '../search/points.ts'
import { arrive } from '../search/snap.ts'
import { RoadTimes } from '../search/times.ts'
import type { Weights } from '../search/weights.ts'
import { routeAnswer } from './route.ts'

/** The way of one team to a point; null when it cannot come. */
export interface TeamWay {
  id: string
  way: RouteAnswer | null
}

interface Reach {
  team: Team
  place: OnRoad | null
  driveMs: number
}

/**
 * Teams by their time of arrival: turnout + drive + the walk at both ends.
 * @param nowIso the room's clock when asked; arrivals are told on it
 */
export function dispatch(county: County, q: Question<DispatchRequest>, nowIso: string): DispatchAnswer {
  const room = county.rooms.get(q.room)
  const weights = room.weights(q.profile)
  const point = county.pointOf(weights, q.at, 'at', q.leading)
  const reach = reachOf(county, weights, point)
  const now = Date.parse(nowIso)
  const teams = reach
    .filter(r => r.driveMs < INF)
    .map(r => ({ r, ...etaOf(county, r, point) }))
    .sort((a, b) => a.etaMs - b.etaMs || (a.r.team.id < b.r.team.id ? -1 : 1))
    .slice(0, q.count)
    .map(({ r, turnoutMs, accessMs, etaMs }): RankedTeam => {
      const [low, high] = county.settings.etaRange.value
      const path = wayOf(county, weights, r.place!, point)
      return {
        ...named(r.team),
        turnoutMs,
        driveMs: r.driveMs,
        accessMs,
        etaMs,
        etaRangeMs: [Math.round(etaMs * low), Math.round(etaMs * high)],
        lengthM: path ? roundM(lengthM(county.graph, path)) : 0,
        arrivesAt: new Date(now + etaMs).toISOString(),
      }
    })
  const missing = reach.filter(r => r.driveMs >= INF)
  const cutBy = new Map(room.closures)
  const unreachable =
    missing.length === 0 ? [] : room.withAllOpen(() => whyNot(county, weights, point, missing, cutBy))
  const { pocketM } = point
  return { at: q.at, snappedM: roundM(point.snap.distanceM), pocketM, asOf: nowIso, teams, unreachable }
}

/** The ways of some teams to a point, from one search. */
export function ways(county: County, q: WaysQuestion): TeamWay[] {
  const weights = county.rooms.get(q.room).weights(q.profile)
  const point = county.pointOf(weights, q.at, 'at', q.leading)
  searchTo(county, weights, point)
  return q.teamIds.map(id => {
    const team = county.teams.find(t => t.id === id)
    const place = team ? county.placeOf(weights, team) : null
    const path = place && wayOf(county, weights, place, point)
    return { id, way: path && place ? routeAnswer(county, path, place, point) : null }
  })
}

function searchTo(county: County, weights: Weights, point: OnRoad): RoadTimes {
  const { graph, search } = county
  search.run(weights, true, arrive(graph, weights, point.snap), INF - 1)
  return new RoadTimes(graph, weights, search.dist, true, [{ snap: point.snap, delayMs: 0 }])
}

function reachOf(county: County, weights: Weights, point: OnRoad): Reach[] {
  const times = searchTo(county, weights, point)
  return county.teams.map(team => {
    const place = county.placeOf(weights, team)
    return { team, place, driveMs: place ? times.at(place.snap) : INF }
  })
}

function etaOf(county: County, { team, place, driveMs }: Reach, point: OnRoad) {
  const turnoutMs = county.turnoutMs(team)
  const accessMs = place!.accessMs + point.accessMs
  return { turnoutMs, accessMs, etaMs: turnoutMs + driveMs + accessMs }
}

const wayOf = (county: County, weights: Weights, place: OnRoad, point: OnRoad): Stretch[] | null =>
  pathTo(county.graph, weights, county.search.dist, place.snap, point.snap)

function whyNot(
  county: County,
  weights: Weights,
  point: OnRoad,
  missing: Reach[],
  closures: ReadonlyMap<string, Uint32Array>,
): UnreachableTeam[] {
  const open = reachOf(county, weights, point)
  const ids = new Set(missing.map(r => r.team.id))
  return open
    .filter(r => ids.has(r.team.id))
    .map(({ team, place, driveMs }): UnreachableTeam => {
      if (!place) return { ...named(team), reason: 'off_network', closures: [] }
      if (driveMs >= INF) return { ...named(team), reason: 'no_road', closures: [] }
      const way = wayOf(county, weights, place, point) ?? []
      return { ...named(team), reason: 'cut_off', closures: cutting(closures, way) }
    })
}

const named = ({ id, name, kind }: Team): Pick<Team, 'id' | 'name' | 'kind'> => ({ id, name, kind })
