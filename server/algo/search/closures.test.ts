import { describe, expect, test } from 'vitest'
import type { ClosureShape } from '../../contract/closure.ts'
import type { Refusal } from '../../contract/errors.ts'
import type { Profile } from '../../contract/profile.ts'
import { ROAD_FLAGS } from '../../contract/roads.ts'
import { DEFAULT_SETTINGS } from '../../contract/settings.ts'
import { createEngine } from '../engine.ts'
import { networkOf, randomNetwork, randomOf } from '../random.fixture.ts'
import { loadReal, present } from '../real.fixture.ts'
import { buildGraph } from '../roads/build.ts'
import { openGraph, type Graph } from '../roads/graph.ts'
import { edgesOf } from './closures.ts'
import { Rooms } from './rooms.ts'
import { Search } from './search.ts'
import { makeWeights, openTimes } from './weights.ts'

const KINDS = ['flood', 'landslide', 'collapse', 'other'] as const
const PROFILES: Profile[] = ['heavy', 'light', 'foot', { base: 'heavy', weightT: 3 }]

/** A polygon, line, point, way or edge somewhere on the network. */
function randomClosure(graph: Graph, random: () => number, degrees: number): ClosureShape {
  const below = (n: number): number => Math.floor(random() * n)
  const p = below(graph.pointLon.length)
  const [x, y] = [graph.pointLon[p] / 1e7, graph.pointLat[p] / 1e7]
  const properties = { kind: KINDS[below(4)], bridges: random() < 0.3, tunnels: random() < 0.3 }
  const near = (): number => (random() - 0.5) * degrees
  switch (below(5)) {
    case 0: {
      const [w, s, e, n] = [x - random() * degrees, y - random() * degrees, x + random() * degrees, y + random() * degrees] // prettier-ignore
      return { properties, geometry: { type: 'Polygon', coordinates: [[[w, s], [e, s], [e, n], [w, n], [w, s]]] } } // prettier-ignore
    }
    case 1:
      return { properties, geometry: { type: 'LineString', coordinates: [[x + near(), y + near()], [x, y], [x + near(), y + near()]] } } // prettier-ignore
    case 2:
      return { properties, geometry: { type: 'Point', coordinates: [x, y] } }
    case 3:
      return { properties: { ...properties, way: graph.edgeWay[below(graph.edges)] }, geometry: null }
    default:
      return { properties: { ...properties, edge: below(graph.edges) }, geometry: null }
  }
}

function closeAndOpen(graph: Graph, degrees: number, seed: number): number {
  const random = randomOf(seed)
  const room = new Rooms(graph, DEFAULT_SETTINGS).get('x')
  const weights = PROFILES.map(profile => room.weights(profile))
  const before = weights.map(w => [w.ms.slice(), w.rms.slice()])
  const search = new Search(graph)
  const searching = (): void => {
    const from = { node: Math.floor(random() * graph.nodes), ms: 0, arc: 0 }
    search.run(weights[Math.floor(random() * 4)], random() < 0.5, [from], 1_800_000)
  }
  const ids = Array.from({ length: 200 }, (_, i) => `c${i}`)
  ids.forEach((id, i) => {
    room.close(id, edgesOf(graph, randomClosure(graph, random, degrees)))
    if (i % 20 === 0) searching()
  })
  const overlaps = room.shutCount.filter(count => count > 1).length
  ids.sort(() => random() - 0.5)
  ids.forEach((id, i) => {
    if (i === 70 || i === 150) {
      const shut = new Uint16Array(graph.edges)
      for (const edges of room.closures.values()) for (const edge of edges) shut[edge]++
      weights.forEach((w, k) => {
        const scratch = makeWeights(graph, openTimes(graph, PROFILES[k], DEFAULT_SETTINGS), w.walks, shut)
        expect(Buffer.compare(Buffer.from(w.ms.buffer), Buffer.from(scratch.ms.buffer))).toBe(0)
        expect(Buffer.compare(Buffer.from(w.rms.buffer), Buffer.from(scratch.rms.buffer))).toBe(0)
      })
    }
    room.open(id)
    if (i % 20 === 0) searching()
  })
  weights.forEach((w, k) => {
    expect(Buffer.compare(Buffer.from(w.ms.buffer), Buffer.from(before[k][0].buffer))).toBe(0)
    expect(Buffer.compare(Buffer.from(w.rms.buffer), Buffer.from(before[k][1].buffer))).toBe(0)
  })
  expect(room.shutCount.every(count => count === 0)).toBe(true)
  return overlaps
}

describe('200 overlapping closures, opened in another order while searches run, leave the same bytes', () => {
  test('on random networks', () => {
    for (let seed = 1; seed <= 20; seed++)
      closeAndOpen(openGraph(buildGraph(randomNetwork(seed))), 0.003, seed)
  })
  test.skipIf(!present('andorra'))(
    'on Andorra',
    () => {
      expect(closeAndOpen(loadReal('andorra').graph, 0.02, 4)).toBeGreaterThan(100)
    },
    30_000,
  )
})

/** Way 1 a bridge, 2 a tunnel, 3 plain, side by side to the east, 0, 0.001 and 0.002° north; 4 short between. */
const LINES = [0, 1, 2].flatMap((i): [number, number][] => [
  [0, i * 10_000],
  [100_000, i * 10_000],
])
const SHORT: [number, number][] = [
  [79_000, 5000],
  [81_000, 5000],
]
const THREE = openGraph(
  buildGraph(
    networkOf(
      [...LINES, ...SHORT],
      [
        { id: 1, nodes: [1, 2], flags: ROAD_FLAGS.bridge },
        { id: 2, nodes: [3, 4], flags: ROAD_FLAGS.tunnel },
        { id: 3, nodes: [5, 6] },
        { id: 4, nodes: [7, 8] },
      ],
    ),
  ),
)
const box = (w: number, s: number, e: number, n: number): number[][] => [[w, s], [e, s], [e, n], [w, n], [w, s]] // prettier-ignore
const area = (...rings: number[][][]): ClosureShape['geometry'] => ({ type: 'Polygon', coordinates: rings })
const ways = (feature: ClosureShape): number[] =>
  [...edgesOf(THREE, feature)].map(edge => THREE.edgeWay[edge]).sort()
const ALL = area(box(0.004, -0.0001, 0.005, 0.0021))

test.each([
  ['a landslide shuts all', { kind: 'landslide' }, ALL, [1, 2, 3]],
  ['a flood leaves bridges and tunnels', { kind: 'flood' }, ALL, [3]],
  ['a flood told to takes bridges', { kind: 'flood', bridges: true }, ALL, [1, 3]],
  ['a flood told to takes tunnels', { kind: 'flood', tunnels: true }, ALL, [2, 3]],
  ['a flood on a way leaves its bridge open', { kind: 'flood', way: 1 }, null, []],
  ['unless told', { kind: 'flood', way: 1, bridges: true }, null, [1]],
  ['a landslide on it shuts the bridge', { kind: 'landslide', way: 1 }, null, [1]],
  [
    'an area shuts a road that lies wholly inside',
    { kind: 'other' },
    area(box(0.007, 0.0001, 0.009, 0.0009)),
    [4],
  ],
  ['a road in a hole of it stays open', { kind: 'other' }, area(box(0.007, 0.0001, 0.009, 0.0009), box(0.0075, 0.0003, 0.0085, 0.0007)), []], // prettier-ignore
  ['a line shuts what it crosses', { kind: 'other' }, { type: 'LineString', coordinates: [[0.005, 0.0005], [0.005, 0.003]] }, [2, 3]], // prettier-ignore
  ['a point takes the nearest road within 50 m', { kind: 'other' }, { type: 'Point', coordinates: [0.005, 0.0022] }, [3]], // prettier-ignore
  ['a point further away takes none', { kind: 'other' }, { type: 'Point', coordinates: [0.005, 0.0026] }, []], // prettier-ignore
] as [string, ClosureShape['properties'], ClosureShape['geometry'], number[]][])(
  '%s',
  (_, properties, geometry, expected) => {
    expect(ways({ properties, geometry })).toEqual(expected)
  },
)

const other = { kind: 'other' as const }
test.each([
  ['polygon_self_crossing', other, area([[0, 0], [0.01, 0.002], [0.01, 0], [0, 0.002], [0, 0]])], // prettier-ignore
  ['closure_too_large', other, area(box(-1, -1, 1, 1))],
  ['closure_too_large', other, area(Array.from({ length: 6001 }, (_, i) => [Math.cos((i * Math.PI) / 3000) / 1e4, Math.sin((i * Math.PI) / 3000) / 1e4]))], // prettier-ignore
  ['ring_not_closed', other, area([[0, 0], [0.01, 0], [0.01, 0.001], [0, 0.001]])], // prettier-ignore
  ['not_on_earth', other, area([[0, 0], [NaN, 0], [0.01, 0.001], [0, 0]])], // prettier-ignore
  ['lon_lat_swapped', other, area([[42, 112], [42.1, 112], [42.1, 112.1], [42, 112]])], // prettier-ignore
  ['way_unknown', { ...other, way: 77 }, null],
  ['edge_unknown', { ...other, edge: 4 }, null],
  ['edge_unknown', { ...other, edge: -1 }, null],
  ['edge_unknown', { ...other, edge: NaN }, null],
  ['shuts_nothing', other, area(box(0.02, 0.02, 0.021, 0.021))],
  ['shuts_nothing', other, { type: 'Point', coordinates: [NaN, 0] }],
] as [string, ClosureShape['properties'], ClosureShape['geometry']][])(
  '%s is said with its remedy, and nothing is shut',
  (code, properties, geometry) => {
    const engine = createEngine({ graph: THREE.bytes, settlements: [], teams: [] })
    const feature = { properties, geometry }
    try {
      engine.checkClosure(feature)
      expect.unreachable()
    } catch (error) {
      expect((error as Refusal).code).toBe(code)
      expect((error as Refusal).remedy?.zh).toBeTruthy()
    }
    expect(engine.setClosures('x', [{ id: 'c', feature }])).toEqual([{ id: 'c', edges: 0, problem: code }])
    expect(engine.closedRoads('x').features).toEqual([])
  },
)

test("a request's own closures end with it, also when one of them is broken or the request is refused", () => {
  const engine = createEngine({ graph: THREE.bytes, settlements: [], teams: [] })
  const q = { room: 'x', profile: 'heavy' as const }
  const ask = (closures?: ClosureShape[]) =>
    engine.matrix({ ...q, from: [[0, 0.002]], to: [[0.01, 0.002]], closures } as Parameters<
      typeof engine.matrix
    >[0])
  const before = ask()
  const way = (id: number): ClosureShape => ({ geometry: null, properties: { kind: 'other', way: id } })
  expect(ask([way(3)]).durationsMs).toEqual([[null]])
  expect(() => ask([way(3), way(77)])).toThrow('no OSM way 77')
  expect(ask()).toEqual(before)
})
