import type {
  DispatchAnswer,
  DispatchRequest,
  IsochronesAnswer,
  IsochronesRequest,
  MatrixAnswer,
  MatrixRequest,
  RouteAnswer,
  RouteRequest,
} from '../contract/api.ts'
import type { ClosureShape } from '../contract/closure.ts'
import type { Settlement, Team } from '../contract/entities.ts'
import type { LonLat } from '../contract/geo.ts'
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts'
import { closedRoads, nearestRoad, placeOfEdge, type ClosedRoads, type NearestRoad } from './answers/atlas.ts'
import { dispatch, ways, type TeamWay } from './answers/dispatch.ts'
import { isochrones } from './answers/isochrones.ts'
import { matrix } from './answers/matrix.ts'
import { mustShut } from './answers/refusals.ts'
import { route } from './answers/route.ts'
import { County, type Reckoned } from './county.ts'
import type { Question, WaysQuestion } from './questions.ts'
import { openGraph } from './roads/graph.ts'
import { withRequestClosures, type PlacedClosure, type RoomClosure } from './search/closing.ts'
import { edgesOf } from './search/closures.ts'

export type { PlacedClosure, RoomClosure } from './search/closing.ts'
export type { Reckoned } from './county.ts'
export type { ClosedRoads, NearestRoad } from './answers/atlas.ts'
export type { Question, WaysQuestion }
export type { TeamWay } from './answers/dispatch.ts'

export interface EngineInput {
  /** The bytes of `roads.graph`, plain or shared. */
  graph: ArrayBufferLike
  settlements: Settlement[]
  teams: Team[]
  settings?: Settings
}

/**
 * One county's roads with everything that is computed on them. Synchronous and without I/O: it runs in a
 * worker of the server and in one of the browser. Every method refuses with a `Refusal`.
 */
export interface Engine {
  readonly nodes: number
  readonly arcs: number
  /** Puts exactly these closures in force in a room; what stayed the same is not touched. */
  setClosures(room: string, closures: RoomClosure[]): PlacedClosure[]
  /** The teams and settlements of a room, where its registers say otherwise than the import. */
  setReckoned(room: string, reckoned: Reckoned): void
  /**
   * How many edges a closure would shut, and, where it names one by its number, a place on that one: numbers
   * live for one import. Refuses one that is broken, shuts none, or names an edge beside another shape.
   */
  checkClosure(feature: ClosureShape): { edges: number; at?: LonLat }
  closedRoads(room: string): ClosedRoads
  nearestRoad(at: LonLat, maxM: number): NearestRoad | null
  matrix(q: Question<MatrixRequest>): MatrixAnswer
  route(q: Question<RouteRequest>): RouteAnswer
  isochrones(q: Question<IsochronesRequest>): IsochronesAnswer
  dispatch(q: Question<DispatchRequest>, nowIso: string): DispatchAnswer
  routes(q: WaysQuestion): TeamWay[]
}

export function createEngine(input: EngineInput): Engine {
  const graph = openGraph(input.graph)
  const county = new County(graph, input.settlements, input.teams, input.settings ?? DEFAULT_SETTINGS)
  const inRoom = <Q extends { room: string; closures?: ClosureShape[] }, A>(q: Q, compute: () => A): A => {
    county.enter(q.room)
    return withRequestClosures(graph, county.rooms.get(q.room), q.closures, compute)
  }
  return {
    nodes: graph.nodes,
    arcs: graph.arcs,
    setClosures: (room, closures) => county.setClosures(room, closures),
    setReckoned: (room, reckoned) => county.setReckoned(room, reckoned),
    checkClosure: feature => ({ ...mustShut(edgesOf(graph, feature)), ...placeOfEdge(county, feature) }),
    closedRoads: room => closedRoads(county, room),
    nearestRoad: (at, maxM) => nearestRoad(county, at, maxM),
    matrix: q => inRoom(q, () => matrix(county, q)),
    route: q => inRoom(q, () => route(county, q)),
    isochrones: q => inRoom(q, () => isochrones(county, q)),
    dispatch: (q, nowIso) => inRoom(q, () => dispatch(county, q, nowIso)),
    routes: q => inRoom(q, () => ways(county, q)),
  }
}
