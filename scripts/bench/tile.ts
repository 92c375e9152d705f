import { ROAD_FLAGS, type RoadNetwork, type RoadWay } from '../../server/contract/roads.ts'
import { ROAD_CLASSES } from '../../server/contract/settings.ts'

const MAIN = ROAD_CLASSES.indexOf('provincial')

/**
 * `side` × `side` copies of a network's drivable roads side by side, neighbours joined by a straight main road
 * between the main-road nodes nearest to the shared border: one large connected county for measuring.
 */
export function tile(network: RoadNetwork, side: number): RoadNetwork {
  const ways = network.ways.filter(way => (way.flags & ROAD_FLAGS.noMotor) === 0)
  const n = network.nodeIds.length
  const [west, east, south, north] = [...extent(network.lonE7), ...extent(network.latE7)]
  const [dx, dy] = [Math.round((east - west) * 1.01), Math.round((north - south) * 1.01)]
  const border = borderNodes(network, ways)
  const indexOf = new Map(Array.from(network.nodeIds, (id, i) => [id, i]))
  const refs = ways.map(way => Array.from(way.nodes, id => indexOf.get(id) ?? -1))
  const copies = side * side
  const nodeIds = Float64Array.from({ length: n * copies }, (_, i) => i)
  const lonE7 = new Int32Array(n * copies)
  const latE7 = new Int32Array(n * copies)
  const result: RoadNetwork = { nodeIds, lonE7, latE7, ways: [], restrictions: [], barriers: [] }
  for (let copy = 0; copy < copies; copy++) {
    const [column, row] = [copy % side, Math.floor(copy / side)]
    const first = copy * n
    for (let i = 0; i < n; i++) {
      lonE7[first + i] = network.lonE7[i]! + column * dx
      latE7[first + i] = network.latE7[i]! + row * dy
    }
    const wayId = (id: number): number => copy * 2e9 + id
    ways.forEach((way, w) => {
      result.ways.push({ ...way, id: wayId(way.id), nodes: refs[w]!.map(i => (i < 0 ? -1 : first + i)) })
    })
    for (const r of network.restrictions) {
      const viaNode = r.viaNode === null ? null : first + (indexOf.get(r.viaNode) ?? -1e9)
      const { fromWay, toWay, viaWays } = r
      result.restrictions.push({
        ...r,
        fromWay: wayId(fromWay),
        toWay: wayId(toWay),
        viaWays: viaWays.map(wayId),
        viaNode,
      })
    }
    for (const { node } of network.barriers)
      result.barriers.push({ node: first + (indexOf.get(node) ?? -1e9) })
    if (column > 0) result.ways.push(link(copy, 1, first - n + border.east, first + border.west))
    if (row > 0) result.ways.push(link(copy, 2, first - n * side + border.north, first + border.south))
  }
  return result
}

function link(copy: number, which: number, a: number, b: number): RoadWay {
  const none = { maxspeedFwd: 0, maxspeedBack: 0, maxweightT: 0, maxheightM: 0, maxwidthM: 0 }
  return { id: -(copy * 2 + which), nodes: [a, b], cls: MAIN, flags: 0, name: '', ref: '', ...none }
}

function extent(values: Int32Array): [number, number] {
  let [lo, hi] = [Infinity, -Infinity]
  for (const v of values) {
    lo = Math.min(lo, v)
    hi = Math.max(hi, v)
  }
  return [lo, hi]
}

/** Index of the main-road node nearest to each border. */
function borderNodes(network: RoadNetwork, ways: RoadWay[]) {
  const indexOf = new Map(Array.from(network.nodeIds, (id, i) => [id, i]))
  const main = ways
    .filter(way => way.cls <= MAIN)
    .flatMap(way => [way.nodes[0]!, way.nodes[way.nodes.length - 1]!])
    .map(id => indexOf.get(id))
    .filter(i => i !== undefined)
  const best = (key: (i: number) => number): number => main.reduce((a, b) => (key(b) > key(a) ? b : a))
  return {
    east: best(i => network.lonE7[i]!),
    west: best(i => -network.lonE7[i]!),
    north: best(i => network.latE7[i]!),
    south: best(i => -network.latE7[i]!),
  }
}
