import type { Network, Way } from '../county.ts'
import { hash } from '../random.ts'

/** One named street of so many in the county town is for one direction. */
const ONEWAY_OF = 6
const RESTRICTIONS = 16
const WIDE = new Set(['trunk', 'primary', 'secondary'])

/**
 * One-way streets, traffic lights and forbidden left turns in the county town's middle.
 * @param isTown whether a way is a street of the county town
 */
export function orderTraffic(seed: number, network: Network, isTown: (way: number) => boolean): void {
  const ends = endsOf(network)
  for (const [w, way] of network.ways.entries()) {
    if (isTown(w) && way.tags.highway === 'residential') oneway(seed, network, way, ends)
  }
  let left = RESTRICTIONS
  for (const [node, ways] of ends) {
    const wide = ways.filter(w => isTown(w) && WIDE.has(network.ways[w].tags.highway ?? ''))
    if (wide.length < 3) continue
    network.nodeTags.set(node, { highway: 'traffic_signals' })
    if (left === 0 || hash(seed, 61, node) % 3 !== 0) continue
    const turn = leftTurn(network, node, wide)
    if (!turn) continue
    network.restrictions.push({ kind: 'no_left_turn', from: turn[0], via: node, to: turn[1] })
    left--
  }
}

/** The ways that end at each node, in the order of the ways. */
function endsOf({ ways }: Network): Map<number, number[]> {
  const ends = new Map<number, number[]>()
  for (const [w, { nodes, tags }] of ways.entries()) {
    if (tags.highway === undefined) continue
    for (const node of [nodes[0], nodes[nodes.length - 1]]) {
      const there = ends.get(node)
      if (there) there.push(w)
      else ends.set(node, [w])
    }
  }
  return ends
}

/** A street in one direction along all its blocks, but for those at whose end one could not go on. */
function oneway(seed: number, { lon, lat }: Network, way: Way, ends: Map<number, number[]>): void {
  const { name } = way.tags
  if (name === undefined || way.nodes.length < 2) return
  let roll = seed
  for (let i = 0; i < name.length; i++) roll = hash(roll, name.charCodeAt(i))
  if (roll % ONEWAY_OF !== 0) return
  const [first, last] = [way.nodes[0], way.nodes[way.nodes.length - 1]]
  if ((ends.get(first)?.length ?? 0) < 4 || (ends.get(last)?.length ?? 0) < 4) return
  const forward = lon[last] - lon[first] + 0.7 * (lat[last] - lat[first]) > 0
  if (forward !== ((roll >>> 8) & 1) > 0) way.nodes.reverse()
  way.tags.oneway = 'yes'
}

/** Two ways at a node, from the first of which the second lies to the left. */
function leftTurn({ lon, lat, ways }: Network, node: number, some: number[]): [number, number] | null {
  const away = (w: number): [number, number] => {
    const { nodes } = ways[w]
    const other = nodes[0] === node ? nodes[1] : nodes[nodes.length - 2]
    return [lon[other] - lon[node], lat[other] - lat[node]]
  }
  for (const from of some) {
    const [fx, fy] = away(from)
    for (const to of some) {
      if (to === from) continue
      const [tx, ty] = away(to)
      // Coming from `from` one drives towards (−fx, −fy); left of that is (fy, −fx).
      const norm = Math.sqrt((fx * fx + fy * fy) * (tx * tx + ty * ty)) || 1
      if ((tx * fy - ty * fx) / norm > 0.8) return [from, to]
    }
  }
  return null
}
