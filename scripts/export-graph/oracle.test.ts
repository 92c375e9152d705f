import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../server/algo/roads/build.ts'
import { connectedEdges } from '../../server/algo/roads/components.ts'
import { createEngine, type Engine } from '../../server/algo/engine.ts'
import { INF, NONE, openGraph, type Graph } from '../../server/algo/roads/graph.ts'
import { randomNetwork, randomOf } from '../../server/algo/random.fixture.ts'
import { loadReal, present } from '../../server/algo/real.fixture.ts'
import { onRoad } from '../../server/algo/search/points.ts'
import { Search } from '../../server/algo/search/search.ts'
import { leave, arrive, snap, type Snap } from '../../server/algo/search/snap.ts'
import { makeWeights, openTimes, type Weights } from '../../server/algo/search/weights.ts'
import type { Settlement, Team } from '../../server/contract/entities.ts'
import type { LonLat } from '../../server/contract/geo.ts'
import { DEFAULT_SETTINGS } from '../../server/contract/settings.ts'
import { Asked } from './asked.fixture.ts'

const ROOM = 'here'
const NOW = '2026-05-01T00:00:00.000Z'

function weightsOf(graph: Graph, profile: 'heavy' | 'light' | 'foot', shut: ReadonlySet<number>): Weights {
  const count = new Uint16Array(graph.edges)
  for (const edge of shut) count[edge] = 1
  return makeWeights(graph, openTimes(graph, profile, DEFAULT_SETTINGS), profile === 'foot', count)
}

test('every node-to-node time equals the oracle, both ways, closures included, on 120 random networks', () => {
  let pairs = 0
  for (let seed = 1; seed <= 120; seed++) {
    const graph = openGraph(buildGraph(randomNetwork(seed)))
    const random = randomOf(seed + 5000)
    const shut = new Set<number>()
    if (seed % 2) for (let e = 0; e < graph.edges; e++) if (random() < 0.2) shut.add(e)
    for (const profile of ['heavy', 'foot'] as const) {
      const weights = weightsOf(graph, profile, shut)
      const asked = new Asked(graph, weights.open, shut)
      const search = new Search(graph)
      for (let edge = 0; edge < graph.edges; edge++) {
        for (const t of [0.5, random()]) {
          const place: Snap = { edge, t, node: NONE, distanceM: 0, at: [0, 0] }
          for (const backward of [false, true]) {
            search.run(weights, backward, (backward ? arrive : leave)(graph, weights, place), INF - 1)
            const expected = asked.from(place, backward)
            for (let n = 0; n < graph.nodes; n++) {
              if (search.dist[n] !== (expected.get(n) ?? INF)) {
                expect({ seed, profile, edge, backward, n, ms: search.dist[n] }).toEqual(expected.get(n))
              }
              pairs++
            }
          }
        }
      }
    }
  }
  console.log(`random networks: ${pairs} times equal`)
})

/** Points at nodes, mid-edge, beside the road, on one-way streets, beside restrictions. */
function pointsOf(graph: Graph, count: number, random: () => number): LonLat[] {
  const below = (n: number): number => Math.floor(random() * n)
  const oneways = [...Array(graph.edges).keys()].filter(e => graph.edgeFlags[e] & 192)
  return Array.from({ length: count }, (_, i): LonLat => {
    if (i % 5 === 0) {
      const n = below(graph.nodes)
      return [graph.nodeLon[n] / 1e7, graph.nodeLat[n] / 1e7]
    }
    if (i % 5 === 1) {
      const n = graph.copyBase[below(graph.copyBase.length)]
      return [
        graph.nodeLon[n] / 1e7 + (random() - 0.5) * 4e-4,
        graph.nodeLat[n] / 1e7 + (random() - 0.5) * 4e-4,
      ]
    }
    const edge = i % 5 === 2 ? oneways[below(oneways.length)] : below(graph.edges)
    const p =
      graph.edgeFirstPoint[edge] + below(graph.edgeFirstPoint[edge + 1] - graph.edgeFirstPoint[edge] - 1)
    const u = random()
    const off = i % 5 === 3 ? 0 : (random() - 0.5) * 2e-4
    return [
      (graph.pointLon[p] + u * (graph.pointLon[p + 1] - graph.pointLon[p])) / 1e7 + off,
      (graph.pointLat[p] + u * (graph.pointLat[p + 1] - graph.pointLat[p])) / 1e7 + off,
    ]
  })
}

const at = (point: LonLat, i: number): Settlement & Team =>
  ({
    id: `p${i}`,
    name: `p${i}`,
    kind: 'fire',
    at: point,
    turnoutMs: 7000,
    people: 1,
  }) as unknown as Settlement & Team

function closePart(engine: Engine, graph: Graph, random: () => number): Set<number> {
  const shut = new Set<number>()
  const closures = Array.from({ length: 40 }, (_, i) => {
    const edge = Math.floor(random() * graph.edges)
    shut.add(edge)
    return { id: `c${i}`, feature: { geometry: null, properties: { kind: 'other' as const, edge } } }
  })
  engine.setClosures(ROOM, closures)
  return shut
}

const SIDE = 15

describe.each(['andorra', 'malta'])('%s', name => {
  test.skipIf(!present(name)).each(['heavy', 'foot'] as const)(
    '%s: matrix, route, dispatch and settlements of 225 pairs and 15 on one edge equal the oracle',
    profile => {
      const { graph } = loadReal(name)
      const random = randomOf(77)
      const open = openTimes(graph, profile, DEFAULT_SETTINGS)
      const linked = connectedEdges(graph, open)
      const loose = makeWeights(graph, open, profile === 'foot', new Uint16Array(graph.edges))
      const usable = pointsOf(graph, 400, random).filter(p =>
        onRoad(graph, loose, DEFAULT_SETTINGS, p, linked),
      )
      const from = usable.slice(0, SIDE)
      const to = [...usable.slice(SIDE, SIDE * 2), ...from.map(p => nextTo(graph, loose, p))]
      const engine = createEngine({
        graph: graph.bytes,
        settlements: to.map(at),
        teams: from.map(at),
      })
      for (const closed of [false, true]) {
        const shut = closed ? closePart(engine, graph, random) : new Set<number>()
        const asked = new Asked(graph, open, shut)
        const places = (points: LonLat[], edges?: Uint8Array): Snap[] =>
          points.map(p => onRoad(graph, loose, DEFAULT_SETTINGS, p, edges)!.snap)
        const [starts, ends] = [places(from), places(to)]
        const stand = to.map(p => onRoad(graph, loose, DEFAULT_SETTINGS, p, linked)!)
        const teams = places(from, linked)
        const q = { room: ROOM, profile }
        const table = engine.matrix({ ...q, from, to }).durationsMs
        const turned = engine.matrix({ ...q, from: to, to: from }).durationsMs
        const fromEnds = ends.map(end => asked.from(end))
        starts.forEach((start, i) => {
          const times = asked.from(start)
          const expected = ends.map(end => asked.to(times, start, end))
          expect(table[i]).toEqual(expected)
          expect(turned.map(row => row[i])).toEqual(ends.map((end, j) => asked.to(fromEnds[j], end, start)))
          // Read off the reverse search: the same times to the junctions themselves.
          if (i < 3) checkReverse(asked, start, ends, fromEnds)
          for (const j of [i, SIDE + i]) checkRoute(engine, q, from[i], to[j], expected[j])
          const points = [{ at: from[i] }]
          const walk = engine.matrix({ ...q, from: [from[i]], to: [from[i]] }).accessMs.from[0]
          for (const place of engine.isochrones({ ...q, points, minutes: [0.01], direction: 'from' })
            .outside) {
            const { snap: end, accessMs } = stand[+place.id.slice(1)]
            const ms = asked.to(times, start, end)
            expect(place.durationMs).toBe(ms === null ? null : ms + walk + accessMs)
          }
        })
        to.slice(0, 5).forEach((end, j) => {
          const answer = engine.dispatch({ ...q, at: end, count: 50 }, NOW)
          const expected = teams.map(team => asked.to(asked.from(team), team, ends[j]))
          for (const team of answer.teams) expect(team.driveMs).toBe(expected[+team.id.slice(1)])
          expect(answer.unreachable.map(t => t.id).sort()).toEqual(
            expected.flatMap((ms, i) => (ms === null ? [`p${i}`] : [])).sort(),
          )
        })
      }
    },
    60_000,
  )
})

function checkReverse(asked: Asked, start: Snap, ends: Snap[], fromEnds: Map<number, number>[]): void {
  if (start.node === NONE) return
  const reverse = asked.from(start, true)
  ends.forEach((end, j) => {
    if (end.node === NONE) return
    const least = Math.min(...asked.statesOf(end.node).map(node => reverse.get(node) ?? INF))
    expect(asked.to(fromEnds[j], end, start) ?? INF).toBe(least)
  })
}

/** A point a little further along the edge that `p` lies on. */
function nextTo(graph: Graph, weights: Weights, p: LonLat): LonLat {
  const found = snap(graph, weights, p, 1000)!
  const first = graph.edgeFirstPoint[found.edge]
  return [
    (graph.pointLon[first] * 0.6 + graph.pointLon[first + 1] * 0.4) / 1e7,
    (graph.pointLat[first] * 0.6 + graph.pointLat[first + 1] * 0.4) / 1e7,
  ]
}

function checkRoute(
  engine: Engine,
  q: { room: string; profile: 'heavy' | 'foot' },
  from: LonLat,
  to: LonLat,
  expected: number | null,
): void {
  if (expected === null) {
    expect(() => engine.route({ ...q, from, to })).toThrow(/no road|closed roads/)
    return
  }
  const { properties, geometry } = engine.route({ ...q, from, to })
  expect(properties.durationMs).toBe(expected)
  expect(properties.roads.reduce((sum, road) => sum + road.durationMs, 0)).toBe(expected)
  const line = geometry.coordinates
  let metres = 0
  for (let i = 1; i < line.length; i++) {
    const k = Math.cos((line[i][1] * Math.PI) / 180)
    metres += 111_195 * Math.hypot((line[i][0] - line[i - 1][0]) * k, line[i][1] - line[i - 1][1])
  }
  // A gap in the line, or a stretch driven twice, would show as a different length.
  expect(Math.abs(metres - properties.lengthM)).toBeLessThan(2 + properties.lengthM * 0.002)
}
