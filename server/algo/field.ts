import type { LonLat } from '../contract/geo.ts'
import type { Samples } from './contour.ts'
import { INF, type Graph } from './graph.ts'
import { SIDE, type Block, type Lattice } from './lattice.ts'
import { statesOf } from './snap.ts'
import type { RoadTimes } from './times.ts'

/** Values beyond the widest limit stand this far above it, so that a line towards them has a place to cross. */
const BEYOND_MS = 600_000

export interface FieldQuestion {
  graph: Graph
  lattice: Lattice
  times: RoadTimes
  /** The finished search's times by node, and the nodes it reached. */
  dist: Int32Array
  reached: Uint32Array
  /** Ascending. */
  limitsMs: number[]
  /** The asked points and the time spent there: each lies in its own circle. */
  starts: { at: LonLat; delayMs: number }[]
}

/** In lattice cells: first column and row, and how many. */
interface Window {
  column: number
  row: number
  width: number
  height: number
}

/**
 * Travel time over the land: the time of the nearest road plus the walk from it, at every lattice point of the
 * window, and the junctions' own times in every cell where those and the corners disagree about a limit.
 * Positions are in lattice units; vertices are the corners row by row, then the junctions.
 */
export class Field implements Samples {
  /** Cells that any limit's line runs through; `inner` lists the extra vertices of a cell. */
  readonly active: number[] = []
  readonly inner = new Map<number, number[]>()
  private readonly corners: Int32Array
  /** How many limits a corner lies beyond. */
  private readonly rank: Uint8Array
  private readonly beyond: number
  /** 1 for a cell with vertices of its own. */
  private readonly marked: Uint8Array
  private readonly extraX: number[] = []
  private readonly extraY: number[] = []
  private readonly extraValue: number[] = []

  private constructor(
    private readonly q: FieldQuestion,
    private readonly window: Window,
  ) {
    const { width, height } = window
    this.beyond = q.limitsMs.at(-1)! + BEYOND_MS
    const { scratch } = q.lattice
    this.marked = scratch.marks(0, width * height, 0)
    this.corners = scratch.values((width + 1) * (height + 1), this.beyond)
    this.rank = scratch.marks(1, this.corners.length, q.limitsMs.length)
    this.sampleCorners()
    this.addJunctions()
    this.addStarts()
    this.findActive()
  }

  /** Null when nothing at all is reached. */
  static of(q: FieldQuestion): Field | null {
    const window = windowOf(q)
    return window && new Field(q, window)
  }

  x(vertex: number): number {
    const n = this.corners.length
    if (vertex >= n) return this.extraX[vertex - n]!
    return this.window.column + (vertex % (this.window.width + 1))
  }
  y(vertex: number): number {
    const n = this.corners.length
    if (vertex >= n) return this.extraY[vertex - n]!
    return this.window.row + Math.floor(vertex / (this.window.width + 1))
  }
  value(vertex: number): number {
    const n = this.corners.length
    return vertex < n ? this.corners[vertex]! : this.extraValue[vertex - n]!
  }
  /** South-west, south-east, north-east, north-west. */
  cornersOf(cell: number): [number, number, number, number] {
    const { width } = this.window
    const sw = Math.floor(cell / width) * (width + 1) + (cell % width)
    return [sw, sw + 1, sw + width + 2, sw + width + 1]
  }

  /** The outermost corners stay beyond every limit: each ring closes inside the window. */
  private sampleCorners(): void {
    const { lattice } = this.q
    const { width, height, column, row } = this.window
    for (let blockRow = row & -SIDE; blockRow < row + height; blockRow += SIDE) {
      for (let blockColumn = column & -SIDE; blockColumn < column + width; blockColumn += SIDE) {
        const block = lattice.block(blockColumn, blockRow)
        if (block) this.sampleBlock(block, blockColumn - column, blockRow - row)
      }
    }
  }

  /** @param x0, y0 the block's first point, in the window */
  private sampleBlock({ edge, t, walkMs }: Block, x0: number, y0: number): void {
    const { times } = this.q
    const { width, height } = this.window
    const beyond = this.beyond
    for (let y = Math.max(1, y0); y < Math.min(height, y0 + SIDE); y++) {
      for (let x = Math.max(1, x0); x < Math.min(width, x0 + SIDE); x++) {
        const at = (y - y0) * SIDE + x - x0
        const walk = walkMs[at]!
        if (walk === INF) continue
        const value = times.along(edge[at]!, t[at]!) + walk
        if (value >= beyond) continue
        const corner = y * (width + 1) + x
        this.corners[corner] = value
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

  /** Marks the cells where a junction's rank is not that of all four corners, then adds all their junctions. */
  private addJunctions(): void {
    const { graph, lattice, dist } = this.q
    const { width } = this.window
    const { rank, marked } = this
    this.forEachNode((node, cell) => {
      const own = this.rankOf(dist[node]!)
      const sw = cell + Math.floor(cell / width)
      if (
        rank[sw] !== own ||
        rank[sw + 1] !== own ||
        rank[sw + width + 1] !== own ||
        rank[sw + width + 2] !== own
      ) {
        marked[cell] = 1
      }
    })
    const copies = new Set(graph.copyNode)
    this.forEachNode((node, cell) => {
      // A node that no vehicle can be at says nothing about vehicles; a copy speaks through its junction.
      if (!marked[cell] || copies.has(node) || !this.q.times.uses(node)) return
      let ms = INF
      for (const state of statesOf(graph, node)) ms = Math.min(ms, dist[state]!)
      this.addVertex(cell, lattice.column(graph.nodeLon[node]!), lattice.row(graph.nodeLat[node]!), ms)
    })
  }

  /** Nodes in the window with the cell each lies in. */
  private forEachNode(visit: (node: number, cell: number) => void): void {
    const { graph, lattice } = this.q
    const { width, height, column, row } = this.window
    for (let blockRow = row & -SIDE; blockRow < row + height; blockRow += SIDE) {
      for (let blockColumn = column & -SIDE; blockColumn < column + width; blockColumn += SIDE) {
        for (const node of lattice.nodesIn(blockColumn, blockRow)) {
          const x = Math.floor(lattice.column(graph.nodeLon[node]!)) - column
          const y = Math.floor(lattice.row(graph.nodeLat[node]!)) - row
          if (x >= 0 && y >= 0 && x < width && y < height) visit(node, y * width + x)
        }
      }
    }
  }

  private addStarts(): void {
    const { lattice, starts } = this.q
    const { width, column, row } = this.window
    for (const { at, delayMs } of starts) {
      const [x, y] = [lattice.column(at[0] * 1e7), lattice.row(at[1] * 1e7)]
      this.addVertex((Math.floor(y) - row) * width + Math.floor(x) - column, x, y, delayMs)
    }
  }

  private addVertex(cell: number, x: number, y: number, ms: number): void {
    this.marked[cell] = 1
    let vertices = this.inner.get(cell)
    if (!vertices) this.inner.set(cell, (vertices = []))
    this.extraX.push(x)
    this.extraY.push(y)
    this.extraValue.push(Math.min(ms, this.beyond))
    vertices.push(this.corners.length + this.extraX.length - 1)
  }

  private findActive(): void {
    const { width, height } = this.window
    const { rank } = this
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const sw = y * (width + 1) + x
        const own = rank[sw]
        const agree = rank[sw + 1] === own && rank[sw + width + 1] === own && rank[sw + width + 2] === own
        if (!agree || this.marked[y * width + x]) this.active.push(y * width + x)
      }
    }
  }
}

function windowOf({ graph, lattice, dist, reached, limitsMs, starts }: FieldQuestion): Window | null {
  const widest = limitsMs.at(-1)!
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const node of reached) {
    if (dist[node]! > widest) continue
    const x = graph.nodeLon[node]!
    const y = graph.nodeLat[node]!
    if (x < w) w = x
    if (x > e) e = x
    if (y < s) s = y
    if (y > n) n = y
  }
  for (const { at } of starts) {
    w = Math.min(w, at[0] * 1e7)
    e = Math.max(e, at[0] * 1e7)
    s = Math.min(s, at[1] * 1e7)
    n = Math.max(n, at[1] * 1e7)
  }
  if (w > e) return null
  // Bounds of junctions, not of the roads between them: leave room for the walk and for a bend.
  const margin = 12
  const column = Math.max(0, Math.floor(lattice.column(w)) - margin)
  const row = Math.max(0, Math.floor(lattice.row(s)) - margin)
  return {
    column,
    row,
    width: Math.ceil(lattice.column(e)) + margin - column,
    height: Math.ceil(lattice.row(n)) + margin - row,
  }
}
