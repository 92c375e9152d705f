import { expect, test } from 'vitest'
import { distanceM, type LonLat } from '../../contract/geo.ts'
import { DEFAULT_SETTINGS } from '../../contract/settings.ts'
import { createEngine } from '../engine.ts'
import { networkOf } from '../random.fixture.ts'
import { leave, snap } from '../search/snap.ts'
import { makeWeights, openTimes } from '../search/weights.ts'
import { standOffBarriers } from './barriers.ts'
import { buildGraph } from './build.ts'
import { openGraph } from './graph.ts'

/** A road of about 1.1 km with a bollard in its middle. */
const GATE = networkOf([[15_000_000, 0], [15_050_000, 0], [15_100_000, 0]], [{ id: 1, nodes: [1, 2, 3] }], { barriers: [{ node: 2 }] }) // prettier-ignore
const ENDS: LonLat[] = [[1.5, 0], [1.505, 0], [1.51, 0]] // prettier-ignore

test('vehicles stop a metre before a barrier and walkers go through', () => {
  const roads = standOffBarriers(GATE)
  expect(roads.ways.map(way => Array.from(way.nodes))).toEqual([[1, 4], [4, 2, 5], [5, 3]]) // prettier-ignore
  const at = (i: number): LonLat => [roads.lonE7[i]! / 1e7, roads.latE7[i]! / 1e7]
  expect(distanceM(at(1), at(3))).toBeCloseTo(1, 1)
  expect(distanceM(at(1), at(4))).toBeCloseTo(1, 1)

  const engine = createEngine({ graph: buildGraph(GATE), settlements: [], teams: [] })
  const times = (profile: 'heavy' | 'foot') =>
    engine.matrix({ room: 'x', profile, from: ENDS, to: ENDS }).durationsMs
  for (const row of times('foot')) expect(row.every(ms => ms !== null)).toBe(true)
  const heavy = times('heavy')
  expect([heavy[0]![2], heavy[2]![0]]).toEqual([null, null])
})

test('a point at the barrier itself stands on one side of it for a vehicle, on both for a walker', () => {
  const graph = openGraph(buildGraph(GATE))
  const stand = (profile: 'heavy' | 'foot') => {
    const open = openTimes(graph, profile, DEFAULT_SETTINGS)
    const weights = makeWeights(graph, open, profile === 'foot', new Uint16Array(graph.edges))
    return leave(graph, weights, snap(graph, weights, [1.505, 0], 10)!)
  }
  expect(stand('heavy').length).toBe(1)
  expect(stand('foot').length).toBeGreaterThan(0)
})

test('barriers in a row, at the end of a road, at a crossing and on unknown nodes', () => {
  const row = networkOf([[0, 0], [100, 0], [200, 0], [9000, 0], [9000, 9000]], [{ id: 1, nodes: [1, 2, 3, 4] }, { id: 2, nodes: [5, 4, 77] }, { id: 3, nodes: [4] }], { barriers: [{ node: 2 }, { node: 3 }, { node: 4 }, { node: 99 }] }) // prettier-ignore
  const roads = standOffBarriers(row)
  const driven = roads.ways.filter(way => (way.flags & 16) === 0).map(way => Array.from(way.nodes))
  for (const nodes of driven) expect(nodes.some(id => [2, 3, 4].includes(id))).toBe(false)
  expect(Array.from(roads.nodeIds)).toEqual(Array.from(roads.nodeIds).sort((a, b) => a - b))
  expect(() => buildGraph(row)).not.toThrow()
})
