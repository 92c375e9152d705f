import { INF, type Graph } from '../roads/graph.ts'
import { statesOf } from '../search/snap.ts'
import type { RoadTimes } from '../search/times.ts'
import { ActiveCells, STRIDE } from './active.ts'
import { SIDE, type Block, type Lattice } from './lattice.ts'

/** Values beyond the widest limit stand this far above it, so that a line towards them has a place to cross. */
const BEYOND_MS = 600_000
/** Corners are numbered row by row; a row's last numbers stand for none. */
const VERTICES = STRIDE * (SIDE + 1)

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
 * the junctions' own times in each cell where those and the corners disagree about a limit. The
 * vertices are the corners, then the inner ones; positions are in cells from the block's first corner.
 */
export class Tile {
  /** First corner of the block. */
  column = 0
  row = 0
  readonly values = new Int32Array(VERTICES)
  private readonly beyond: number
  /** How many limits each corner lies beyond, and which cells have inner vertices. */
  private readonly active: ActiveCells
  /** First inner vertex of a cell where it has some, and for each inner vertex the next one; -1 = no more. */
  private readonly firstInner = new Int32Array(SIDE * SIDE)
  private readonly nextInner: number[] = []
  private readonly innerX: number[] = []
  private readonly innerY: number[] = []
  private readonly innerMs: number[] = []
  private readonly disagree = new Uint8Array(SIDE * SIDE)
  private readonly roadMs = new Int32Array(SIDE * SIDE)

  constructor(private readonly q: BandQuestion) {
    this.beyond = q.limitsMs.at(-1)! + BEYOND_MS
    this.active = new ActiveCells(q.limitsMs.length)
  }

  x(vertex: number): number {
    return vertex < this.values.length ? vertex % STRIDE : this.innerX[vertex - this.values.length]!
  }
  y(vertex: number): number {
    return vertex < this.values.length
      ? Math.floor(vertex / STRIDE)
      : this.innerY[vertex - this.values.length]!
  }
  value(vertex: number): number {
    return vertex < this.values.length ? this.values[vertex]! : this.innerMs[vertex - this.values.length]!
  }

  /** Samples the block whose first corner is (column, row). */
  load(column: number, row: number): void {
    this.column = column
    this.row = row
    for (const list of [this.nextInner, this.innerX, this.innerY, this.innerMs]) list.length = 0
    this.active.clear()
    this.values.fill(this.beyond)
    const { lattice } = this.q
    this.sample(lattice.block(column, row))
    // The last row and column belong to the next blocks.
    const [east, north] = [lattice.block(column + SIDE, row), lattice.block(column, row + SIDE)]
    for (let i = 0; i < SIDE; i++) {
      this.samplePoint(east, i * SIDE, i * STRIDE + SIDE)
      this.samplePoint(north, i, SIDE * STRIDE + i)
    }
    this.samplePoint(lattice.block(column + SIDE, row + SIDE), 0, SIDE * STRIDE + SIDE)
    this.walkFromStarts()
    this.addJunctions()
    this.addStarts()
  }

  /** Calls `visit` for every cell that some limit's line may cross: its first corner, its inner vertices or none. */
  forEachActive(visit: (corner: number, inner: readonly number[]) => void): void {
    const inner: number[] = []
    this.active.forEach((x, y, hasInner) => {
      inner.length = 0
      if (hasInner) {
        for (let v = this.firstInner[y * SIDE + x]!; v >= 0; v = this.nextInner[v]!)
          inner.push(this.values.length + v)
      }
      visit(y * STRIDE + x, inner)
    })
  }

  private sample(block: Block | null): void {
    if (!block) return
    const { edges, first, at, t, walkMs } = block
    const { roadMs } = this
    const { times } = this.q
    for (let group = 0; group < edges.length; group++) {
      const from = first[group]!
      const to = first[group + 1]!
      if (!times.alongAll(edges[group]!, t, from, to, this.beyond, roadMs)) continue
      for (let slot = from; slot < to; slot++) {
        // A row of corners is longer than a row of points.
        this.lower(at[slot]! + (at[slot]! >> 6) * (STRIDE - SIDE), roadMs[slot]! + walkMs[slot]!)
      }
    }
  }

  private samplePoint(block: Block | null, at: number, corner: number): void {
    const slot = block ? block.slotOf[at]! : -1
    if (slot < 0) return
    const { edges, group, t, walkMs } = block!
    const road = this.q.times.along(edges[group[slot]!]!, t[slot]!)
    this.lower(corner, road + walkMs[slot]!)
  }

  private lower(corner: number, ms: number): void {
    if (ms >= this.values[corner]!) return
    this.values[corner] = ms
    this.active.setRank(corner, this.rankOf(ms))
  }

  private rankOf(ms: number): number {
    const { limitsMs } = this.q
    let rank = 0
    while (rank < limitsMs.length && ms > limitsMs[rank]!) rank++
    return rank
  }

  /** A cell whose junctions do not all have the rank of its four corners gets them all as inner vertices. */
  private addJunctions(): void {
    const { graph, lattice } = this.q
    const { nodes, cells } = lattice.nodes
    const [from, to] = lattice.nodesIn(this.column, this.row)
    let some = false
    for (let i = from; i < to; i++) {
      const cell = cells[i]!
      if (this.active.agree(cell & (SIDE - 1), cell >> 6, this.rankOf(this.nodeMs(nodes[i]!)))) continue
      this.disagree[cell] = 1
      some = true
    }
    if (!some) return
    for (let i = from; i < to; i++) {
      if (!this.disagree[cells[i]!]) continue
      const node = nodes[i]!
      this.addInner(
        lattice.column(graph.nodeLon[node]!),
        lattice.row(graph.nodeLat[node]!),
        this.nodeMs(node),
      )
    }
    for (let i = from; i < to; i++) this.disagree[cells[i]!] = 0
  }

  private nodeMs(node: number): number {
    const { graph, dist, lattice } = this.q
    if (!lattice.hasCopies[node]) return dist[node]!
    let ms = INF
    for (const state of statesOf(graph, node)) ms = Math.min(ms, dist[state]!)
    return ms
  }

  /** However far off the road a start is, the land around it is walked from there: its cell's corners. */
  private walkFromStarts(): void {
    const { lattice, starts } = this.q
    for (const { at, delayMs } of starts) {
      const x = lattice.column(at[0] * 1e7) - this.column
      const y = lattice.row(at[1] * 1e7) - this.row
      if (x < -1 || y < -1 || x > SIDE + 1 || y > SIDE + 1) continue
      for (const cy of [Math.floor(y), Math.floor(y) + 1]) {
        for (const cx of [Math.floor(x), Math.floor(x) + 1]) {
          if (cx < 0 || cy < 0 || cx > SIDE || cy > SIDE) continue
          this.lower(cy * STRIDE + cx, delayMs + lattice.walkMs(Math.hypot(cx - x, cy - y)))
        }
      }
    }
  }

  private addStarts(): void {
    const { lattice, starts } = this.q
    for (const { at, delayMs } of starts) {
      const x = lattice.column(at[0] * 1e7)
      const y = lattice.row(at[1] * 1e7)
      if (x < this.column || y < this.row || x >= this.column + SIDE || y >= this.row + SIDE) continue
      this.addInner(x, y, delayMs)
    }
  }

  private addInner(column: number, row: number, ms: number): void {
    const [x, y] = [column - this.column, row - this.row]
    const [cellX, cellY] = [Math.floor(x), Math.floor(y)]
    const cell = cellY * SIDE + cellX
    const vertex = this.innerX.push(x) - 1
    this.innerY.push(y)
    this.innerMs.push(Math.min(ms, this.beyond))
    this.nextInner.push(this.active.hasInner(cellX, cellY) ? this.firstInner[cell]! : -1)
    this.firstInner[cell] = vertex
    this.active.markInner(cellX, cellY)
  }
}
