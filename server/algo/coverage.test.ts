import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../contract/settings.ts'
import { buildGraph } from './build.ts'
import { coverage } from './coverage.ts'
import { INF, NONE, openGraph } from './graph.ts'
import { randomNetwork, randomOf } from './random.fixture.ts'
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
