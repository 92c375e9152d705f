import { expect, test } from 'vitest'
import type { ClosureShape } from '../../contract/closure.ts'
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
const way = (id: number): ClosureShape => ({ geometry: null, properties: { kind: 'other', way: id } })

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
