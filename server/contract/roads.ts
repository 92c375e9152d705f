/**
 * Roads as the importer hands them to the graph builder: plain data, tags already read.
 * OSM is one way in; a register of road lines is another.
 */

/** Bits of `RoadWay.flags`, stored per edge in `roads.graph`. */
export const ROAD_FLAGS = {
  bridge: 1,
  tunnel: 2,
  roundabout: 4,
  ford: 8,
  /** Motor vehicles may not use it (access, motor_vehicle=no …). */
  noMotor: 16,
  /** Nobody may walk on it. */
  noFoot: 32,
  /** Motor vehicles only in the direction of the way's nodes. */
  oneway: 64,
  /** Motor vehicles only against the direction of the way's nodes (oneway=-1). */
  onewayBack: 128,
} as const

export interface RoadWay {
  /** OSM way id. */
  id: number
  /** Ids of its nodes in order; an id that `RoadNetwork.nodeIds` lacks breaks the way there. */
  nodes: ArrayLike<number>
  /** Index into ROAD_CLASSES. */
  cls: number
  flags: number
  name: string
  ref: string
  /** km/h, 0 = not signed. */
  maxspeedFwd: number
  maxspeedBack: number
  /** 0 = not signed. */
  maxweightT: number
  maxheightM: number
  maxwidthM: number
}

/** `no_*` forbids the path from → via → to; `only_*` forbids every other way out of via. For motor vehicles. */
export interface TurnRestriction {
  id: number
  kind: 'no' | 'only'
  fromWay: number
  /** One node, or one or more ways driven through in order. */
  viaNode: number | null
  viaWays: number[]
  toWay: number
}

/** A point that stops motor vehicles (bollard, locked gate …); walkers pass. */
export interface RoadBarrier {
  node: number
}

export interface RoadNetwork {
  /** Sorted ascending. */
  nodeIds: Float64Array
  /** 1e-7 degrees, one per node id. */
  lonE7: Int32Array
  latE7: Int32Array
  ways: RoadWay[]
  restrictions: TurnRestriction[]
  barriers: RoadBarrier[]
}
