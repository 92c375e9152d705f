import { ROAD_FLAGS, type RoadNetwork } from '../contract/roads.ts'
import { indexOf, type Piece } from './junctions.ts'

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

/**
 * Both directions of every piece, where anyone may use them. At a barrier each piece's motor arcs end in a side
 * node of their own, a copy that nothing connects to the other sides; walkers go through.
 * @returns the arcs, and for each copy (numbered after the junctions) its junction.
 */
export function arcsOf(
  network: RoadNetwork,
  pieces: Piece[],
  junctions: number[],
): { arcs: Arc[]; copyOf: number[] } {
  const stops = barrierJunctions(network, junctions)
  const arcs: Arc[] = []
  const copyOf: number[] = []
  const side = (junction: number): number =>
    stops.has(junction) ? junctions.length + copyOf.push(junction) - 1 : junction
  pieces.forEach(({ way, tail, head }, edge) => {
    const { flags } = network.ways[way]!
    const foot = (flags & ROAD_FLAGS.noFoot) === 0
    const motor = (flags & ROAD_FLAGS.noMotor) === 0
    const [motorTail, motorHead] = motor ? [side(tail), side(head)] : [tail, head]
    const split = motorTail !== tail || motorHead !== head
    const add = (from: number, to: number, back: 0 | 1, drives: boolean, walks: boolean): void => {
      if (drives || walks) arcs.push({ tail: from, head: to, edge, back, motor: drives, foot: walks })
    }
    const fwd = motor && (flags & ROAD_FLAGS.onewayBack) === 0
    const back = motor && (flags & ROAD_FLAGS.oneway) === 0
    add(motorTail, motorHead, 0, fwd, foot && !split)
    add(motorHead, motorTail, 1, back, foot && !split)
    if (split) {
      add(tail, head, 0, false, foot)
      add(head, tail, 1, false, foot)
    }
  })
  return { arcs, copyOf }
}

function barrierJunctions(network: RoadNetwork, junctions: number[]): Set<number> {
  if (network.barriers.length === 0) return new Set()
  const nodes = new Set(network.barriers.map(({ node }) => indexOf(network.nodeIds, node)))
  return new Set([...junctions.keys()].filter(j => nodes.has(junctions[j]!)))
}
