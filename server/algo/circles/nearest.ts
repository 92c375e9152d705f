import type { Graph } from '../roads/graph.ts'

/** Straight pieces of edges in lattice units, with the edge and the share of its length at both ends. */
export class Segments {
  count = 0
  readonly edge: number[] = []
  readonly x: number[] = []
  readonly y: number[] = []
  readonly dx: number[] = []
  readonly dy: number[] = []
  private readonly t0: number[] = []
  private readonly t1: number[] = []

  /** @param west, south the origin, 1e-7 degrees; @param dLon, dLat one lattice step */
  constructor(
    private readonly west: number,
    private readonly south: number,
    private readonly dLon: number,
    private readonly dLat: number,
  ) {}

  addEdge(graph: Graph, edge: number): void {
    const last = graph.edgeFirstPoint[edge + 1]! - 1
    const start = this.count
    let length = 0
    for (let p = graph.edgeFirstPoint[edge]!; p < last; p++) {
      const x = (graph.pointLon[p]! - this.west) / this.dLon
      const y = (graph.pointLat[p]! - this.south) / this.dLat
      const dx = (graph.pointLon[p + 1]! - this.west) / this.dLon - x
      const dy = (graph.pointLat[p + 1]! - this.south) / this.dLat - y
      this.edge.push(edge)
      this.x.push(x)
      this.y.push(y)
      this.dx.push(dx)
      this.dy.push(dy)
      this.t0.push(length)
      length += Math.sqrt(dx * dx + dy * dy)
      this.t1.push(length)
      this.count++
    }
    for (let i = start; i < this.count; i++) {
      this.t0[i]! /= length || 1
      this.t1[i]! /= length || 1
    }
  }

  private share(i: number, x: number, y: number): number {
    const dx = this.dx[i]!
    const dy = this.dy[i]!
    const length2 = dx * dx + dy * dy
    const u = length2 > 0 ? ((x - this.x[i]!) * dx + (y - this.y[i]!) * dy) / length2 : 0
    return u < 0 ? 0 : u > 1 ? 1 : u
  }

  distance2(i: number, x: number, y: number): number {
    const u = this.share(i, x, y)
    const ex = this.x[i]! + u * this.dx[i]! - x
    const ey = this.y[i]! + u * this.dy[i]! - y
    return ex * ex + ey * ey
  }

  /** Share of the edge's whole length at the piece's nearest point to (x, y). */
  along(i: number, x: number, y: number): number {
    return this.t0[i]! + this.share(i, x, y) * (this.t1[i]! - this.t0[i]!)
  }
}

/** Exact distances from each segment to the lattice points within about one and a half cells of it. */
export function paintBands(
  segments: Segments,
  side: number,
  owner: Int32Array,
  distance2: Float64Array,
): void {
  for (let i = 0; i < segments.count; i++) {
    const x0 = segments.x[i]!
    const y0 = segments.y[i]!
    const dx = segments.dx[i]!
    const dy = segments.dy[i]!
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))))
    let lastX = NaN
    let lastY = NaN
    for (let k = 0; k <= steps; k++) {
      const x = Math.round(x0 + (dx * k) / steps)
      const y = Math.round(y0 + (dy * k) / steps)
      if (x === lastX && y === lastY) continue
      lastX = x
      lastY = y
      const [top, right] = [Math.min(side - 1, y + 1), Math.min(side - 1, x + 1)]
      for (let py = Math.max(0, y - 1); py <= top; py++) {
        for (let px = Math.max(0, x - 1); px <= right; px++)
          offer(segments, side, owner, distance2, px, py, i)
      }
    }
  }
}

function offer(
  segments: Segments,
  side: number,
  owner: Int32Array,
  distance2: Float64Array,
  x: number,
  y: number,
  segment: number,
): void {
  const at = y * side + x
  const d2 = segments.distance2(segment, x, y)
  if (d2 < distance2[at]!) {
    distance2[at] = d2
    owner[at] = segment
  }
}

/** Hands each point's owner on to its neighbours, once up and once down: a vector distance transform. */
export function sweep(segments: Segments, side: number, owner: Int32Array, distance2: Float64Array): void {
  for (let pass = 0; pass < 2; pass++) {
    const step = pass === 0 ? 1 : -1
    const first = pass === 0 ? 0 : side - 1
    for (let j = 0; j < side; j++) {
      const y = first + j * step
      for (let i = 0; i < side; i++) {
        const x = first + i * step
        if (i > 0) inherit(segments, side, owner, distance2, x, y, x - step, y)
        if (j === 0) continue
        if (x > 0) inherit(segments, side, owner, distance2, x, y, x - 1, y - step)
        inherit(segments, side, owner, distance2, x, y, x, y - step)
        if (x < side - 1) inherit(segments, side, owner, distance2, x, y, x + 1, y - step)
      }
      for (let i = side - 2; i >= 0; i--) {
        const x = first + i * step
        inherit(segments, side, owner, distance2, x, y, x + step, y)
      }
    }
  }
}

/** Offers (x, y) the owner of its neighbour (nx, ny), where that is another. */
function inherit(
  segments: Segments,
  side: number,
  owner: Int32Array,
  distance2: Float64Array,
  x: number,
  y: number,
  nx: number,
  ny: number,
): void {
  const segment = owner[ny * side + nx]!
  if (segment >= 0 && segment !== owner[y * side + x]) offer(segments, side, owner, distance2, x, y, segment)
}
