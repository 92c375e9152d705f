import type {
  DispatchAnswer,
  IsochronesAnswer,
  OutsidePlace,
  RouteAnswer,
} from '../../server/contract/api.ts'
import type { ClosureShape } from '../../server/contract/closure.ts'
import type { Settlement, Team } from '../../server/contract/entities.ts'
import type { LonLat } from '../../server/contract/geo.ts'
import type { ProfileName } from '../../server/contract/settings.ts'
import type { ClosedRoads, NearestRoad, Reckoned, RoomClosure } from '../../server/algo/engine.ts'
import type { Trouble } from '../trouble.ts'

/** What travels between the page and the worker that computes. Plain data only. */

export type { ClosedRoads, NearestRoad, RoomClosure }

export interface LoadInput {
  room: string
  graph: ArrayBuffer
  settlements: Settlement[]
  teams: Team[]
}
export interface PointQuestion {
  at: LonLat
  profile: ProfileName
  minutes: number[]
  /** Whose way is wanted; null = the first to arrive. */
  team: string | null
  nowIso: string
}
export interface PointAnswer {
  at: LonLat
  dispatch: DispatchAnswer
  circles: IsochronesAnswer
  /** The way of the team asked for, or of the first to arrive; null when it cannot come. */
  way: { id: string; route: RouteAnswer } | null
  /** What lay outside with every road open; null while nothing is closed. */
  outsideBefore: OutsidePlace[] | null
  tookMs: number
}
export interface CoverageQuestion {
  profile: ProfileName
  minutes: number[]
}
export interface CoverageAnswer {
  circles: IsochronesAnswer
  outsideBefore: OutsidePlace[] | null
  tookMs: number
}
/** The calls that the worker answers. */
export interface Calls {
  load(input: LoadInput): { nodes: number; arcs: number }
  setClosures(closures: RoomClosure[]): ClosedRoads
  setReckoned(reckoned: Reckoned): null
  point(q: PointQuestion): PointAnswer
  coverage(q: CoverageQuestion): CoverageAnswer
  nearestRoad(q: { at: LonLat; maxM: number }): NearestRoad | null
  checkClosure(feature: ClosureShape): { edges: number }
}
export type CallName = keyof Calls
export type Input<N extends CallName> = Parameters<Calls[N]>[0]
export type Output<N extends CallName> = ReturnType<Calls[N]>

export interface Request<N extends CallName = CallName> {
  id: number
  name: N
  input: Input<N>
}
export type Reply = { id: number; ok: true; value: unknown } | { id: number; ok: false; trouble: Trouble }
