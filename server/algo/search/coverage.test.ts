import { expect, test } from 'vitest'
import type { Refusal } from '../../contract/errors.ts'
import type { LonLat } from '../../contract/geo.ts'
import { DEFAULT_SETTINGS } from '../../contract/settings.ts'
import { createEngine } from '../engine.ts'
import { randomNetwork, randomOf } from '../random.fixture.ts'
import { buildGraph } from '../roads/build.ts'
import { INF, NONE, openGraph } from '../roads/graph.ts'
import { coverage } from './coverage.ts'
import { Search } from './search.ts'
import { makeWeights, openTimes } from './weights.ts'

test('the first and the second owner of every node, against one search for each owner', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = randomOf(seed)
    const graph = openGraph(buildGraph(randomNetwork(seed)))
    const profile = seed % 3 === 0 ? 'foot' : 'heavy'
    const walks = profile === 'foot'
    const open = openTimes(graph, profile, DEFAULT_SETTINGS)
    // Every other network has equal times everywhere: ties at every corner.
    if (seed % 2) open.forEach((ms, arc) => (open[arc] = ms < INF && ms > 0 ? 60_000 : ms))
    const weights = makeWeights(graph, open, walks, new Uint16Array(graph.edges))
    const owners = 2 + Math.floor(random() * 4)
    const seeds = Array.from({ length: owners * 2 }, (_, i) => ({
      node: Math.floor(random() * graph.nodes),
      ms: seed % 2 ? 0 : Math.floor(random() * 300_000),
      arc: NONE,
      owner: i % owners,
    }))
    const limit = seed % 5 ? 900_000 : INF - 1
    const single = Array.from({ length: owners }, (_, owner) => {
      const search = new Search(graph)
      search.run(weights, false, seeds.filter(s => s.owner === owner), limit) // prettier-ignore
      return search.dist
    })
    const found = coverage(graph, weights, seeds, limit)
    for (let node = 0; node < graph.nodes; node++) {
      const times = single.map(dist => dist[node]).sort((a, b) => a - b)
      const first = found.firstOwner[node]
      const second = found.secondOwner[node]
      const at = `seed ${seed} node ${node}`
      expect([at, found.firstMs[node], found.secondMs[node]]).toEqual([at, times[0], times[1]])
      expect([at, first < 0 ? INF : single[first][node]]).toEqual([at, times[0]])
      expect([at, second < 0 ? INF : single[second][node]]).toEqual([at, times[1]])
      if (second >= 0) expect([at, second]).not.toEqual([at, first])
    }
  }
})

test('double cover counts the places that two teams reach in time, also between teams on one road', () => {
  let counted = 0
  for (let seed = 1; seed <= 150; seed++) {
    const random = randomOf(seed)
    const bytes = buildGraph(randomNetwork(seed))
    const graph = openGraph(bytes)
    const onRoads = (): LonLat => {
      const edge = Math.floor(random() * graph.edges)
      const [a, b] = [graph.edgeFirstPoint[edge], graph.edgeFirstPoint[edge + 1] - 1]
      const u = random()
      return [
        (graph.pointLon[a] * u + graph.pointLon[b] * (1 - u)) / 1e7,
        (graph.pointLat[a] * u + graph.pointLat[b] * (1 - u)) / 1e7,
      ]
    }
    const settlements = Array.from({ length: 25 }, (_, i) => ({ id: `${i}`, at: onRoads(), people: 1 << i }))
    const points = Array.from({ length: 3 }, () => ({
      at: onRoads(),
      delayMs: Math.floor(random() * 60_000),
    }))
    const engine = createEngine({ graph: bytes, settlements: settlements as never, teams: [] })
    const q = { room: 'x', profile: 'heavy' as const, minutes: [4], direction: 'from' as const }
    try {
      // One circle a point says which places it reaches; two of them make a double cover.
      const outside = points.map(
        p => new Set(engine.isochrones({ ...q, points: [p] }).outside.map(o => o.id)),
      )
      const twice = settlements.filter(s => outside.filter(out => !out.has(s.id)).length >= 2)
      const { doubleCover } = engine.isochrones({ ...q, points })
      expect([seed, doubleCover!.known]).toEqual([seed, twice.reduce((sum, s) => sum + s.people, 0)])
      counted += twice.length
    } catch (error) {
      if ((error as Refusal).code !== 'off_network') throw error
    }
  }
  expect(counted).toBeGreaterThan(300)
})
