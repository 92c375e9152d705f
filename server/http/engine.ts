import type { Bbox } from '../contract/geo.ts'
import type { Settlement, Team } from '../contract/entities.ts'
import type { Failure } from '../contract/failure.ts'
import type { Engine, Reckoned, RoomClosure } from '../algo/engine.ts'

export type { Engine, Reckoned, RoomClosure }

/** What the computing threads may be asked. */
export type EngineMethod =
  'checkClosure' | 'closedRoads' | 'nearestRoad' | 'matrix' | 'route' | 'isochrones' | 'dispatch' | 'routes'

/** A county as the computing threads get it; the graph's bytes are shared between them. */
export interface EngineCounty {
  id: string
  graph: SharedArrayBuffer
  settlements: Settlement[]
  teams: Team[]
  bbox: Bbox
}

export interface GraphSize {
  nodes: number
  arcs: number
}

export type ToWorker =
  | {
      type: 'load'
      county: EngineCounty
      version: number
      closures: [room: string, closures: RoomClosure[]][]
      reckoned: [room: string, reckoned: Reckoned][]
    }
  | { type: 'drop'; county: string }
  | { type: 'closures'; county: string; room: string; closures: RoomClosure[] }
  | { type: 'reckoned'; county: string; room: string; reckoned: Reckoned }
  | { type: 'call'; id: number; county: string; method: EngineMethod; args: unknown[] }

export type FromWorker =
  | { type: 'loaded'; county: string; version: number; size: GraphSize }
  | { type: 'notLoaded'; county: string; version: number; failure: Failure }
  | { type: 'answer'; id: number; json: Uint8Array }
  | { type: 'failed'; id: number; failure: Failure }
