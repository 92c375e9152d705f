import { Chains } from './chains.ts'
import { STRIDE } from './active.ts'
import { INNER_SIDES, NORTHWARD, isOnBorder, lastingNumber, sideOf } from './sides.ts'
import type { Tile } from './tile.ts'
import type { Mesh } from './triangles.ts'

/** Crossings keep this far from a vertex (share of the side), so that rings never touch there. */
const CLEAR = 0.02

/**
 * Collects the line of one level cell by cell, linear along every side, and joins it into rings with the
 * inside on the left: within each block at once, across blocks at the end. On a side the crossings are ordered
 * as their levels are, so the rings of two levels never cross.
 */
export class Contour {
  private count = 0
  /** The step that begins on each side of the block, -1 = none; what each step leads to and where it begins. */
  private stepFrom = new Int32Array(INNER_SIDES).fill(-1)
  private from = new Int32Array(1024)
  private to = new Int32Array(1024)
  private x = new Float64Array(1024)
  private y = new Float64Array(1024)
  private readonly chains = new Chains()

  /** @param width points in a row of the lattice */
  constructor(
    private readonly level: number,
    private readonly width: number,
  ) {}

  /** A square by marching squares, by its south-western corner. */
  addSquare({ values }: Tile, corner: number): void {
    const { level } = this
    const a = values[corner]!
    const b = values[corner + 1]!
    const c = values[corner + STRIDE + 1]!
    const d = values[corner + STRIDE]!
    const inside = (a <= level ? 1 : 0) | (b <= level ? 2 : 0) | (c <= level ? 4 : 0) | (d <= level ? 8 : 0)
    if (inside === 0 || inside === 15) return
    const x = corner % STRIDE
    const y = (corner - x) / STRIDE
    // A saddle joins its two inside corners when the middle is inside.
    const joined = (inside === 5 || inside === 10) && (a + b + c + d) / 4 <= level
    const steps = SQUARE[joined ? inside + 16 : inside]!
    for (let i = 0; i < steps.length; i += 2) {
      const to = sideOf(corner, steps[i + 1]!)
      switch (steps[i]) {
        case 0:
          this.step(corner, to, x + this.share(a, b), y)
          break
        case 1:
          this.step(NORTHWARD + corner + 1, to, x + 1, y + this.share(b, c))
          break
        case 2:
          this.step(corner + STRIDE, to, x + this.share(d, c), y + 1)
          break
        default:
          this.step(NORTHWARD + corner, to, x, y + this.share(a, d))
      }
    }
  }

  addTriangles(tile: Tile, { vertices, sides }: Mesh): void {
    const { level } = this
    for (let at = 0; at < vertices.length; at += 3) {
      const inside =
        (tile.value(vertices[at]!) <= level ? 1 : 0) |
        (tile.value(vertices[at + 1]!) <= level ? 2 : 0) |
        (tile.value(vertices[at + 2]!) <= level ? 4 : 0)
      if (inside === 0 || inside === 7) continue
      const [from, to] = TRIANGLE[inside]!
      const a = vertices[at + from!]!
      const b = vertices[at + ((from! + 1) % 3)]!
      // Always from the lower vertex, so that both cells get the same last bit.
      const [lo, hi] = a < b ? [a, b] : [b, a]
      const share = this.share(tile.value(lo), tile.value(hi))
      this.step(
        sides[at + from!]!,
        sides[at + to!]!,
        tile.x(lo) + share * (tile.x(hi) - tile.x(lo)),
        tile.y(lo) + share * (tile.y(hi) - tile.y(lo)),
      )
    }
  }

  private share(lo: number, hi: number): number {
    return Math.min(1 - CLEAR, Math.max(CLEAR, (this.level - lo) / (hi - lo)))
  }

  private step(from: number, to: number, x: number, y: number): void {
    if (this.count === this.from.length) this.growSteps()
    if (from >= this.stepFrom.length || to >= this.stepFrom.length) this.growSides(Math.max(from, to))
    const at = this.count++
    this.from[at] = from
    this.to[at] = to
    this.x[at] = x
    this.y[at] = y
    this.stepFrom[from] = at
  }

  private growSteps(): void {
    for (const key of ['from', 'to'] as const) this[key] = widened(this[key], Int32Array)
    for (const key of ['x', 'y'] as const) this[key] = widened(this[key], Float64Array)
  }

  private growSides(highest: number): void {
    const grown = new Int32Array(highest * 2).fill(-1)
    grown.set(this.stepFrom)
    this.stepFrom = grown
  }

  /** Joins what a block gave: rings that close within it, and chains from border to border. */
  endBlock({ column, row }: Tile): void {
    const { chains, stepFrom, from, count } = this
    for (let step = 0; step < count; step++) {
      if (!isOnBorder(from[step]!)) continue
      chains.begin(lastingNumber(from[step]!, column, row, this.width))
      chains.endChain(lastingNumber(this.follow(step, column, row), column, row, this.width))
    }
    for (let step = 0; step < count; step++) {
      if (stepFrom[from[step]!]! < 0) continue
      chains.begin(-1)
      this.follow(step, column, row)
      chains.endRing()
    }
    this.count = 0
  }

  /** Hands the points of a chain on and takes its steps out. @returns the side where it ends */
  private follow(step: number, column: number, row: number): number {
    const { stepFrom, from, to, x, y, chains } = this
    let side = from[step]!
    for (let at = step; at >= 0; at = stepFrom[side]!) {
      chains.push(x[at]! + column, y[at]! + row)
      stepFrom[side] = -1
      side = to[at]!
    }
    return side
  }

  /** Rings as flat x, y, x, y … without the closing point, in lattice units; outer ones run counter-clockwise. */
  rings(): Float64Array[] {
    return this.chains.rings()
  }
}

function widened<T extends Int32Array | Float64Array>(list: T, Kind: new (length: number) => T): T {
  const grown = new Kind(list.length * 2)
  grown.set(list)
  return grown
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
