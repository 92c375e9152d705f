import { distanceM } from '../../contract/geo.ts'
import { ROAD_FLAGS, type RoadNetwork, type RoadWay } from '../../contract/roads.ts'
import { indexOf } from './junctions.ts'

/** Vehicles stop this far before a barrier (or at a third of the way to the next node, where that is nearer). */
const STAND_OFF_M = 1

/**
 * The same roads with every barrier made plain: the last metre before it, on every side, is for walkers only.
 * The two sides of a gate are then two places, as they are for a driver, and no point lies on both.
 */
export function standOffBarriers(network: RoadNetwork): RoadNetwork {
  const stops = new Set(network.barriers.map(({ node }) => node))
  if (stops.size === 0) return network
  const ends = new Ends(network)
  const ways = network.ways.flatMap(way =>
    way.flags & ROAD_FLAGS.noMotor ? [way] : partsOf(way, stops, ends),
  )
  return { ...network, ...ends.nodes(), ways, barriers: [] }
}

function partsOf(way: RoadWay, stops: Set<number>, ends: Ends): RoadWay[] {
  const ids = Array.from(way.nodes).filter((id, i, all) => id !== all[i - 1])
  if (!ids.some(id => stops.has(id))) return [way]
  const parts: RoadWay[] = []
  const add = (nodes: number[], flags: number): void => {
    if (nodes.length > 1) parts.push({ ...way, nodes, flags })
  }
  let driven: number[] = []
  ids.forEach((id, i) => {
    if (!stops.has(id)) {
      driven.push(id)
      return
    }
    const before = i > 0 ? ends.between(id, ids[i - 1]!) : null
    const after = i + 1 < ids.length ? ends.between(id, ids[i + 1]!) : null
    add(before === null ? driven : [...driven, before], way.flags)
    add(
      [before, id, after].filter(node => node !== null),
      way.flags | ROAD_FLAGS.noMotor,
    )
    driven = after === null ? [] : [after]
  })
  add(driven, way.flags)
  return parts
}

/** Nodes made up for the ends of the road before barriers; their ids follow the network's own. */
class Ends {
  private readonly lonE7: number[] = []
  private readonly latE7: number[] = []
  private readonly firstId: number

  constructor(private readonly network: RoadNetwork) {
    this.firstId = (network.nodeIds.at(-1) ?? 0) + 1
  }

  /** A new node a metre from `barrier` towards `neighbour`; null where either is not known. */
  between(barrier: number, neighbour: number): number | null {
    const { nodeIds, lonE7, latE7 } = this.network
    const a = indexOf(nodeIds, barrier)
    const b = indexOf(nodeIds, neighbour)
    if (a < 0 || b < 0) return null
    const metres = distanceM([lonE7[a]! / 1e7, latE7[a]! / 1e7], [lonE7[b]! / 1e7, latE7[b]! / 1e7])
    const share = Math.min(1 / 3, STAND_OFF_M / metres)
    this.lonE7.push(Math.round(lonE7[a]! + share * (lonE7[b]! - lonE7[a]!)))
    this.latE7.push(Math.round(latE7[a]! + share * (latE7[b]! - latE7[a]!)))
    return this.firstId + this.lonE7.length - 1
  }

  /** The network's nodes and the new ones. */
  nodes(): Pick<RoadNetwork, 'nodeIds' | 'lonE7' | 'latE7'> {
    const { nodeIds, lonE7, latE7 } = this.network
    return {
      nodeIds: Float64Array.from([...nodeIds, ...this.lonE7.map((_, i) => this.firstId + i)]),
      lonE7: Int32Array.from([...lonE7, ...this.lonE7]),
      latE7: Int32Array.from([...latE7, ...this.latE7]),
    }
  }
}
