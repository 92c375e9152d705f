import type { LonLat } from '../contract/geo.ts'
import { offRoadMs } from '../contract/settings.ts'
import { Contour, type Side } from './contour.ts'
import { INF, type Graph } from './graph.ts'
import { COARSE, FAR, Lattice } from './lattice.ts'
import { toPolygons } from './rings.ts'
import type { RoadTimes } from './times.ts'

/** A road and its verge: no walking is added this near, or every node just inside the hour would fall out. */
const VERGE_M = 18
/** Values beyond the widest band stand this far above it, so that a line towards them has a place to cross. */
const BEYOND_MS = 600_000

type Coordinates = number[][][][]

export interface BandQuestion {
  graph: Graph
  lattice: Lattice
  times: RoadTimes
  /** The finished search's times by node. */
  dist: Int32Array
  /** Ascending. */
  limitsMs: number[]
  offRoadKmh: number
  /** The asked points and the time spent there: each lies in its own circle. */
  starts: { at: LonLat; delayMs: number }[]
}

/**
 * The land within each limit as one MultiPolygon a limit, largest last. The value of a place is the time of
 * its nearest road plus the walk from it. Sampled every 100 m; cells in which the roads' own junctions disagree
 * with the corners are sampled every 25 m.
 */
export function bandPolygons(question: BandQuestion): Coordinates[] {
  const window = windowOf(question)
  if (!window) return question.limitsMs.map(() => [])
  const field = new Field(question, window)
  return question.limitsMs.map(limit => field.polygons(limit))
}

/** In coarse cells: first column and row, and how many. */
interface Window {
  column: number
  row: number
  width: number
  height: number
}

function windowOf({ graph, lattice, dist, limitsMs, starts }: BandQuestion): Window | null {
  const widest = limitsMs.at(-1)!
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let node = 0; node < graph.nodes; node++) {
    if (dist[node]! > widest) continue
    const [x, y] = [graph.nodeLon[node]!, graph.nodeLat[node]!]
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
  // Bounds of junctions, not of the roads between them: leave room for the cap and for a bend.
  const margin = 12
  const column = Math.max(0, Math.floor(lattice.column(w) / COARSE) - margin)
  const row = Math.max(0, Math.floor(lattice.row(s) / COARSE) - margin)
  return {
    column,
    row,
    width: Math.ceil(lattice.column(e) / COARSE) + margin - column,
    height: Math.ceil(lattice.row(n) / COARSE) + margin - row,
  }
}

/** The sampled values: a coarse grid, and 5 × 5 values for each refined cell. */
class Field {
  private readonly beyond: number
  /** Coarse values, (width + 1) × (height + 1). */
  private readonly coarse: Float64Array
  /** How many limits a coarse value lies beyond. */
  private readonly rank: Uint8Array
  /** Index into `fine` by cell, -1 = not refined. */
  private readonly refined: Int32Array
  private fine = new Float64Array(0)
  private readonly active: number[] = []
  private readonly stamped = new Map<number, number>()

  constructor(
    private readonly q: BandQuestion,
    private readonly window: Window,
  ) {
    const { width, height } = window
    this.beyond = q.limitsMs.at(-1)! + BEYOND_MS
    this.coarse = new Float64Array((width + 1) * (height + 1)).fill(this.beyond)
    this.rank = new Uint8Array(this.coarse.length)
    this.refined = new Int32Array(width * height).fill(-1)
    this.stampStarts()
    this.sampleCoarse()
    this.refine()
  }

  polygons(limit: number): Coordinates {
    const contour = new Contour(limit)
    for (const cell of this.active) {
      if (this.refined[cell]! >= 0) this.contourFine(cell, contour)
      else this.contourCoarse(cell, contour)
    }
    const { lattice } = this.q
    const degrees = (ring: Float64Array): number[][] => {
      const points: number[][] = []
      for (let i = 0; i < ring.length; i += 2) {
        points.push([
          round6(lattice.west + ring[i]! * lattice.dLon),
          round6(lattice.south + ring[i + 1]! * lattice.dLat),
        ])
      }
      points.push(points[0]!)
      return points
    }
    return toPolygons(contour.rings()).map(polygon => polygon.map(degrees))
  }

  /** A point is in its own circle: the four fine points round it are as near as the point itself. */
  private stampStarts(): void {
    const { lattice, starts } = this.q
    for (const { at, delayMs } of starts) {
      const column = Math.floor(lattice.column(at[0] * 1e7))
      const row = Math.floor(lattice.row(at[1] * 1e7))
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        // prettier-ignore
        const key = (row + dy) * 1e6 + column + dx
        this.stamped.set(key, Math.min(delayMs, this.stamped.get(key) ?? Infinity))
      }
      const [c, r] = [Math.floor(column / COARSE), Math.floor(row / COARSE)]
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) this.markRefined(c + dx, r + dy)
    }
  }

  private markRefined(column: number, row: number): void {
    const [x, y] = [column - this.window.column, row - this.window.row]
    // The outermost cells stay coarse and beyond: every ring closes inside the window.
    if (x < 1 || y < 1 || x >= this.window.width - 1 || y >= this.window.height - 1) return
    this.refined[y * this.window.width + x] = 0
  }

  private value(column: number, row: number): number {
    const { lattice, times, offRoadKmh } = this.q
    const block = lattice.block(column, row)
    let value = this.beyond
    if (block) {
      const at = Lattice.inBlock(column, row)
      const cm = block.distanceCm[at]!
      if (cm !== FAR) {
        const road = times.along(block.edge[at]!, block.t[at]! / 65535)
        if (road < INF) value = Math.min(value, road + offRoadMs(Math.max(0, cm / 100 - VERGE_M), offRoadKmh))
      }
    }
    if (this.stamped.size === 0) return value
    return Math.min(value, this.stamped.get(row * 1e6 + column) ?? Infinity)
  }

  private sampleCoarse(): void {
    const { width, height, column, row } = this.window
    for (let y = 1; y < height; y++) {
      for (let x = 1; x < width; x++) {
        this.coarse[y * (width + 1) + x] = this.value((column + x) * COARSE, (row + y) * COARSE)
      }
    }
    for (let i = 0; i < this.coarse.length; i++) this.rank[i] = this.rankOf(this.coarse[i]!)
  }

  private rankOf(value: number): number {
    const { limitsMs } = this.q
    let rank = 0
    while (rank < limitsMs.length && value > limitsMs[rank]!) rank++
    return rank
  }

  /** Finds the cells that any line runs through, and those whose junctions the corners do not speak for. */
  private refine(): void {
    const { graph, lattice, dist } = this.q
    const { width, height, column, row } = this.window
    const { rank, refined } = this
    const corners = width + 1
    for (let node = 0; node < graph.nodes; node++) {
      const x = Math.floor(lattice.column(graph.nodeLon[node]!) / COARSE) - column
      const y = Math.floor(lattice.row(graph.nodeLat[node]!) / COARSE) - row
      if (x < 1 || y < 1 || x >= width - 1 || y >= height - 1) continue
      const own = this.rankOf(dist[node]!)
      const sw = y * corners + x
      if (
        rank[sw] !== own ||
        rank[sw + 1] !== own ||
        rank[sw + corners] !== own ||
        rank[sw + corners + 1] !== own
      ) {
        refined[y * width + x] = 0
      }
    }
    let count = 0
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const cell = y * width + x
        const sw = y * corners + x
        const mixed =
          rank[sw] !== rank[sw + 1] || rank[sw] !== rank[sw + corners] || rank[sw] !== rank[sw + corners + 1]
        if (refined[cell]! >= 0) refined[cell] = count++
        if (mixed || refined[cell]! >= 0) this.active.push(cell)
      }
    }
    this.fine = new Float64Array(count * 25)
    for (const cell of this.active) if (refined[cell]! >= 0) this.sampleFine(cell)
  }

  /** A side shared with a coarse cell is the straight line between its corners, so that no crack opens. */
  private sampleFine(cell: number): void {
    const { width, column, row } = this.window
    const [x, y] = [cell % width, Math.floor(cell / width)]
    const at = this.refined[cell]! * 25
    const sw = y * (width + 1) + x
    const linear = this.linearSides(cell)
    for (let j = 0; j <= COARSE; j++) {
      for (let i = 0; i <= COARSE; i++) {
        const onLine =
          (j === 0 && linear[0]) ||
          (i === COARSE && linear[1]) ||
          (j === COARSE && linear[2]) ||
          (i === 0 && linear[3])
        const corner = (i === 0 || i === COARSE) && (j === 0 || j === COARSE)
        this.fine[at + j * 5 + i] =
          onLine || corner
            ? this.between(sw, i / COARSE, j / COARSE)
            : this.value((column + x) * COARSE + i, (row + y) * COARSE + j)
      }
    }
  }

  private between(sw: number, u: number, v: number): number {
    const corners = this.window.width + 1
    const south = this.coarse[sw]! * (1 - u) + this.coarse[sw + 1]! * u
    const north = this.coarse[sw + corners]! * (1 - u) + this.coarse[sw + corners + 1]! * u
    return south * (1 - v) + north * v
  }

  /** South, east, north, west: is the neighbour there not refined? */
  private linearSides(cell: number): [boolean, boolean, boolean, boolean] {
    const { refined } = this
    const { width } = this.window
    return [
      refined[cell - width]! < 0,
      refined[cell + 1]! < 0,
      refined[cell + width]! < 0,
      refined[cell - 1]! < 0,
    ]
  }

  private contourCoarse(cell: number, contour: Contour): void {
    const [sw, se, ne, nw] = this.cornersOf(cell)
    const sides = [0, 1, 2, 3].map(i => this.coarseSide(cell, i)) as [Side, Side, Side, Side]
    contour.addCell(sw, se, ne, nw, sides)
  }

  private cornersOf(cell: number): [number, number, number, number] {
    const { width } = this.window
    const sw = Math.floor(cell / width) * (width + 1) + (cell % width)
    const c = this.coarse
    return [c[sw]!, c[sw + 1]!, c[sw + width + 2]!, c[sw + width + 1]!]
  }

  /** Side 0 south, 1 east, 2 north, 3 west of a coarse cell; keys are odd, those of fine sides even. */
  private coarseSide(cell: number, side: number): Side {
    const { width, column, row } = this.window
    const x = (cell % width) + (side === 1 ? 1 : 0)
    const y = Math.floor(cell / width) + (side === 2 ? 1 : 0)
    const at = y * (width + 1) + x
    const across = side === 0 || side === 2
    return {
      key: (at * 2 + (across ? 0 : 1)) * 2 + 1,
      x: (column + x) * COARSE,
      y: (row + y) * COARSE,
      dx: across ? COARSE : 0,
      dy: across ? 0 : COARSE,
      from: this.coarse[at]!,
      to: this.coarse[across ? at + 1 : at + width + 1]!,
    }
  }

  private contourFine(cell: number, contour: Contour): void {
    const { width, column, row } = this.window
    const [x0, y0] = [(cell % width) * COARSE, Math.floor(cell / width) * COARSE]
    const at = this.refined[cell]! * 25
    const linear = this.linearSides(cell)
    const stride = (width + 1) * COARSE
    const side = (i: number, j: number, across: boolean): Side => ({
      key: (((y0 + j) * stride + x0 + i) * 2 + (across ? 0 : 1)) * 2,
      x: column * COARSE + x0 + i,
      y: row * COARSE + y0 + j,
      dx: across ? 1 : 0,
      dy: across ? 0 : 1,
      from: this.fine[at + j * 5 + i]!,
      to: this.fine[at + (across ? j * 5 + i + 1 : (j + 1) * 5 + i)]!,
    })
    for (let j = 0; j < COARSE; j++) {
      for (let i = 0; i < COARSE; i++) {
        const f = at + j * 5 + i
        contour.addCell(this.fine[f]!, this.fine[f + 1]!, this.fine[f + 6]!, this.fine[f + 5]!, [
          linear[0] && j === 0 ? this.coarseSide(cell, 0) : side(i, j, true),
          linear[1] && i === COARSE - 1 ? this.coarseSide(cell, 1) : side(i + 1, j, false),
          linear[2] && j === COARSE - 1 ? this.coarseSide(cell, 2) : side(i, j + 1, true),
          linear[3] && i === 0 ? this.coarseSide(cell, 3) : side(i, j, false),
        ])
      }
    }
  }
}

const round6 = (degrees: number): number => Math.round(degrees * 1e6) / 1e6
