import { describe, expect, test } from 'vitest'
import { M_PER_DEG, type LonLat } from '../../contract/geo.ts'
import { DEFAULT_SETTINGS } from '../../contract/settings.ts'
import { createEngine } from '../engine.ts'
import { networkOf, randomNetwork, randomOf } from '../random.fixture.ts'
import { loadReal, present } from '../real.fixture.ts'
import { buildGraph } from '../roads/build.ts'
import { INF, NONE, openGraph, type Graph } from '../roads/graph.ts'
import { snap } from './snap.ts'
import { edgeMs, makeWeights, openTimes, type Weights } from './weights.ts'

const weightsOf = (graph: Graph, profile: 'heavy' | 'foot'): Weights =>
  makeWeights(
    graph,
    openTimes(graph, profile, DEFAULT_SETTINGS),
    profile === 'foot',
    new Uint16Array(graph.edges),
  )

/** Metres to the nearest usable edge, by looking at every side of every edge. */
function nearest(graph: Graph, weights: Weights, [lon, lat]: LonLat): { metres: number; edges: number[] } {
  const k = Math.cos((lat * Math.PI) / 180)
  const flat = (p: number): [number, number] => [
    (graph.pointLon[p] / 1e7 - lon) * M_PER_DEG * k,
    (graph.pointLat[p] / 1e7 - lat) * M_PER_DEG,
  ]
  const found: [number, number][] = []
  for (let edge = 0; edge < graph.edges; edge++) {
    if (edgeMs(graph, weights.open, edge, 0) === INF && edgeMs(graph, weights.open, edge, 1) === INF) continue
    let least = Infinity
    for (let p = graph.edgeFirstPoint[edge] + 1; p < graph.edgeFirstPoint[edge + 1]; p++) {
      const [a, b] = [flat(p - 1), flat(p)]
      const d = [b[0] - a[0], b[1] - a[1]]
      const share = -(a[0] * d[0] + a[1] * d[1]) / (d[0] ** 2 + d[1] ** 2 || 1)
      const u = Math.min(1, Math.max(0, share))
      least = Math.min(least, Math.hypot(a[0] + u * d[0], a[1] + u * d[1]))
    }
    found.push([least, edge])
  }
  const metres = Math.min(...found.map(f => f[0]))
  return { metres, edges: found.filter(f => f[0] < metres + 1e-4).map(f => f[1]) }
}

test('the nearest edge that the profile may use, against a look at all of them', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const graph = openGraph(buildGraph(randomNetwork(seed)))
    const random = randomOf(seed)
    for (const profile of ['heavy', 'foot'] as const) {
      const weights = weightsOf(graph, profile)
      for (let i = 0; i < 20; i++) {
        const at: LonLat = [1.48 + random() * 0.06, 42.48 + random() * 0.06]
        const expected = nearest(graph, weights, at)
        const found = snap(graph, weights, at, 1000)
        if (!found) expect(expected.metres).toBeGreaterThan(1000 - 1e-4)
        else {
          expect(found.distanceM).toBeCloseTo(expected.metres, 4)
          expect(expected.edges).toContain(found.edge)
        }
      }
    }
  }
})

describe.each(['andorra', 'malta'])('%s', name => {
  test.skipIf(!present(name))(
    'the same at 40 random points of a real country',
    () => {
      const { graph } = loadReal(name)
      const weights = weightsOf(graph, 'heavy')
      const [w, s, e, n] = graph.bbox
      const random = randomOf(9)
      for (let i = 0; i < 40; i++) {
        const at: LonLat = [w + random() * (e - w), s + random() * (n - s)]
        const expected = nearest(graph, weights, at)
        const found = snap(graph, weights, at, 1000)
        expect(found === null).toBe(expected.metres > 1000)
        if (found) expect(found.distanceM).toBeCloseTo(expected.metres, 4)
      }
    },
    30_000,
  )
})

/** One straight road 2 km long to the east, 1 → 2, and the same again as another way. */
const TWICE = networkOf([[15_000_000, 0], [15_180_000, 0]], [{ id: 1, nodes: [1, 2] }, { id: 2, nodes: [1, 2] }]) // prettier-ignore

test('between equally near edges the lower one, whatever the search met first', () => {
  const graph = openGraph(buildGraph(TWICE))
  for (const t of [0, 0.3, 0.9, 1]) expect(snap(graph, null, [1.5 + 0.018 * t, 0.001], 1000)!.edge).toBe(0)
})

test('a node snaps to itself, and one kilometre is the limit', () => {
  const graph = openGraph(buildGraph(TWICE))
  const ends = [snap(graph, null, [1.5, 0], 0.001)!, snap(graph, null, [1.518, 0], 0.001)!]
  expect(ends.map(end => [end.t, end.distanceM, end.node === NONE])).toEqual([
    [0, 0, false],
    [1, 0, false],
  ])
  const north = (metres: number): LonLat => [1.509, metres / M_PER_DEG]
  expect(snap(graph, null, north(999.9), 1000)!.distanceM).toBeCloseTo(999.9, 3)
  expect(snap(graph, null, north(1000.1), 1000)).toBeNull()
  const engine = createEngine({ graph: graph.bytes, settlements: [], teams: [] })
  const far = { room: 'x', profile: 'heavy' as const, from: [north(0)], to: [north(1500)] }
  expect(() => engine.matrix(far)).toThrow('1.5 km from the nearest usable road')
})

test('a closed road is cut off, its points are not moved to another', () => {
  const beside = networkOf(
    [[15_000_000, 0], [15_180_000, 0], [15_000_000, 2000], [15_180_000, 2000]], // prettier-ignore
    [{ id: 1, nodes: [1, 2] }, { id: 2, nodes: [3, 4] }, { id: 3, nodes: [1, 3] }], // prettier-ignore
  )
  const engine = createEngine({ graph: buildGraph(beside), settlements: [], teams: [] })
  const q = {
    room: 'x',
    profile: 'heavy' as const,
    from: [[1.5, 0.0002]] as LonLat[],
    to: [[1.51, 0]] as LonLat[],
  }
  const before = engine.matrix(q)
  engine.setClosures('x', [{ id: 'c', feature: { geometry: null, properties: { kind: 'other', way: 1 } } }])
  const shut = engine.matrix(q)
  expect(before.durationsMs[0][0]).toBeGreaterThan(0)
  expect(shut).toEqual({ ...before, durationsMs: [[null]] })
  expect(() => engine.route({ ...q, from: q.from[0], to: q.to[0] })).toThrow('closed roads cut')
})

test('two roads that meet: the way from the end of one to the beginning of the other has no length', () => {
  const corner = networkOf([[0, 0], [90_000, 0], [90_000, 90_000]], [{ id: 1, nodes: [1, 2] }, { id: 2, nodes: [2, 3] }]) // prettier-ignore
  const engine = createEngine({ graph: buildGraph(corner), settlements: [], teams: [] })
  const q = { room: 'x', profile: 'heavy' as const }
  const { properties } = engine.route({ ...q, from: [0.009001, -0.0001], to: [0.0091, -0.00001] })
  expect([properties.durationMs, properties.lengthM, properties.roads]).toEqual([0, 0, []])
})
