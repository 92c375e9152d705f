import { type LonLat, distanceM } from '../../../server/contract/geo.ts'
import { ROAD_FLAGS, type RoadWay } from '../../../server/contract/roads.ts'
import { ROAD_CLASSES } from '../../../server/contract/settings.ts'
import { buildGraph } from '../../../server/algo/roads/build.ts'
import { openGraph } from '../../../server/algo/roads/graph.ts'
import { sampleGrid } from '../../../geodata/formats/elevation.ts'
import { seeded } from '../../bench/measure.ts'
import { Heap } from '../../../geodata/packs/heap.ts'
import type { ReadPack } from './pack.ts'

/** A village further than this from every road that leads anywhere has none. */
const MOST_TO_ROAD_M = 250
/** Climb is measured on the ground over stretches of at least this; a road's banks and cuttings make good so much of it. */
const STRETCH_M = 300
const EARTHWORKS_M = 10
/**
 * The steepest by class (JTG B01, JTG 2111 for villages, with the point that mountains are granted), per metre. Not
 * the maker's own table: a check that shared it would pass whatever stands there.
 */
const STEEPEST: Record<string, number> = {
  motorway: 0.05,
  national: 0.07,
  provincial: 0.08,
  county: 0.09,
  township: 0.1,
  village: 0.12,
  service: 0.13,
  track: 0.18,
}

export interface RoadFigures {
  edges: number
  km: number
  tunnelShare: number
  bridgeShare: number
  /** Of the edges, in the largest connected part. */
  largestShare: number
  /** Road length over straight distance between villages: the 5th, 50th and 95th of a hundred. */
  detour: [number, number, number]
  /** Share of the length, bridges and tunnels aside, that is steeper than its class allows. */
  steepShare: number
}

/** Figures of the roads, and what is wrong with them in words. */
export function roadFigures(pack: ReadPack, areaKm2: number): { figures: RoadFigures; faults: string[] } {
  const net = lengths(pack)
  const graph = openGraph(buildGraph(pack.roads))
  const figures: RoadFigures = {
    edges: graph.edges,
    km: net.totalM / 1000,
    tunnelShare: net.tunnelM / net.totalM,
    bridgeShare: net.bridgeM / net.totalM,
    largestShare: largestShare(pack),
    detour: detours(pack, net),
    steepShare: steepShare(pack, net),
  }
  const faults: string[] = []
  const expect = (what: string, value: number, low: number, high: number): void => {
    if (!(value >= low && value <= high)) faults.push(`${what} ${value.toFixed(4)} is not ${low}–${high}`)
  }
  const size = areaKm2 / 1800
  expect('edges', figures.edges, 8000 * Math.min(1, size), 15000 * Math.max(1, size))
  expect('share of tunnels', figures.tunnelShare, 0, 0.02)
  expect('share of bridges', figures.bridgeShare, 0, 0.04)
  expect('share of the largest part', figures.largestShare, 0.97, 1)
  expect('median detour', figures.detour[1], 1.2, 2.5)
  expect('share that is too steep', figures.steepShare, 0, 0.005)
  return { figures, faults: [...faults, ...unreached(pack, net)] }
}

interface Net {
  /** By node index: neighbours and metres, drivable ways only, both directions. */
  next: { to: number; m: number }[][]
  totalM: number
  tunnelM: number
  bridgeM: number
}

const isDrivable = (way: RoadWay): boolean =>
  (way.flags & ROAD_FLAGS.noMotor) === 0 && ROAD_CLASSES.indexOf('path') > way.cls

function at({ roads }: ReadPack, node: number): LonLat {
  return [roads.lonE7[node]! / 1e7, roads.latE7[node]! / 1e7]
}

const indexes = new WeakMap<Float64Array, Map<number, number>>()
function nodesOf({ roads }: ReadPack, way: RoadWay): number[] {
  let index = indexes.get(roads.nodeIds)
  if (!index) indexes.set(roads.nodeIds, (index = new Map(Array.from(roads.nodeIds, (id, i) => [id, i]))))
  return Array.from(way.nodes, id => index.get(id)!)
}

function lengths(pack: ReadPack): Net {
  const net: Net = { next: Array.from(pack.roads.nodeIds, () => []), totalM: 0, tunnelM: 0, bridgeM: 0 }
  for (const way of pack.roads.ways) {
    if (!isDrivable(way)) continue
    const nodes = nodesOf(pack, way)
    for (let i = 1; i < nodes.length; i++) {
      const [a, b] = [nodes[i - 1]!, nodes[i]!]
      const m = distanceM(at(pack, a), at(pack, b))
      net.totalM += m
      if (way.flags & ROAD_FLAGS.tunnel) net.tunnelM += m
      if (way.flags & ROAD_FLAGS.bridge) net.bridgeM += m
      net.next[a]!.push({ to: b, m })
      net.next[b]!.push({ to: a, m })
    }
  }
  return net
}

/** Of all ways' pieces between nodes, paths included, the share that hangs together. */
function largestShare(pack: ReadPack): number {
  const parent = Array.from(pack.roads.nodeIds, (_, i) => i)
  const root = (node: number): number => {
    while (parent[node] !== node) node = parent[node] = parent[parent[node]!]!
    return node
  }
  const pieces: number[] = []
  for (const way of pack.roads.ways) {
    const nodes = nodesOf(pack, way)
    for (let i = 1; i < nodes.length; i++) {
      parent[root(nodes[i - 1]!)] = root(nodes[i]!)
      pieces.push(nodes[i]!)
    }
  }
  const count = new Map<number, number>()
  for (const node of pieces) count.set(root(node), (count.get(root(node)) ?? 0) + 1)
  return Math.max(...count.values()) / pieces.length
}

/** Metres by road from a node to all others. */
function distancesFrom(net: Net, from: number): Float64Array {
  const far = new Float64Array(net.next.length).fill(Infinity)
  const heap = new Heap()
  far[from] = 0
  heap.push(0, from)
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    for (const { to, m } of net.next[node]!) {
      if (far[node]! + m >= far[to]!) continue
      far[to] = far[node]! + m
      heap.push(far[to]!, to)
    }
  }
  return far
}

/** The nearest drivable node that passes, and the metres to it. */
function nearest(
  pack: ReadPack,
  net: Net,
  place: LonLat,
  passes: (node: number) => boolean = () => true,
): { node: number; m: number } {
  let best = { node: -1, m: Infinity }
  const k = Math.cos((place[1] * Math.PI) / 180)
  for (let node = 0; node < net.next.length; node++) {
    if (net.next[node]!.length === 0 || !passes(node)) continue
    const [lon, lat] = at(pack, node)
    const m = Math.hypot((lon - place[0]) * k, lat - place[1]) * 111_195
    if (m < best.m) best = { node, m }
  }
  return best
}

interface OnRoads {
  name: string
  place: LonLat
  node: number
  toRoadM: number
}

function villagesOf(pack: ReadPack, net: Net): OnRoads[] {
  return pack.records.get('villages')!.flatMap(({ name, at: place }) => {
    if (!place) return []
    const { node, m } = nearest(pack, net, place)
    return [{ name, place, node, toRoadM: m }]
  })
}

function detours(pack: ReadPack, net: Net): [number, number, number] {
  const villages = villagesOf(pack, net).filter(v => v.toRoadM <= MOST_TO_ROAD_M)
  const random = seeded(5)
  const factors: number[] = []
  for (let i = 0; i < 30; i++) {
    const from = villages[Math.floor(random() * villages.length)]!
    const far = distancesFrom(net, from.node)
    for (const to of villages) {
      const straight = distanceM(from.place, to.place)
      if (straight > 2000 && far[to.node]! < Infinity) factors.push(far[to.node]! / straight)
    }
  }
  factors.sort((a, b) => a - b)
  return [0.05, 0.5, 0.95].map(q => factors[Math.floor(q * (factors.length - 1))]!) as [
    number,
    number,
    number,
  ]
}

function steepShare(pack: ReadPack, net: Net): number {
  let steepM = 0
  for (const way of pack.roads.ways) {
    if (!isDrivable(way) || way.flags & (ROAD_FLAGS.tunnel | ROAD_FLAGS.bridge)) continue
    const steepest = STEEPEST[ROAD_CLASSES[way.cls]!] ?? Infinity
    const nodes = nodesOf(pack, way)
    let fromM = 0
    let startZ = height(pack, nodes[0]!)
    for (let i = 1; i < nodes.length; i++) {
      fromM += distanceM(at(pack, nodes[i - 1]!), at(pack, nodes[i]!))
      if (fromM < STRETCH_M) continue
      const z = height(pack, nodes[i]!)
      if (Math.abs(z - startZ) - EARTHWORKS_M > steepest * fromM) steepM += fromM
      fromM = 0
      startZ = z
    }
  }
  return steepM / net.totalM
}

function height(pack: ReadPack, node: number): number {
  return sampleGrid(pack.terrain, ...at(pack, node))
}

/** Every village reaches the county town by road, or says that it is reached on foot only. */
function unreached(pack: ReadPack, net: Net): string[] {
  const town = pack.records
    .get('townships')!
    .find(({ at: place, fields }) => place && fields.kind === 'subdistrict')
  if (!town) return ['no sub-district with a position']
  const far = distancesFrom(net, nearest(pack, net, town.at!).node)
  return pack.records.get('villages')!.flatMap(({ name, at: place, fields }) => {
    if (!place || fields.access === 'foot') return []
    const { m } = nearest(pack, net, place, node => far[node]! < Infinity)
    return m <= MOST_TO_ROAD_M
      ? []
      : [`village ${name} is ${Math.round(m)} m from a road to the county town and not listed as foot only`]
  })
}
