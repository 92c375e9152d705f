import { INF, type Graph } from '../roads/graph.ts'
import { statesOf } from '../search/snap.ts'
import type { RoadTimes } from '../search/times.ts'
import type { Samples } from './contour.ts'
import { MANY_ARCS, SIDE, type Lattice } from './lattice.ts'

/** Values beyond the widest limit stand this far above it, so that a line towards them has a place to cross. */
const BEYOND_MS = 600_000
const CORNERS = SIDE + 1

export interface BandQuestion {
  graph: Graph
  lattice: Lattice
  times: RoadTimes
  /** The finished search's times by node, and the nodes it reached. */
  dist: Int32Array
  reached: Uint32Array
  /** Ascending. */
  limitsMs: number[]
  /** The asked points, their edges and the time spent there: each point lies in its own circle. */
  starts: { at: [number, number]; edge: number; delayMs: number }[]
}

/**
 * Travel time over one lattice block: the time of the nearest road plus the walk from it at every corner, and
 * the junctions' own times in each cell where those and the corners disagree about a limit. Vertices 0 …
 * CORNERS² − 1 are the corners row by row, then come the inner ones; positions are in lattice units.
 */
export class Tile implements Samples {
  private column = 0
  private row = 0
  private readonly beyond: number
  private readonly values = new Int32Array(CORNERS * CORNERS)
  /** How many limits a corner lies beyond. */
  private readonly rank = new Uint8Array(CORNERS * CORNERS)
  /** First inner vertex of a cell, and for each the next one; -1 = none. */
  private readonly firstInner = new Int32Array(SIDE * SIDE)
  private readonly nextInner: number[] = []
  private readonly innerX: number[] = []
  private readonly innerY: number[] = []
  private readonly innerMs: number[] = []
  private innerIds = 0
  private readonly copies: Set<number>

  constructor(private readonly q: BandQuestion) {
    this.beyond = q.limitsMs.at(-1)! + BEYOND_MS
    this.innerIds = q.lattice.points
    this.copies = new Set(q.graph.copyNode)
  }

  x(vertex: number): number {
    if (vertex < this.values.length) return this.column + (vertex % CORNERS)
    return this.innerX[vertex - this.values.length]!
  }
  y(vertex: number): number {
    if (vertex < this.values.length) return this.row + Math.floor(vertex / CORNERS)
    return this.innerY[vertex - this.values.length]!
  }
  value(vertex: number): number {
    if (vertex < this.values.length) return this.values[vertex]!
    return this.innerMs[vertex - this.values.length]!
  }
  id(vertex: number): number {
    if (vertex >= this.values.length) return this.innerIds + vertex - this.values.length
    return this.q.lattice.pointId(this.column + (vertex % CORNERS), this.row + Math.floor(vertex / CORNERS))
  }

  /** Samples the block whose first point is (column, row). */
  load(column: number, row: number): void {
    this.innerIds += this.innerX.length
    this.column = column
    this.row = row
    for (const list of [this.nextInner, this.innerX, this.innerY, this.innerMs]) list.length = 0
    this.firstInner.fill(-1)
    this.values.fill(this.beyond)
    this.rank.fill(this.q.limitsMs.length)
    this.sample(0, 0, SIDE, SIDE)
    // The last row and column belong to the next blocks.
    this.sample(SIDE, 0, 1, SIDE)
    this.sample(0, SIDE, SIDE, 1)
    this.sample(SIDE, SIDE, 1, 1)
    this.walkFromStarts()
    this.addJunctions()
    this.addStarts()
  }

  /** Calls `visit` for every cell that some limit's line may cross: its corners, its inner vertices or none. */
  forEachActive(visit: (corners: Corners, inner: number[]) => void): void {
    const { rank } = this
    const corners: Corners = [0, 0, 0, 0]
    const inner: number[] = []
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const sw = y * CORNERS + x
        const own = rank[sw]
        const first = this.firstInner[y * SIDE + x]!
        const agree = rank[sw + 1] === own && rank[sw + CORNERS] === own && rank[sw + CORNERS + 1] === own
        if (agree && first < 0) continue
        corners[0] = sw
        corners[1] = sw + 1
        corners[2] = sw + CORNERS + 1
        corners[3] = sw + CORNERS
        inner.length = 0
        for (let v = first; v >= 0; v = this.nextInner[v]!) inner.push(this.values.length + v)
        visit(corners, inner)
      }
    }
  }

  private sample(x0: number, y0: number, width: number, height: number): void {
    const block = this.q.lattice.block(this.column + x0, this.row + y0)
    if (!block) return
    const { times } = this.q
    const { edge, fwd, back, t, walkMs } = block
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const at = y * SIDE + x
        const walk = walkMs[at]!
        if (walk === INF) continue
        const asks = fwd[at] === MANY_ARCS || times.mayStart(edge[at]!)
        const road = asks ? times.along(edge[at]!, t[at]!) : times.byArcs(fwd[at]!, back[at]!, t[at]!)
        const value = road + walk
        if (value >= this.beyond) continue
        const corner = (y0 + y) * CORNERS + x0 + x
        this.values[corner] = value
        this.rank[corner] = this.rankOf(value)
      }
    }
  }

  private rankOf(value: number): number {
    const { limitsMs } = this.q
    let rank = 0
    while (rank < limitsMs.length && value > limitsMs[rank]!) rank++
    return rank
  }

  /** A cell whose junctions do not all have the rank of its four corners gets them all as inner vertices. */
  private addJunctions(): void {
    const { graph, lattice, dist, times } = this.q
    const { rank } = this
    const { nodes, cells } = lattice.nodes
    const [from, to] = lattice.nodesIn(this.column, this.row)
    const disagree = new Uint8Array(SIDE * SIDE)
    for (let i = from; i < to; i++) {
      const cell = cells[i]!
      const sw = cell + (cell >> 6)
      const own = this.rankOf(dist[nodes[i]!]!)
      if (
        rank[sw] !== own ||
        rank[sw + 1] !== own ||
        rank[sw + CORNERS] !== own ||
        rank[sw + CORNERS + 1] !== own
      ) {
        disagree[cell] = 1
      }
    }
    for (let i = from; i < to; i++) {
      if (!disagree[cells[i]!]) continue
      const node = nodes[i]!
      // A node that no vehicle can be at says nothing about vehicles; a copy speaks through its junction.
      if (this.copies.has(node) || !times.uses(node)) continue
      let ms = INF
      for (const state of statesOf(graph, node)) ms = Math.min(ms, dist[state]!)
      this.addInner(lattice.column(graph.nodeLon[node]!), lattice.row(graph.nodeLat[node]!), ms)
    }
  }

  /** However far off the road a start is, the land around it is walked from there: its cell's corners. */
  private walkFromStarts(): void {
    const { lattice, starts } = this.q
    for (const { at, delayMs } of starts) {
      const x = lattice.column(at[0] * 1e7)
      const y = lattice.row(at[1] * 1e7)
      for (const cy of [Math.floor(y), Math.floor(y) + 1]) {
        for (const cx of [Math.floor(x), Math.floor(x) + 1]) {
          const [localX, localY] = [cx - this.column, cy - this.row]
          if (localX < 0 || localY < 0 || localX > SIDE || localY > SIDE) continue
          const corner = localY * CORNERS + localX
          const value = delayMs + lattice.walkMs(Math.hypot(cx - x, cy - y))
          if (value >= this.values[corner]!) continue
          this.values[corner] = value
          this.rank[corner] = this.rankOf(value)
        }
      }
    }
  }

  private addStarts(): void {
    for (const { at, delayMs } of this.q.starts) {
      const x = this.q.lattice.column(at[0] * 1e7)
      const y = this.q.lattice.row(at[1] * 1e7)
      if (x < this.column || y < this.row || x >= this.column + SIDE || y >= this.row + SIDE) continue
      this.addInner(x, y, delayMs)
    }
  }

  private cellOf(x: number, y: number): number {
    return (Math.floor(y) - this.row) * SIDE + Math.floor(x) - this.column
  }

  private addInner(x: number, y: number, ms: number): void {
    const cell = this.cellOf(x, y)
    const vertex = this.innerX.push(x) - 1
    this.innerY.push(y)
    this.innerMs.push(Math.min(ms, this.beyond))
    this.nextInner.push(this.firstInner[cell]!)
    this.firstInner[cell] = vertex
  }
}

/** South-west, south-east, north-east, north-west. */
export type Corners = [number, number, number, number]
