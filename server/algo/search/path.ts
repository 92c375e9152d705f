import type { RoadPart } from '../../contract/api.ts'
import { ROAD_CLASSES } from '../../contract/settings.ts'
import { INF, NONE, nameOf, type Graph } from '../roads/graph.ts'
import { alongEdge, arrive, leave, metresAlong, type Snap } from './snap.ts'
import type { Weights } from './weights.ts'

/** A stretch of one edge driven from share `t0` to share `t1` of its length (t0 > t1 = against its points). */
export interface Stretch {
  edge: number
  t0: number
  t1: number
  ms: number
}

/**
 * The way that a finished backward search found from `from` to the `to` it was run for.
 * @param dist times to `to` by node
 * @returns null when there is none.
 */
export function pathTo(
  graph: Graph,
  weights: Weights,
  dist: Int32Array,
  from: Snap,
  to: Snap,
): Stretch[] | null {
  const direct = alongEdge(graph, weights, from, to)
  let best = direct
  let start = null
  for (const seed of leave(graph, weights, from)) {
    const ms = seed.ms + dist[seed.node]!
    if (ms < best) [best, start] = [ms, seed]
  }
  if (best >= INF) return null
  if (!start) {
    // One junction may be the end of one edge and the beginning of another.
    const samePlace = from.node !== NONE ? from.node === to.node : from.t === to.t
    return samePlace ? [] : [{ edge: from.edge, t0: from.t, t1: to.t, ms: direct }]
  }
  const path: Stretch[] = []
  if (start.arc !== NONE) path.push(stretch(graph, start.arc, from.t, null, start.ms))
  const ends = arrive(graph, weights, to)
  let node = start.node
  for (;;) {
    const end = ends.find(seed => seed.node === node && seed.ms === dist[node])
    if (end) {
      if (end.arc !== NONE) path.push(stretch(graph, end.arc, null, to.t, end.ms))
      return path
    }
    const arc = nextArc(graph, weights, dist, node)
    if (graph.arcEdge[arc] !== NONE) path.push(stretch(graph, arc, null, null, weights.ms[arc]!))
    node = graph.head[arc]!
  }
}

/** The arc out of `node` on a shortest way: its time is just what the way gets shorter by. */
function nextArc(graph: Graph, weights: Weights, dist: Int32Array, node: number): number {
  const end = weights.walks ? graph.first[node + 1]! : graph.motorEnd[node]!
  for (let arc = graph.first[node]!; arc < end; arc++) {
    const ms = weights.ms[arc]!
    if (ms < INF && dist[node] === ms + dist[graph.head[arc]!]!) return arc
  }
  throw new Error(`no way on from node ${node}: the search and its weights do not belong together`)
}

function stretch(graph: Graph, arc: number, t0: number | null, t1: number | null, ms: number): Stretch {
  const back = graph.arcEdge[arc]! & 1
  return { edge: graph.arcEdge[arc]! >>> 1, t0: t0 ?? back, t1: t1 ?? 1 - back, ms }
}

export function lengthM(graph: Graph, path: Stretch[]): number {
  let cm = 0
  for (const { edge, t0, t1 } of path) cm += graph.edgeLengthCm[edge]! * Math.abs(t1 - t0)
  return Math.round(cm) / 100
}

/** The path as `[lon, lat]` points, at least two. */
export function line(graph: Graph, path: Stretch[], from: Pick<Snap, 'at'>): number[][] {
  const points: number[][] = [from.at]
  for (const part of path) for (const point of stretchPoints(graph, part)) pushIfNew(points, point)
  if (points.length === 1) points.push([...points[0]!])
  return points
}

function pushIfNew(points: number[][], point: number[]): void {
  const last = points.at(-1)!
  if (last[0] !== point[0] || last[1] !== point[1]) points.push(point)
}

function stretchPoints(graph: Graph, { edge, t0, t1 }: Stretch): number[][] {
  const first = graph.edgeFirstPoint[edge]!
  const along = metresAlong(graph, edge)
  const total = along.at(-1)!
  const at = (i: number): number[] => [graph.pointLon[first + i]! / 1e7, graph.pointLat[first + i]! / 1e7]
  const cut = (t: number): number[] => {
    let i = 1
    while (i < along.length - 1 && along[i]! < t * total) i++
    const u = (t * total - along[i - 1]!) / (along[i]! - along[i - 1]! || 1)
    const [a, b] = [at(i - 1), at(i)]
    return [a[0]! + u * (b[0]! - a[0]!), a[1]! + u * (b[1]! - a[1]!)]
  }
  const [lo, hi] = t0 < t1 ? [t0, t1] : [t1, t0]
  const points: number[][] = [lo === 0 ? at(0) : cut(lo)]
  for (let i = 0; i < along.length; i++) {
    if (along[i]! > lo * total && along[i]! < hi * total) points.push(at(i))
  }
  points.push(hi === 1 ? at(along.length - 1) : cut(hi))
  return t0 < t1 ? points : points.reverse()
}

/** Stretches of the same road joined: what a driver is told. */
export function roadParts(graph: Graph, path: Stretch[]): RoadPart[] {
  const parts: RoadPart[] = []
  for (const { edge, t0, t1, ms } of path) {
    const name = nameOf(graph, graph.edgeName[edge]!)
    const ref = nameOf(graph, graph.edgeRef[edge]!)
    const cls = ROAD_CLASSES[graph.edgeClass[edge]!]!
    const metres = (graph.edgeLengthCm[edge]! * Math.abs(t1 - t0)) / 100
    const last = parts.at(-1)
    if (last && last.name === name && last.ref === ref && last.class === cls) {
      last.lengthM += metres
      last.durationMs += ms
    } else parts.push({ name, ref, class: cls, lengthM: metres, durationMs: ms })
  }
  for (const part of parts) part.lengthM = Math.round(part.lengthM * 10) / 10
  return parts
}
