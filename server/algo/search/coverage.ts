import { INF, NONE, type Graph } from '../roads/graph.ts'
import { Search, type Seed } from './search.ts'
import type { Weights } from './weights.ts'

/** Who is first at every node and who second: the second always another owner. INF / -1 = nobody. */
export interface Coverage {
  firstMs: Int32Array
  firstOwner: Int32Array
  secondMs: Int32Array
  secondOwner: Int32Array
}

export interface OwnedSeed extends Seed {
  owner: number
}

/**
 * Times from the nearest and the second-nearest owner to every node within the limit.
 * The second search starts wherever an arc leaves one owner's ground for another's: the best way of a second
 * owner to a node comes in over such an arc, or along a second owner's way to the node before.
 */
export function coverage(graph: Graph, weights: Weights, seeds: OwnedSeed[], limitMs: number): Coverage {
  const search = new Search(graph)
  search.run(weights, false, seeds, limitMs)
  const firstMs = search.dist.slice()
  const firstOwner = ownersOf(graph, weights, firstMs, seeds)
  const second: OwnedSeed[] = seeds.filter(s => s.ms <= limitMs && firstOwner[s.node] !== s.owner)
  for (const node of search.reached) {
    const end = weights.walks ? graph.first[node + 1]! : graph.motorEnd[node]!
    for (let arc = graph.first[node]!; arc < end; arc++) {
      const to = graph.head[arc]!
      const ms = firstMs[node]! + weights.ms[arc]!
      if (ms <= limitMs && firstOwner[to] !== firstOwner[node]) {
        second.push({ node: to, ms, arc: NONE, owner: firstOwner[node]! })
      }
    }
  }
  search.run(weights, false, second, limitMs)
  const secondMs = search.dist.slice()
  return {
    firstMs,
    firstOwner,
    secondMs,
    secondOwner: ownersOf(graph, weights, secondMs, second, firstOwner),
  }
}

/**
 * The owner of each reached node: that of a seed which explains its time, else that of a node before it on a
 * shortest way. Followed without recursion; times fall along the chain, so it ends.
 * @param notThese a node's second owner is never its first
 */
function ownersOf(
  graph: Graph,
  weights: Weights,
  dist: Int32Array,
  seeds: OwnedSeed[],
  notThese?: Int32Array,
): Int32Array {
  const owner = new Int32Array(graph.nodes).fill(-1)
  for (const seed of seeds) {
    if (seed.ms === dist[seed.node] && notThese?.[seed.node] !== seed.owner) owner[seed.node] = seed.owner
  }
  const chain: number[] = []
  for (let start = 0; start < graph.nodes; start++) {
    if (dist[start] === INF || owner[start]! >= 0) continue
    let node = start
    while (owner[node]! < 0) {
      chain.push(node)
      const before = previous(graph, weights, dist, node)
      if (before < 0) break
      node = before
    }
    const found = owner[node]!
    for (let at = chain.pop(); at !== undefined; at = chain.pop()) owner[at] = found
  }
  return owner
}

function previous(graph: Graph, weights: Weights, dist: Int32Array, node: number): number {
  const end = weights.walks ? graph.rFirst[node + 1]! : graph.rMotorEnd[node]!
  for (let slot = graph.rFirst[node]!; slot < end; slot++) {
    const ms = weights.rms[slot]!
    const tail = graph.rTail[slot]!
    if (ms < INF && dist[tail]! + ms === dist[node]) return tail
  }
  return -1
}
