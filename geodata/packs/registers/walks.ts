import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import { roadClass } from '../../osm/classes.ts'
import { DRY } from '../county.ts'
import { Heap } from '../heap.ts'
import { cellOf, type Ground } from './ground.ts'
import { cellsBetween, lengthM, simplified } from './line.ts'
import { crosses, holds, type Ring } from './ring.ts'

/** Off the road a metre counts for this many. */
const OFF_ROAD = 2.5
/** Within the area it counts for so many more: one leaves by the nearest edge. */
const IN_DANGER = 6
const TO_ROAD_M = 500
/** Further than this a refuge is looked for elsewhere. */
const FAR_WALK_M = 2000
const NEW_REFUGE_M = 180
const BUCKET_DEG = 0.002
/** Long straight roads get points in between, for people join them anywhere. */
const NODE_EVERY_M = 45

export interface WayOut {
  /** From the edge of the area; its last point is the refuge. */
  line: LonLat[]
  lengthM: number
  /** The node where it ends. */
  node: number
}

/** The roads as people walk them: both ways, motorways and tunnels aside. */
export class Walks {
  readonly #ground: Ground
  readonly #lon: number[]
  readonly #lat: number[]
  readonly #onBridge = new Set<number>()
  readonly #first: Int32Array
  readonly #to: Int32Array
  readonly #metres: Float32Array
  readonly #buckets = new Map<number, number[]>()
  readonly #cost: Float64Array
  readonly #from: Int32Array

  constructor(ground: Ground) {
    this.#ground = ground
    const { lon, lat, ways } = ground.network
    this.#lon = [...lon]
    this.#lat = [...lat]
    const pairs: number[] = []
    for (const { nodes, tags } of ways) {
      const cls = roadClass(tags)
      if (cls === null || cls === 'motorway' || tags.tunnel !== undefined) continue
      for (let i = 1; i < nodes.length; i++)
        this.#join(nodes[i - 1], nodes[i], pairs, tags.bridge === undefined)
    }
    const count = this.#lon.length
    this.#first = new Int32Array(count + 1)
    for (const node of pairs) this.#first[node + 1]++
    for (let n = 0; n < count; n++) this.#first[n + 1] += this.#first[n]
    this.#to = new Int32Array(pairs.length)
    this.#metres = new Float32Array(pairs.length)
    const fill = this.#first.slice()
    for (let i = 0; i < pairs.length; i += 2) {
      const [a, b] = [pairs[i], pairs[i + 1]]
      const metres = distanceM(this.at(a), this.at(b))
      this.#to[fill[a]] = b
      this.#metres[fill[a]++] = metres
      this.#to[fill[b]] = a
      this.#metres[fill[b]++] = metres
    }
    for (let n = 0; n < count; n++) {
      if (this.#first[n + 1] === this.#first[n] || this.#onBridge.has(n)) continue
      const key = bucketOf(this.#lon[n], this.#lat[n])
      const bucket = this.#buckets.get(key)
      if (bucket) bucket.push(n)
      else this.#buckets.set(key, [n])
    }
    this.#cost = new Float64Array(count).fill(Infinity)
    this.#from = new Int32Array(count)
  }

  /** A piece of road as pairs of nodes, with points in between; nobody joins a road on a bridge. */
  #join(a: number, b: number, pairs: number[], ground: boolean): void {
    const [from, to] = [this.at(a), this.at(b)]
    const parts = Math.ceil(distanceM(from, to) / NODE_EVERY_M)
    let last = a
    for (let k = 1; k < parts; k++) {
      const node = this.#lon.length
      this.#lon.push(from[0] + ((to[0] - from[0]) * k) / parts)
      this.#lat.push(from[1] + ((to[1] - from[1]) * k) / parts)
      if (!ground) this.#onBridge.add(node)
      pairs.push(last, node)
      last = node
    }
    pairs.push(last, b)
  }

  at(node: number): LonLat {
    return [this.#lon[node], this.#lat[node]]
  }

  /** Nodes within `radiusM`, nearest first. */
  near(at: LonLat, radiusM: number): { node: number; metres: number }[] {
    const dLat = radiusM / 111_195
    const dLon = dLat / Math.cos((at[1] * Math.PI) / 180)
    const out: { node: number; metres: number }[] = []
    for (let y = Math.floor((at[1] - dLat) / BUCKET_DEG); y <= Math.floor((at[1] + dLat) / BUCKET_DEG); y++) {
      for (
        let x = Math.floor((at[0] - dLon) / BUCKET_DEG);
        x <= Math.floor((at[0] + dLon) / BUCKET_DEG);
        x++
      ) {
        for (const node of this.#buckets.get(y * 1_000_000 + x) ?? []) {
          const metres = distanceM(at, this.at(node))
          if (metres <= radiusM) out.push({ node, metres })
        }
      }
    }
    return out.sort((a, b) => a.metres - b.metres || a.node - b.node)
  }

  /**
   * The shortest walk from the edge of an area to a refuge that does not touch the area again, over dry ground
   * to the road and then along roads.
   * @param refuges nodes that are refuges; @param safe whether a new refuge may be made at a node
   * @returns null when no road leads away
   */
  wayOut(
    from: LonLat,
    area: Ring,
    refuges: ReadonlySet<number>,
    safe: (node: number) => boolean,
  ): WayOut | null {
    const heap = new Heap()
    const touched: number[] = []
    const reach = (node: number, cost: number, before: number): void => {
      if (cost >= this.#cost[node]) return
      if (this.#cost[node] === Infinity) touched.push(node)
      this.#cost[node] = cost
      this.#from[node] = before
      heap.push(cost, node)
    }
    for (const { node, metres } of this.near(from, TO_ROAD_M)) {
      const at = this.at(node)
      const edge = edgeOf(area, from, at)
      if (crosses(area, edge, at) || !this.#dry(edge, at)) continue
      const within = distanceM(from, edge)
      reach(node, OFF_ROAD * metres + IN_DANGER * within, -1)
    }
    const start = heap.leastKey()
    let [end, fallback] = [-1, -1]
    while (heap.size > 0 && end < 0) {
      const cost = heap.leastKey()
      const node = heap.pop()
      if (cost > this.#cost[node]) continue
      if (refuges.has(node)) end = node
      else if (cost > FAR_WALK_M && fallback >= 0) end = fallback
      else {
        if (fallback < 0 && cost - start > NEW_REFUGE_M && safe(node)) fallback = node
        const here = this.at(node)
        for (let k = this.#first[node]; k < this.#first[node + 1]; k++) {
          const next = this.#to[k]
          if (!crosses(area, here, this.at(next))) reach(next, cost + this.#metres[k], node)
        }
      }
    }
    if (end < 0) end = fallback
    const nodes: number[] = []
    for (let node = end; node >= 0; node = this.#from[node]) nodes.push(node)
    for (const node of touched) this.#cost[node] = Infinity
    if (end < 0) return null
    const road = nodes.reverse().map(node => this.at(node))
    const exit = edgeOf(area, from, road[0])
    const line = distanceM(exit, road[0]) > 1 ? [exit, ...road] : road
    if (line.length < 2) return null
    const short = simplified(line, 4)
    const clear = short.every((p, i) => i === 0 || !crosses(area, short[i - 1], p))
    return { line: clear ? short : line, lengthM: lengthM(line), node: end }
  }

  /** No river or lake to wade through. */
  #dry(a: LonLat, b: LonLat): boolean {
    const { land } = this.#ground
    for (const cell of cellsBetween(land.grid, a, b)) if (land.water[cell] !== DRY) return false
    return true
  }
}

/** Where a straight walk leaves the area for good, 4 m outside it. */
function edgeOf(area: Ring, from: LonLat, to: LonLat): LonLat {
  if (!holds(area, from)) return from
  let [inside, outside] = [0, 1]
  const at = (t: number): LonLat => [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]
  for (let i = 0; i < 24; i++) {
    const middle = (inside + outside) / 2
    if (holds(area, at(middle))) inside = middle
    else outside = middle
  }
  return at(Math.min(1, outside + 4 / Math.max(4, distanceM(from, to))))
}

const bucketOf = (lon: number, lat: number): number =>
  Math.floor(lat / BUCKET_DEG) * 1_000_000 + Math.floor(lon / BUCKET_DEG)

export const nodeCell = (ground: Ground, walks: Walks, node: number): number => cellOf(ground, walks.at(node))
