import { distanceM } from '../../../server/contract/geo.ts'
import { finish } from '../../work.ts'
import type { Brief, Land, Network, People } from '../county.ts'
import { Heap } from '../heap.ts'
import { makePeople } from '../people/make-people.ts'
import { makeLand } from '../terrain/land.ts'
import { makeNetwork } from './make-network.ts'

export interface MadeRoads {
  brief: Brief
  land: Land
  people: People
  network: Network
}

const made = new Map<number, MadeRoads>()

/** A county of 20 × 20 km, made once per test file. */
export function madeRoads(seed: number): MadeRoads {
  const known = made.get(seed)
  if (known) return known
  const brief: Brief = { seed, widthKm: 20, heightKm: 20, centre: [82.8, 38.9] }
  const land = finish(makeLand(brief))
  const people = makePeople(brief, land)
  const network = finish(makeNetwork(brief, land, people))
  const one = { brief, land, people, network }
  made.set(seed, one)
  return one
}

/** Metres along a way. */
export const wayM = ({ lon, lat }: Network, nodes: readonly number[]): number =>
  nodes.slice(1).reduce((sum, b, i) => sum + distanceM([lon[nodes[i]], lat[nodes[i]]], [lon[b], lat[b]]), 0)

/** What a vehicle may drive: node to node with metres, one-ways kept. */
export function drivable(network: Network, backwards = false): Map<number, [to: number, metres: number][]> {
  const out = new Map<number, [number, number][]>()
  const add = (a: number, b: number, metres: number): void => {
    const there = out.get(a)
    if (there) there.push([b, metres])
    else out.set(a, [[b, metres]])
  }
  for (const { nodes, tags } of network.ways) {
    if (tags.highway === undefined || tags.highway === 'path') continue
    for (let i = 1; i < nodes.length; i++) {
      const metres = wayM(network, [nodes[i - 1], nodes[i]])
      const [a, b] = backwards ? [nodes[i], nodes[i - 1]] : [nodes[i - 1], nodes[i]]
      add(a, b, metres)
      if (tags.oneway !== 'yes') add(b, a, metres)
    }
  }
  return out
}

/** All roads and paths in both directions. */
export const walkable = (network: Network): Map<number, [number, number][]> =>
  drivable({
    ...network,
    ways: network.ways.map(({ nodes, tags: { highway } }) => ({
      nodes,
      tags: (highway === undefined ? {} : { highway: 'track' }) as Record<string, string>,
    })),
  })

/** Metres by road from a node to every other it reaches. */
export function metresFrom(roads: Map<number, [number, number][]>, start: number): Map<number, number> {
  const best = new Map([[start, 0]])
  const heap = new Heap()
  heap.push(0, start)
  while (heap.size > 0) {
    const metres = heap.leastKey()
    const node = heap.pop()
    if (metres > best.get(node)!) continue
    for (const [next, length] of roads.get(node) ?? []) {
      if (metres + length >= (best.get(next) ?? Infinity)) continue
      best.set(next, metres + length)
      heap.push(metres + length, next)
    }
  }
  return best
}

/** What one drives out of a village on: everything but the motorway. */
export const slowRoads = (network: Network): Map<number, [number, number][]> =>
  drivable({ ...network, ways: network.ways.filter(({ tags }) => !tags.highway?.startsWith('motorway')) })

/** The node of some roads nearest to a point. */
export function nearestNode(
  { lon, lat }: Network,
  roads: Map<number, unknown>,
  [x, y]: readonly [number, number],
): { node: number; metres: number } {
  let [node, least] = [-1, Infinity]
  for (const n of roads.keys()) {
    const d = distanceM([lon[n], lat[n]], [x, y])
    if (d < least) [node, least] = [n, d]
  }
  return { node, metres: least }
}
