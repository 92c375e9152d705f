import { M_PER_DEG, type LonLat } from '../../contract/geo.ts'
import { INF, NONE, rangeOf, type Graph } from '../roads/graph.ts'
import type { Seed } from './search.ts'
import { edgeMs, forEachArc, type Weights } from './weights.ts'

/** The place on the road network that stands for a point: `t` of the way along `edge`'s points. */
export interface Snap {
  edge: number
  /** 0 … 1 by length; exactly 0 or 1 at the edge's junctions. */
  t: number
  /** The junction when `t` is 0 or 1, else NONE. */
  node: number
  distanceM: number
  at: LonLat
}

/** Search radii in metres: most points lie beside a road, so look near first. */
const RADII_M = [60, 250, 1000, 10_000, 100_000, Infinity]

/**
 * The nearest point of an edge that the profile may use with every road open (closures never move a point:
 * a place on a closed road is cut off, not somewhere else). Ties go to the lower edge.
 * Flat-earth metres at the point's latitude, good to 1e-4 within 4 km.
 * @param among only edges marked here, instead of all the profile may use
 * @returns null when no such edge lies within `maxM`.
 */
export function snap(
  graph: Graph,
  weights: Weights | null,
  [lon, lat]: LonLat,
  maxM: number,
  among?: Uint8Array,
): Snap | null {
  const kx = (M_PER_DEG * Math.cos((lat * Math.PI) / 180)) / 1e7
  const ky = M_PER_DEG / 1e7
  const x0 = wholeE7(lon)
  const y0 = wholeE7(lat)
  const best = { edge: NONE, d2: Infinity, point: 0, u: 0 }
  for (const radius of RADII_M) {
    const reach = Math.min(radius, maxM)
    const [dx, dy] = [reach / kx, reach / ky]
    for (const edge of graph.index.search(x0 - dx, y0 - dy, x0 + dx, y0 + dy)) {
      if (among ? !among[edge] : weights && !usable(graph, weights, edge)) continue
      nearestOnEdge(graph, edge, x0, y0, kx, ky, best)
    }
    if (best.d2 <= reach * reach) break
    if (reach >= maxM) return null
  }
  if (best.d2 > maxM * maxM) return null
  return place(graph, best.edge, best.point, best.u, Math.sqrt(best.d2))
}

/** Degrees × 1e7; a node's own coordinates come back as the integer they were, so that it snaps to itself. */
function wholeE7(degrees: number): number {
  const e7 = degrees * 1e7
  const whole = Math.round(e7)
  return Math.abs(e7 - whole) < 1e-3 ? whole : e7
}

function usable(graph: Graph, weights: Weights, edge: number): boolean {
  return edgeMs(graph, weights.open, edge, 0) < INF || edgeMs(graph, weights.open, edge, 1) < INF
}

interface Nearest {
  edge: number
  d2: number
  /** Segment from point `point` to the next, `u` of the way along it. */
  point: number
  u: number
}

function nearestOnEdge(
  graph: Graph,
  edge: number,
  x0: number,
  y0: number,
  kx: number,
  ky: number,
  best: Nearest,
): void {
  const { pointLon, pointLat } = graph
  const last = graph.edgeFirstPoint[edge + 1]! - 1
  for (let p = graph.edgeFirstPoint[edge]!; p < last; p++) {
    const ax = (pointLon[p]! - x0) * kx
    const ay = (pointLat[p]! - y0) * ky
    const dx = (pointLon[p + 1]! - pointLon[p]!) * kx
    const dy = (pointLat[p + 1]! - pointLat[p]!) * ky
    const length2 = dx * dx + dy * dy
    let u = length2 > 0 ? -(ax * dx + ay * dy) / length2 : 0
    u = u < 0 ? 0 : u > 1 ? 1 : u
    const ex = u === 1 ? (pointLon[p + 1]! - x0) * kx : ax + u * dx
    const ey = u === 1 ? (pointLat[p + 1]! - y0) * ky : ay + u * dy
    const d2 = ex * ex + ey * ey
    if (d2 < best.d2 || (d2 === best.d2 && edge < best.edge)) {
      best.edge = edge
      best.d2 = d2
      best.point = p
      best.u = u
    }
  }
}

function place(graph: Graph, edge: number, point: number, u: number, distanceM: number): Snap {
  const from = graph.edgeFirstPoint[edge]!
  const last = graph.edgeFirstPoint[edge + 1]! - 1
  const lon = graph.pointLon[point]! + u * (graph.pointLon[point + 1]! - graph.pointLon[point]!)
  const lat = graph.pointLat[point]! + u * (graph.pointLat[point + 1]! - graph.pointLat[point]!)
  const at: LonLat = [lon / 1e7, lat / 1e7]
  const atTail = point === from && u === 0
  const atHead = point + 1 === last && u === 1
  if (atTail || atHead) {
    const [tail, head] = edgeEnds(graph, edge)
    return { edge, t: atTail ? 0 : 1, node: atTail ? tail : head, distanceM, at }
  }
  const along = metresAlong(graph, edge)
  const before = along[point - from]!
  const t = (before + u * (along[point - from + 1]! - before)) / along.at(-1)!
  return { edge, t: Number.isFinite(t) ? t : 0, node: NONE, distanceM, at }
}

/** Metres from the edge's first point to each of its points, flat at the edge's own latitude. */
export function metresAlong(graph: Graph, edge: number): Float64Array {
  const from = graph.edgeFirstPoint[edge]!
  const count = graph.edgeFirstPoint[edge + 1]! - from
  const along = new Float64Array(count)
  const k = Math.cos(((graph.pointLat[from]! / 1e7) * Math.PI) / 180)
  for (let i = 1; i < count; i++) {
    const dx = (graph.pointLon[from + i]! - graph.pointLon[from + i - 1]!) * k
    const dy = graph.pointLat[from + i]! - graph.pointLat[from + i - 1]!
    along[i] = along[i - 1]! + (Math.sqrt(dx * dx + dy * dy) / 1e7) * M_PER_DEG
  }
  return along
}

/** The junctions (never copies) at the first and the last point of an edge. */
export function edgeEnds(graph: Graph, edge: number): [tail: number, head: number] {
  const fwd = graph.edgeFwd[edge]!
  const back = graph.edgeBack[edge]!
  // Where copies stand for a junction, an edge's own arcs begin and end in them.
  const [tail, head] =
    fwd !== NONE ? [graph.tail[fwd]!, graph.head[fwd]!] : [graph.head[back]!, graph.tail[back]!]
  return [baseOf(graph, tail), baseOf(graph, head)]
}

const bases = new WeakMap<Graph, Map<number, number>>()

/** The junction a node is a copy of, or the node itself. */
export function baseOf(graph: Graph, node: number): number {
  let map = bases.get(graph)
  if (!map) {
    map = new Map(Array.from(graph.copyNode, (copy, i) => [copy, graph.copyBase[i]!]))
    bases.set(graph, map)
  }
  return map.get(node) ?? node
}

/** A junction and its copies. */
export function statesOf(graph: Graph, node: number): number[] {
  const [from, to] = rangeOf(graph.copyBase, node)
  return from === to ? [node] : [node, ...graph.copyNode.subarray(from, to)]
}

/** Part of an arc costs its whole time × the fraction, rounded (DESIGN: Wire). */
export function partMs(ms: number, fraction: number): number {
  return Math.round(ms * fraction)
}

/** Where a search *from* a snapped place begins. Nothing is remembered of how one came there. */
export function leave(graph: Graph, weights: Weights, { edge, t, node }: Snap, delayMs = 0): Seed[] {
  if (node !== NONE) return statesOf(graph, node).map(state => ({ node: state, ms: delayMs, arc: NONE }))
  const seeds: Seed[] = []
  forEachArc(graph, edge, arc => {
    const ms = weights.ms[arc]!
    if (ms === INF) return
    const share = graph.arcEdge[arc]! & 1 ? t : 1 - t
    seeds.push({ node: graph.head[arc]!, ms: delayMs + partMs(ms, share), arc })
  })
  return seeds
}

/** Where a search *to* a snapped place begins on the reverse graph: every state that can drive onto it. */
export function arrive(graph: Graph, weights: Weights, { edge, t, node }: Snap, delayMs = 0): Seed[] {
  if (node !== NONE) return statesOf(graph, node).map(state => ({ node: state, ms: delayMs, arc: NONE }))
  const seeds: Seed[] = []
  forEachArc(graph, edge, arc => {
    const ms = weights.ms[arc]!
    if (ms === INF) return
    const share = graph.arcEdge[arc]! & 1 ? 1 - t : t
    seeds.push({ node: graph.tail[arc]!, ms: delayMs + partMs(ms, share), arc })
  })
  return seeds
}

/** Road time between two places on one edge without leaving it, or INF. */
export function alongEdge(graph: Graph, weights: Weights, a: Snap, b: Snap): number {
  if (a.node !== NONE && a.node === b.node) return 0
  if (a.edge !== b.edge) return INF
  const [along, against] = [edgeMs(graph, weights.ms, a.edge, 0), edgeMs(graph, weights.ms, a.edge, 1)]
  if (a.t === b.t) return along < INF || against < INF ? 0 : INF
  const ms = a.t < b.t ? along : against
  return ms === INF ? INF : partMs(ms, Math.abs(b.t - a.t))
}
