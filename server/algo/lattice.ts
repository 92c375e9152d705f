import { M_PER_DEG } from '../contract/geo.ts'
import { INF, NONE, type Graph } from './graph.ts'

/** Spacing of the fine lattice; every fourth point is a point of the coarse one of 100 m cells. */
export const FINE_M = 25
export const COARSE = 4
/** Fine points on a block's side: 3.2 km. */
const SIDE = 128
/** Distances are kept in centimetres; this one means "no road within the cap". */
export const FAR = 0xffff

/** For each fine point of a block its nearest place on the network. */
export interface Block {
  edge: Uint32Array
  /** t along the edge × 65535. */
  t: Uint16Array
  distanceCm: Uint16Array
}

/**
 * A fixed grid over the county that knows, at each point, the nearest place on the roads a profile may use:
 * the same rule as snapping a point, so that circles and arrival times agree. It depends on the topology
 * alone, never on times or closures; blocks are filled when first looked at and kept.
 */
export class Lattice {
  readonly west: number
  readonly south: number
  /** Degrees between fine points. */
  readonly dLon: number
  readonly dLat: number
  private readonly columns: number
  private readonly blocks: (Block | null)[] = []

  constructor(
    private readonly graph: Graph,
    private readonly open: Int32Array,
    private readonly capM: number,
  ) {
    const [w, s, e, n] = graph.bbox
    this.dLat = FINE_M / M_PER_DEG
    this.dLon = this.dLat / Math.cos((((s + n) / 2) * Math.PI) / 180)
    const margin = Math.ceil(capM / FINE_M) + 2 * COARSE
    this.west = w - margin * this.dLon
    this.south = s - margin * this.dLat
    this.columns = Math.ceil((e - this.west) / this.dLon / SIDE) + 2
  }

  /** Fine column and row of a position, not rounded. */
  column(lonE7: number): number {
    return (lonE7 / 1e7 - this.west) / this.dLon
  }
  row(latE7: number): number {
    return (latE7 / 1e7 - this.south) / this.dLat
  }

  /** The block that holds fine point (column, row); its index inside is `Lattice.inBlock(column, row)`. */
  block(column: number, row: number): Block | null {
    if (column < 0 || row < 0) return null
    const at = (row >> 7) * this.columns + (column >> 7)
    const known = this.blocks[at]
    if (known !== undefined) return known
    return (this.blocks[at] = this.fill(column >> 7, row >> 7))
  }

  static inBlock(column: number, row: number): number {
    return (row & (SIDE - 1)) * SIDE + (column & (SIDE - 1))
  }

  /** Exact distances in a narrow band along every segment, then owners spread to the rest by two sweeps. */
  private fill(blockColumn: number, blockRow: number): Block | null {
    const margin = Math.ceil(this.capM / FINE_M)
    const side = SIDE + 2 * margin
    const column0 = blockColumn * SIDE - margin
    const row0 = blockRow * SIDE - margin
    const segments = this.segmentsIn(column0, row0, side)
    if (segments.count === 0) return null
    const owner = new Int32Array(side * side).fill(-1)
    const distance2 = new Float32Array(side * side).fill(Infinity)
    const offer = (x: number, y: number, segment: number): void => {
      const d2 = segments.distance2(segment, x, y)
      const at = y * side + x
      if (d2 < distance2[at]!) {
        distance2[at] = d2
        owner[at] = segment
      }
    }
    paintBands(segments, side, offer)
    sweep(side, owner, offer)
    return this.crop(segments, owner, distance2, side, margin)
  }

  private crop(
    segments: Segments,
    owner: Int32Array,
    distance2: Float32Array,
    side: number,
    margin: number,
  ): Block {
    const block: Block = {
      edge: new Uint32Array(SIDE * SIDE).fill(NONE),
      t: new Uint16Array(SIDE * SIDE),
      distanceCm: new Uint16Array(SIDE * SIDE).fill(FAR),
    }
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const from = (y + margin) * side + x + margin
        const metres = Math.sqrt(distance2[from]!) * FINE_M
        if (metres > this.capM) continue
        const segment = owner[from]!
        const to = y * SIDE + x
        block.edge[to] = segments.edge[segment]!
        block.t[to] = Math.round(segments.along(segment, x + margin, y + margin) * 65535)
        block.distanceCm[to] = Math.round(metres * 100)
      }
    }
    return block
  }

  private segmentsIn(column0: number, row0: number, side: number): Segments {
    const { graph, dLon, dLat } = this
    const w = (this.west + column0 * dLon) * 1e7
    const s = (this.south + row0 * dLat) * 1e7
    const found = graph.index.search(w, s, w + side * dLon * 1e7, s + side * dLat * 1e7)
    const segments = new Segments()
    for (const edge of found) {
      const [fwd, back] = [graph.edgeFwd[edge]!, graph.edgeBack[edge]!]
      if ((fwd === NONE || this.open[fwd] === INF) && (back === NONE || this.open[back] === INF)) continue
      segments.addEdge(
        graph,
        edge,
        lon => (lon - w) / (dLon * 1e7),
        lat => (lat - s) / (dLat * 1e7),
      )
    }
    return segments
  }
}

/** Straight pieces of edges in lattice units, with the edge and the share of its length at both ends. */
class Segments {
  count = 0
  readonly edge: number[] = []
  readonly x: number[] = []
  readonly y: number[] = []
  readonly dx: number[] = []
  readonly dy: number[] = []
  private readonly t0: number[] = []
  private readonly t1: number[] = []

  addEdge(graph: Graph, edge: number, toX: (lon: number) => number, toY: (lat: number) => number): void {
    const first = graph.edgeFirstPoint[edge]!
    const last = graph.edgeFirstPoint[edge + 1]! - 1
    const start = this.count
    let length = 0
    for (let p = first; p < last; p++) {
      const x = toX(graph.pointLon[p]!)
      const y = toY(graph.pointLat[p]!)
      const dx = toX(graph.pointLon[p + 1]!) - x
      const dy = toY(graph.pointLat[p + 1]!) - y
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
    const [dx, dy] = [this.dx[i]!, this.dy[i]!]
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

  along(i: number, x: number, y: number): number {
    return this.t0[i]! + this.share(i, x, y) * (this.t1[i]! - this.t0[i]!)
  }
}

type Offer = (x: number, y: number, segment: number) => void

/** Offers each segment to the points within about one and a half cells of it. */
function paintBands(segments: Segments, side: number, offer: Offer): void {
  for (let i = 0; i < segments.count; i++) {
    const [x0, y0, dx, dy] = [segments.x[i]!, segments.y[i]!, segments.dx[i]!, segments.dy[i]!]
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))))
    let [lastX, lastY] = [NaN, NaN]
    for (let k = 0; k <= steps; k++) {
      const x = Math.round(x0 + (dx * k) / steps)
      const y = Math.round(y0 + (dy * k) / steps)
      if (x === lastX && y === lastY) continue
      ;[lastX, lastY] = [x, y]
      for (let py = Math.max(0, y - 1); py <= Math.min(side - 1, y + 1); py++) {
        for (let px = Math.max(0, x - 1); px <= Math.min(side - 1, x + 1); px++) offer(px, py, i)
      }
    }
  }
}

/** Hands each point's owner on to its neighbours, once down and once up: a vector distance transform. */
function sweep(side: number, owner: Int32Array, offer: Offer): void {
  const take = (x: number, y: number, from: number): void => {
    const segment = owner[from]!
    if (segment >= 0 && segment !== owner[y * side + x]) offer(x, y, segment)
  }
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = y * side + x
      if (x > 0) take(x, y, at - 1)
      if (y === 0) continue
      take(x, y, at - side)
      if (x > 0) take(x, y, at - side - 1)
      if (x < side - 1) take(x, y, at - side + 1)
    }
    for (let x = side - 2; x >= 0; x--) take(x, y, y * side + x + 1)
  }
  for (let y = side - 1; y >= 0; y--) {
    for (let x = side - 1; x >= 0; x--) {
      const at = y * side + x
      if (x < side - 1) take(x, y, at + 1)
      if (y === side - 1) continue
      take(x, y, at + side)
      if (x > 0) take(x, y, at + side - 1)
      if (x < side - 1) take(x, y, at + side + 1)
    }
    for (let x = 1; x < side; x++) take(x, y, y * side + x - 1)
  }
}
