import { describe, expect, test } from 'vitest'
import type { LonLat } from '../../contract/geo.ts'
import { DEFAULT_SETTINGS } from '../../contract/settings.ts'
import { createEngine } from '../engine.ts'
import { randomOf } from '../random.fixture.ts'
import { loadReal, present } from '../real.fixture.ts'
import { INF, type Graph } from '../roads/graph.ts'
import { onRoad } from '../search/points.ts'
import { Search } from '../search/search.ts'
import { arrive, leave } from '../search/snap.ts'
import { makeWeights, openTimes } from '../search/weights.ts'
import { crossings, faultsOf, Land } from './bands.fixture.ts'

const MINUTES = [15, 30, 60]
const ROOM = 'here'

/** The nodes as exported: those that an arc of the profile touches, each state of a split junction for itself. */
function nodesOf(graph: Graph, open: Int32Array): number[] {
  const touched = new Uint8Array(graph.nodes)
  open.forEach((ms, arc) => ms < INF && (touched[graph.tail[arc]] = touched[graph.head[arc]] = 1))
  return [...touched.keys()].filter(node => touched[node])
}

describe.each(['andorra', 'malta', 'porto'])('%s', name => {
  const there = present(name)
  test.skipIf(!there).each([
    ['heavy', 'from', false],
    ['heavy', 'to', true],
    ['light', 'from', true],
    ['light', 'to', false],
  ] as const)(
    '%s, %s, closures %s: bands are valid, nested, and hold the nodes they should',
    (profile, direction, closed) => {
      const { graph } = loadReal(name)
      const random = randomOf(profile.length * 100 + direction.length)
      const open = openTimes(graph, profile, DEFAULT_SETTINGS)
      const nodes = nodesOf(graph, open)
      const engine = createEngine({ graph: graph.bytes, settlements: [], teams: [] })
      const shut = new Uint16Array(graph.edges)
      if (closed) {
        engine.setClosures(
          ROOM,
          Array.from({ length: 30 }, (_, i) => {
            const edge = Math.floor(random() * graph.edges)
            shut[edge] = 1
            return { id: `c${i}`, feature: { geometry: null, properties: { kind: 'other', edge } } }
          }),
        )
      }
      const weights = makeWeights(graph, open, false, shut)
      const search = new Search(graph)
      let [worstOut, worstIn, checked, faults] = [0, 0, 0, 0]
      for (let asked = 0; asked < 8; asked++) {
        const node = nodes[Math.floor(random() * nodes.length)]
        const off = asked % 4 === 3 ? 0.006 : 0.0005
        const at: LonLat = [
          graph.nodeLon[node] / 1e7 + (random() - 0.5) * off,
          graph.nodeLat[node] / 1e7 + (random() - 0.5) * off,
        ]
        const place = onRoad(graph, weights, DEFAULT_SETTINGS, at)
        if (!place) continue
        const q = { room: ROOM, profile, minutes: MINUTES, direction, points: [{ at }] }
        const bands = engine
          .isochrones(q)
          .features.map(f => f.geometry.coordinates)
          .reverse()
        const backward = direction === 'to'
        search.run(
          weights,
          backward,
          (backward ? arrive : leave)(graph, weights, place.snap, place.accessMs),
          INF - 1,
        )
        bands.forEach((band, i) => {
          const where = `${name} ${profile} ${direction} ${at} ${MINUTES[i]} min`
          const limit = MINUTES[i] * 60_000
          if (asked < 4) faults += faultsOf(band).length
          if (asked < 4 && i > 0) {
            expect([where, crossings(bands[i - 1].flat(), band.flat()).slice(0, 3)]).toEqual([where, []])
            const larger = new Land(band)
            expect(bands[i - 1].every(rings => larger.holds(rings[0][0]))).toBe(true)
          }
          const land = new Land(band)
          expect([where, land.holds(at)]).toEqual([where, true])
          let [reach, out, beyond, inside] = [0, 0, 0, 0]
          for (const n of nodes) {
            const held = land.holds([graph.nodeLon[n] / 1e7, graph.nodeLat[n] / 1e7])
            if (search.dist[n] <= limit) {
              reach++
              if (!held) out++
            } else {
              beyond++
              if (held) inside++
            }
          }
          worstOut = Math.max(worstOut, reach ? out / reach : 0)
          worstIn = Math.max(worstIn, beyond ? inside / beyond : 0)
          checked++
          if (reach && out / reach > 0.005)
            console.log(`over: ${where}: ${out} of ${reach} reachable lie outside`)
          if (beyond && inside / beyond > 0.03)
            console.log(`over: ${where}: ${inside} of ${beyond} unreachable lie inside`)
        })
      }
      console.log(
        `${name} ${profile} ${direction}${closed ? ' closures' : ''}: ${checked} bands, worst ${(worstOut * 100).toFixed(2)} % of the reachable outside, ${(worstIn * 100).toFixed(2)} % of the unreachable inside, ${faults} faults`,
      )
      expect(faults).toBe(0)
      expect(worstOut).toBeLessThanOrEqual(0.005)
      expect(worstIn).toBeLessThanOrEqual(0.03)
    },
    60_000,
  )
})
