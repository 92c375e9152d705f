import { SideIndex } from './sideindex.ts'

/** Crossings keep this far from a vertex (share of the side), so that rings never touch there. */
const CLEAR = 0.02

/** Numbered sample points with their value: lattice points and junctions. */
export interface Samples {
  x(vertex: number): number
  y(vertex: number): number
  value(vertex: number): number
}

/**
 * Collects the line of one level cell by cell, linear along every side, and joins it into rings with the
 * inside on the left. A side is named by its two vertices, so cells that share one agree on its crossing; on a
 * side the crossings are ordered as their levels are, so the rings of two levels never cross.
 */
export class Contour {
  private readonly from: number[] = []
  private readonly to: number[] = []
  private readonly x: number[] = []
  private readonly y: number[] = []

  constructor(
    private readonly samples: Samples,
    private readonly level: number,
  ) {}

  /** A square by marching squares; vertices south-west, south-east, north-east, north-west. */
  addSquare(sw: number, se: number, ne: number, nw: number): void {
    const { samples, level } = this
    const [a, b, c, d] = [samples.value(sw), samples.value(se), samples.value(ne), samples.value(nw)]
    const inside = (a <= level ? 1 : 0) | (b <= level ? 2 : 0) | (c <= level ? 4 : 0) | (d <= level ? 8 : 0)
    if (inside === 0 || inside === 15) return
    const corners = [sw, se, ne, nw]
    // A saddle joins its two inside corners when the middle is inside.
    const joined = (inside === 5 || inside === 10) && (a + b + c + d) / 4 <= level
    const steps = SQUARE[joined ? inside + 16 : inside]!
    for (let i = 0; i < steps.length; i += 2) this.step(corners, 4, steps[i]!, steps[i + 1]!)
  }

  /** A triangle; vertices counter-clockwise. */
  addTriangle(p: number, q: number, r: number): void {
    const { samples, level } = this
    const inside =
      (samples.value(p) <= level ? 1 : 0) |
      (samples.value(q) <= level ? 2 : 0) |
      (samples.value(r) <= level ? 4 : 0)
    const steps = TRIANGLE[inside]!
    if (steps.length > 0) this.step([p, q, r], 3, steps[0]!, steps[1]!)
  }

  /** Side k of a cell runs from its vertex k to the next. */
  private step(vertices: number[], n: number, from: number, to: number): void {
    const a = vertices[from]!
    const b = vertices[(from + 1) % n]!
    this.from.push(sideKey(a, b))
    this.to.push(sideKey(vertices[to]!, vertices[(to + 1) % n]!))
    // Always from the lower vertex, so that both cells get the same last bit.
    const [lo, hi] = a < b ? [a, b] : [b, a]
    const { samples } = this
    const [v0, v1] = [samples.value(lo), samples.value(hi)]
    const share = Math.min(1 - CLEAR, Math.max(CLEAR, (this.level - v0) / (v1 - v0)))
    this.x.push(samples.x(lo) + share * (samples.x(hi) - samples.x(lo)))
    this.y.push(samples.y(lo) + share * (samples.y(hi) - samples.y(lo)))
  }

  /** Rings as flat x, y, x, y … without the closing point; outer ones run counter-clockwise. */
  rings(): Float64Array[] {
    const after = new SideIndex(this.from)
    const seen = new Uint8Array(this.from.length)
    const rings: Float64Array[] = []
    for (let start = 0; start < seen.length; start++) {
      if (seen[start]) continue
      const ring: number[] = []
      for (let i = start; i >= 0 && !seen[i]; i = after.get(this.to[i]!)) {
        seen[i] = 1
        pushPoint(ring, this.x[i]!, this.y[i]!)
      }
      if (ring.length >= 6) rings.push(Float64Array.from(ring))
    }
    return rings
  }
}

/** Vertices are below 2²⁶, so two of them fit a number exactly. */
function sideKey(a: number, b: number): number {
  return a < b ? a * 67108864 + b : b * 67108864 + a
}

/** Leaves out the middle of three points in one row or column. */
function pushPoint(ring: number[], x: number, y: number): void {
  const n = ring.length
  const sameColumn = n >= 4 && ring[n - 2] === x && ring[n - 4] === x
  const sameRow = n >= 4 && ring[n - 1] === y && ring[n - 3] === y
  if (sameColumn || sameRow) ring.length = n - 2
  ring.push(x, y)
}

/** Sides crossed from → to by which corners are inside (bits in the order of the vertices); +16 joined saddles. */
const SQUARE: readonly (readonly number[])[] = [
  [],
  [0, 3],
  [1, 0],
  [1, 3],
  [2, 1],
  [0, 3, 2, 1],
  [2, 0],
  [2, 3],
  [3, 2],
  [0, 2],
  [1, 0, 3, 2],
  [1, 2],
  [3, 1],
  [0, 1],
  [3, 0],
  [],
  ...Array.from({ length: 5 }, () => []),
  [0, 1, 2, 3],
  ...Array.from({ length: 4 }, () => []),
  [3, 0, 1, 2],
]

const TRIANGLE: readonly (readonly number[])[] = [[], [0, 2], [1, 0], [1, 2], [2, 1], [0, 1], [2, 0], []]
