import { expect, test } from 'vitest'
import type { RoadNetwork } from '../../contract/roads.ts'
import { DEFAULT_SETTINGS } from '../../contract/settings.ts'
import { networkOf, randomNetwork } from '../random.fixture.ts'
import { Search } from '../search/search.ts'
import { leave, statesOf, type Snap } from '../search/snap.ts'
import { edgeMs, makeWeights, openTimes } from '../search/weights.ts'
import { standOffBarriers } from './barriers.ts'
import { buildGraph } from './build.ts'
import { Driver, type Leg } from './driver.fixture.ts'
import { INF, NONE, openGraph, type Graph } from './graph.ts'

const heavy = DEFAULT_SETTINGS.profiles.value.heavy

/** Every node-to-node and leg-to-node time of the split graph is what a driver reading the signs needs. */
function compare(asTagged: RoadNetwork): { pairs: number; copies: number } {
  const network = apart(standOffBarriers(asTagged))
  const graph = openGraph(buildGraph(network))
  const weights = makeWeights(
    graph,
    openTimes(graph, 'heavy', DEFAULT_SETTINGS),
    false,
    new Uint16Array(graph.edges),
  )
  const driver = new Driver(network, heavy)
  const search = new Search(graph)
  const nodeAt = new Map<string, number>()
  const copies = new Set(graph.copyNode)
  for (let n = 0; n < graph.nodes; n++) if (!copies.has(n)) nodeAt.set(place(graph, n), n)
  const where = (id: number): string => {
    const i = network.nodeIds.indexOf(id)
    return `${network.lonE7[i]},${network.latE7[i]}`
  }
  const edges = new Map(Array.from({ length: graph.edges }, (_, e) => [edgeKey(graph, e), e]))
  let pairs = 0
  const agree = (expected: Map<number, number>, what: string): void => {
    for (const id of network.nodeIds) {
      const node = nodeAt.get(where(id))
      if (node === undefined) continue
      const ms = Math.min(...statesOf(graph, node).map(state => search.dist[state]))
      expect(`${what} → ${id}: ${ms}`).toBe(`${what} → ${id}: ${expected.get(id) ?? INF}`)
      pairs++
    }
  }
  const run = (snap: Snap): void => search.run(weights, false, leave(graph, weights, snap), INF - 1)
  for (const id of network.nodeIds) {
    const node = nodeAt.get(where(id))
    if (node === undefined) continue
    run({ edge: 0, t: 0, node, distanceM: 0, at: [0, 0] })
    agree(driver.times(id), `${id}`)
  }
  for (const leg of driver.legs.filter(l => l.ms < Infinity)) {
    const { edge, back } = edgeOf(edges, leg, where)
    expect(edgeMs(graph, weights.ms, edge, back)).toBe(leg.ms)
    run({ edge, t: 0.25, node: NONE, distanceM: 0, at: [0, 0] })
    const expected = driver.times({ leg, ms: Math.round(leg.ms * (back ? 0.25 : 0.75)) })
    if (leg.against && leg.against.ms < Infinity) {
      const other = driver.times({ leg: leg.against, ms: Math.round(leg.against.ms * (back ? 0.75 : 0.25)) })
      for (const [id, ms] of other) expected.set(id, Math.min(ms, expected.get(id) ?? INF))
    }
    agree(expected, `in ${leg.way} ${leg.nodes}`)
  }
  return { pairs, copies: copies.size }
}

/** No two nodes at one place: below, a node is known by where it lies. */
function apart(network: RoadNetwork): RoadNetwork {
  const seen = new Set<string>()
  const lonE7 = network.lonE7.map((lon, i) => {
    while (seen.has(`${lon},${network.latE7[i]}`)) lon++
    seen.add(`${lon},${network.latE7[i]}`)
    return lon
  })
  return { ...network, lonE7 }
}

const place = (graph: Graph, n: number): string => `${graph.nodeLon[n]},${graph.nodeLat[n]}`

function edgeKey(graph: Graph, edge: number): string {
  const points: string[] = []
  for (let p = graph.edgeFirstPoint[edge]; p < graph.edgeFirstPoint[edge + 1]; p++) {
    points.push(`${graph.pointLon[p]},${graph.pointLat[p]}`)
  }
  return `${graph.edgeWay[edge]}|${points.join(';')}`
}

function edgeOf(
  edges: Map<string, number>,
  leg: Leg,
  where: (id: number) => string,
): { edge: number; back: 0 | 1 } {
  const along = edges.get(`${leg.way}|${leg.nodes.map(where).join(';')}`)
  if (along !== undefined) return { edge: along, back: 0 }
  return { edge: edges.get(`${leg.way}|${[...leg.nodes].reverse().map(where).join(';')}`)!, back: 1 }
}

test('a driver who reads the signs needs just as long, on 250 random tangles of roads', () => {
  let pairs = 0
  let copies = 0
  const failures: string[] = []
  for (let seed = 1; seed <= 250; seed++) {
    const network = randomNetwork(seed)
    try {
      const done = compare(network)
      pairs += done.pairs
      copies += done.copies
    } catch (error) {
      failures.push(`seed ${seed}: ${(error as Error).message.split('\n')[0]}`)
    }
  }
  console.log(`turns: ${pairs} times compared, ${copies} copies of junctions`)
  expect(failures).toEqual([])
  expect(copies).toBeGreaterThan(400)
})

/** A crossing: 1 west, 2 middle, 3 east, 4 north, 5 south; ways 10 west, 11 east, 12 north, 13 south. */
const CROSSING: [number, number][] = [
  [15_000_000, 425_000_000],
  [15_010_000, 425_000_000],
  [15_020_000, 425_000_000],
  [15_010_000, 425_010_000],
  [15_010_000, 424_990_000],
]
const ARMS = [
  { id: 10, nodes: [1, 2] },
  { id: 11, nodes: [2, 3] },
  { id: 12, nodes: [2, 4] },
  { id: 13, nodes: [2, 5] },
]
const turn = (kind: 'no' | 'only', fromWay: number, toWay: number) => ({
  id: 1,
  kind,
  fromWay,
  viaNode: 2,
  viaWays: [],
  toWay,
})

test.each([
  ['no_left_turn', turn('no', 10, 12)],
  ['only_right_turn', turn('only', 10, 13)],
  ['no_u_turn', turn('no', 10, 10)],
])('%s holds at a plain crossing and nowhere else', (_, restriction) => {
  const done = compare(networkOf(CROSSING, ARMS, { restrictions: [restriction] }))
  expect(done.copies).toBe(1)
})

test('a restriction that names roads which do not meet forbids nothing', () => {
  const far = networkOf([...CROSSING, [15_050_000, 425_000_000]], [...ARMS, { id: 14, nodes: [3, 6] }], {
    restrictions: [turn('no', 10, 14), { ...turn('no', 10, 12), viaNode: 99 }],
  })
  expect(compare(far).copies).toBe(0)
})
