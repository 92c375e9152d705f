import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../../contract/settings.ts'
import { networkOf, randomNetwork, randomOf } from '../random.fixture.ts'
import { buildGraph } from '../roads/build.ts'
import { INF, NONE, openGraph, type Graph } from '../roads/graph.ts'
import { Search, type Seed } from './search.ts'
import { makeWeights, openTimes, type Weights } from './weights.ts'

const seedOf = (node: number, ms: number): Seed => ({ node, ms, arc: NONE })

/** A random network with speeds made slower by `slow`, so that arcs may be very long. */
function sample(seed: number, slow = 1): { graph: Graph; weights: Weights; search: Search } {
  const graph = openGraph(buildGraph(randomNetwork(seed)))
  const settings: Settings = structuredClone(DEFAULT_SETTINGS)
  settings.profiles.value.heavy.factor = 1 / slow
  const weights = makeWeights(graph, openTimes(graph, 'heavy', settings), false, new Uint16Array(graph.edges))
  return { graph, weights, search: new Search(graph) }
}

const anySample = fc.record({
  seed: fc.integer({ min: 1, max: 500 }),
  // The longest arcs take from minutes to days.
  slow: fc.constantFrom(1, 0.01, 700, 20_000),
  backward: fc.boolean(),
})

test('many sources with unsorted delays: the least over single ones, to the millisecond', () => {
  fc.assert(
    fc.property(
      anySample,
      fc.array(fc.tuple(fc.nat(1000), fc.nat(3_000_000)), { maxLength: 8 }),
      ({ seed, slow, backward }, picks) => {
        const { graph, weights, search } = sample(seed, slow)
        const seeds = picks.map(([pick, ms]) => seedOf(pick % graph.nodes, ms))
        const least = new Int32Array(graph.nodes).fill(INF)
        for (const one of seeds) {
          search.run(weights, backward, [one], INF - 1)
          search.dist.forEach((ms, node) => (least[node] = Math.min(least[node], ms)))
        }
        search.run(weights, backward, seeds, INF - 1)
        expect(search.dist).toEqual(least)
      },
    ),
    { numRuns: 200 },
  )
})

test('the limit holds to the millisecond, and what was reached is told once each', () => {
  fc.assert(
    fc.property(anySample, fc.nat(1000), fc.nat(5000), ({ seed, slow, backward }, pick, delay) => {
      const { graph, weights, search } = sample(seed, slow)
      const seeds = [seedOf(pick % graph.nodes, delay)]
      search.run(weights, backward, seeds, INF - 1)
      const full = search.dist.slice()
      const times = [...full].filter(ms => ms < INF).sort((a, b) => a - b)
      for (const limit of [times[times.length >> 1], times.at(-1)!, delay - 1]) {
        for (const bound of [limit - 1, limit]) {
          search.run(weights, backward, seeds, bound)
          expect(search.dist).toEqual(full.map(ms => (ms <= bound ? ms : INF)))
          const reached = [...search.reached].sort((a, b) => a - b)
          expect(reached).toEqual([...full.keys()].filter(node => full[node] <= bound))
        }
      }
    }),
    { numRuns: 150 },
  )
})

test('stopping at the targets gives them the same times, and leaves nothing behind', () => {
  fc.assert(
    fc.property(anySample, fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }), (sampled, picks) => {
      const { graph, weights, search } = sample(sampled.seed, sampled.slow)
      const [from, ...targets] = picks.map(pick => pick % graph.nodes)
      const seeds = [seedOf(from, 0)]
      search.run(weights, sampled.backward, seeds, INF - 1)
      const full = search.dist.slice()
      search.run(weights, sampled.backward, seeds, INF - 1, Uint32Array.from(targets))
      for (const node of targets) expect(search.dist[node]).toBe(full[node])
      search.run(weights, sampled.backward, seeds, INF - 1)
      expect(search.dist).toEqual(full)
    }),
    { numRuns: 150 },
  )
})

test('no seeds, and seeds beyond the limit, reach nothing', () => {
  const { weights, search } = sample(7)
  for (const seeds of [[], [seedOf(0, 1000)], [seedOf(0, INF)]]) {
    search.run(weights, false, seeds, 999)
    expect(search.reached.length).toBe(0)
    expect(search.dist.every(ms => ms === INF)).toBe(true)
  }
})

test('one search after another, forward and back, short and long, on one scratch space', () => {
  const { graph, weights, search } = sample(11)
  const random = randomOf(3)
  for (let i = 0; i < 200; i++) {
    const seeds = [seedOf(Math.floor(random() * graph.nodes), Math.floor(random() * 10_000))]
    const backward = random() < 0.5
    const limit = random() < 0.5 ? INF - 1 : Math.floor(random() * 600_000)
    search.run(weights, backward, seeds, limit)
    const fresh = new Search(graph)
    fresh.run(weights, backward, seeds, limit)
    expect(search.dist).toEqual(fresh.dist)
  }
})

test('a road so long that its time fits no number is as far as can be told, not a negative time', () => {
  const round: [number, number][] = [[-1_800_000_000, 0], [-600_000_000, 0], [600_000_000, 0], [1_799_999_999, 0]] // prettier-ignore
  const graph = openGraph(buildGraph(networkOf(round, [{ id: 1, nodes: [1, 2, 3, 4], cls: 9 }])))
  const open = openTimes(graph, 'foot', DEFAULT_SETTINGS)
  expect([...open]).toEqual([INF - 1, INF - 1])
  const search = new Search(graph)
  search.run(makeWeights(graph, open, true, new Uint16Array(1)), false, [seedOf(0, 0)], INF - 1)
  expect([...search.dist].sort((a, b) => a - b)).toEqual([0, INF - 1])
})
