import { ROAD_FLAGS, type RoadNetwork } from '../../contract/roads.ts'
import type { Piece } from './junctions.ts'

/** One direction of one piece, between nodes: junctions first, then copies of junctions. */
export interface Arc {
  tail: number
  head: number
  /** Index into the pieces; NONE on a walker's link from a copy to its junction. */
  edge: number
  /** 1 when against the piece's points. */
  back: 0 | 1
  motor: boolean
  foot: boolean
}

/** Both directions of every piece, where anyone may use them. */
export function arcsOf(network: RoadNetwork, pieces: Piece[]): Arc[] {
  const arcs: Arc[] = []
  pieces.forEach(({ way, tail, head }, edge) => {
    const { flags } = network.ways[way]!
    const foot = (flags & ROAD_FLAGS.noFoot) === 0
    const motor = (flags & ROAD_FLAGS.noMotor) === 0
    const fwd = motor && (flags & ROAD_FLAGS.onewayBack) === 0
    const back = motor && (flags & ROAD_FLAGS.oneway) === 0
    if (fwd || foot) arcs.push({ tail, head, edge, back: 0, motor: fwd, foot })
    if (back || foot) arcs.push({ tail: head, head: tail, edge, back: 1, motor: back, foot })
  })
  return arcs
}
