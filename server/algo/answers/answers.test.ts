import { expect, test } from 'vitest'
import type { ClosureFeature } from '../../contract/closure.ts'
import { Refusal } from '../../contract/errors.ts'
import type { LonLat } from '../../contract/geo.ts'
import { createEngine } from '../engine.ts'
import { networkOf } from '../random.fixture.ts'
import { buildGraph } from '../roads/build.ts'

/** One road of 1.1 km to the east and one from its end to the north. */
const ROADS = networkOf([[15_000_000, 0], [15_100_000, 0], [15_100_000, 100_000]], [{ id: 1, nodes: [1, 2] }, { id: 2, nodes: [2, 3] }]) // prettier-ignore
const engine = () => createEngine({ graph: buildGraph(ROADS), settlements: [], teams: [] })
const here = { room: 'x', profile: 'heavy' as const }
const WEST: LonLat = [1.5, 0]
const NORTH: LonLat = [1.51, 0.01]
const way = (id: number): ClosureFeature => ({
  type: 'Feature',
  geometry: null,
  properties: { kind: 'other', way: id },
})

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'none'
}

test('a closure that names an edge by its number is given a place that shuts the same edge', () => {
  const e = engine()
  for (const at of [
    [1.505, 0],
    [1.51, 0.005],
  ] as LonLat[]) {
    // prettier-ignore
    const { edge } = e.nearestRoad(at, 10)!
    const named = { geometry: null, properties: { kind: 'other' as const, edge } }
    const { at: place } = e.checkClosure(named)
    expect(e.nearestRoad(place!, 1)!.edge).toBe(edge)
    expect(codeOf(() => e.checkClosure({ ...named, properties: { ...named.properties, way: 1 } }))).toBe(
      'edge_with_shape',
    )
  }
  expect(e.checkClosure(way(1))).toEqual({ edges: 1 })
})

test("a request's own closures never lift or hide those in force, whatever their ids", () => {
  const e = engine()
  e.setClosures('x', [{ id: 'closures[0]', feature: way(1) }])
  const q = { ...here, from: WEST, to: NORTH }
  expect(codeOf(() => e.route({ ...q, closures: [way(2), way(2)] }))).toBe('cut_off')
  expect(codeOf(() => e.route(q))).toBe('cut_off')
  e.setClosures('x', [])
  expect(codeOf(() => e.route(q))).toBe('none')
})

test('a closure that shuts nothing here says so, each time it is handed over', () => {
  const e = engine()
  const far = {
    geometry: { type: 'Point' as const, coordinates: [3, 3] },
    properties: { kind: 'other' as const },
  }
  const nothing = [{ id: 'c', edges: 0, problem: 'shuts_nothing' }]
  expect(e.setClosures('x', [{ id: 'c', feature: far }])).toEqual(nothing)
  expect(e.setClosures('x', [{ id: 'c', feature: far }])).toEqual(nothing)
})

test('delays of another number than sources are refused', () => {
  const q = { ...here, from: [WEST], to: [NORTH], delaysMs: [1, 2] }
  expect(codeOf(() => engine().matrix(q))).toBe('delays_mismatch')
})

test('a point beside a pocket stands on the pocket, unless a road that leads anywhere is asked for', () => {
  // A grid of 8 × 8 junctions, and a lane of 10 m beside it that nothing joins.
  const places: [number, number][] = []
  for (let y = 0; y < 8; y++) for (let x = 0; x < 8; x++) places.push([x * 10_000, y * 10_000])
  const streets = [0, 1, 2, 3, 4, 5, 6, 7]
    .map(i => [
      { id: i + 1, nodes: Array.from({ length: 8 }, (_, k) => i * 8 + k + 1) },
      { id: i + 11, nodes: Array.from({ length: 8 }, (_, k) => k * 8 + i + 1) },
    ])
    .flat()
  const lane: [number, number][] = [[5000, 5000], [5900, 5000]] // prettier-ignore
  const roads = networkOf([...places, ...lane], [...streets, { id: 99, nodes: [65, 66] }])
  const team = {
    id: 't',
    name: '队',
    kind: 'fire' as const,
    at: [0, 0] as LonLat,
    turnoutMs: 0,
    source: { name: 'x', asOf: null },
  }
  const e = createEngine({ graph: buildGraph(roads), settlements: [], teams: [team] })
  const q = { ...here, at: [0.00055, 0.00051] as LonLat, count: 5 }
  const strict = e.dispatch(q, '2026-01-01T00:00:00Z')
  expect(strict.unreachable.map(t => t.reason)).toEqual(['no_road'])
  const led = e.dispatch({ ...q, leading: true }, '2026-01-01T00:00:00Z')
  expect([led.teams.length, led.pocketM! < 2, led.snappedM > 40]).toEqual([1, true, true])
})
