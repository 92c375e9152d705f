import type { RouteAnswer, RouteRequest } from '../../contract/api.ts'
import type { County } from '../county.ts'
import type { Question } from '../questions.ts'
import { INF } from '../roads/graph.ts'
import { cutting } from '../search/closing.ts'
import { lengthM, line, pathTo, roadParts, type Stretch } from '../search/path.ts'
import { mustBeOnRoad, roundM, type OnRoad } from '../search/points.ts'
import { arrive, leave } from '../search/snap.ts'
import type { Weights } from '../search/weights.ts'
import { cutOff, noRoad } from './refusals.ts'

/**
 * The quickest way by road.
 * @throws Refusal 409 `cut_off` naming the closures in its way, 422 `no_road` when there never was one.
 */
export function route(county: County, q: Question<RouteRequest>): RouteAnswer {
  const room = county.rooms.get(q.room)
  const weights = room.weights(q.profile)
  const from = mustBeOnRoad(county.graph, weights, county.settings, q.from, 'from')
  const to = mustBeOnRoad(county.graph, weights, county.settings, q.to, 'to')
  const path = findPath(county, weights, from, to)
  if (path) return routeAnswer(county, path, from, to)
  const open = room.withAllOpen(() => findPath(county, weights, from, to))
  throw open ? cutOff(cutting(room.closures, open)) : noRoad()
}

function findPath(county: County, weights: Weights, from: OnRoad, to: OnRoad): Stretch[] | null {
  const { graph, search } = county
  const targets = Uint32Array.from(leave(graph, weights, from.snap), seed => seed.node)
  search.run(weights, true, arrive(graph, weights, to.snap), INF - 1, targets)
  return pathTo(graph, weights, search.dist, from.snap, to.snap)
}

export function routeAnswer(county: County, path: Stretch[], from: OnRoad, to: OnRoad): RouteAnswer {
  const { graph } = county
  return {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: line(graph, path, from.snap) },
    properties: {
      durationMs: path.reduce((sum, part) => sum + part.ms, 0),
      lengthM: lengthM(graph, path),
      accessMs: { from: from.accessMs, to: to.accessMs },
      snappedM: { from: roundM(from.snap.distanceM), to: roundM(to.snap.distanceM) },
      roads: roadParts(graph, path),
    },
  }
}
