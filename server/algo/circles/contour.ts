import { Chains } from './chains.ts'
import { SIDE } from './lattice.ts'
import { CORNERS, type Tile } from './tile.ts'

/** Crossings keep this far from a vertex (share of the side), so that rings never touch there. */
const CLEAR = 0.02

/**
 * Sides of a block's cells by number: those from a corner to the east, then those to the north, then, from
 * `INNER_SIDES` on, those of the triangles within cells. Cells that share a side so agree on its crossing.
 */
const NORTHWARD = CORNERS * CORNERS
const INNER_SIDES = 2 * CORNERS * CORNERS

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
  private readonly innerSides = new Map<number, number>()
  private readonly chains: Chains

  /** @param width points in a row of the lattice */
  constructor(
    private readonly level: number,
    private readonly width: number,
  ) {
    this.chains = new Chains()
  }

  /** A square by marching squares, by its south-western corner. */
  addSquare({ values }: Tile, corner: number): void {
    const { level } = this
    const a = values[corner]!
    const b = values[corner + 1]!
    const c = values[corner + CORNERS + 1]!
    const d = values[corner + CORNERS]!
    const inside = (a <= level ? 1 : 0) | (b <= level ? 2 : 0) | (c <= level ? 4 : 0) | (d <= level ? 8 : 0)
    if (inside === 0 || inside === 15) return
    const x = corner % CORNERS
    const y = (corner - x) / CORNERS
    // A saddle joins its two inside corners when the middle is inside.
    const joined = (inside === 5 || inside === 10) && (a + b + c + d) / 4 <= level
    const steps = SQUARE[joined ? inside + 16 : inside]!
    for (let i = 0; i < steps.length; i += 2) {
      const to = squareSide(corner, steps[i + 1]!)
      switch (steps[i]) {
        case 0:
          this.step(corner, to, x + this.share(a, b), y)
          break
        case 1:
          this.step(NORTHWARD + corner + 1, to, x + 1, y + this.share(b, c))
          break
        case 2:
          this.step(corner + CORNERS, to, x + this.share(d, c), y + 1)
          break
        default:
          this.step(NORTHWARD + corner, to, x, y + this.share(a, d))
      }
    }
  }

  /** A triangle; three vertices from `at`, counter-clockwise. */
  addTriangle(tile: Tile, vertices: readonly number[], at: number): void {
    const { level } = this
    const inside =
      (tile.value(vertices[at]!) <= level ? 1 : 0) |
      (tile.value(vertices[at + 1]!) <= level ? 2 : 0) |
      (tile.value(vertices[at + 2]!) <= level ? 4 : 0)
    if (inside === 0 || inside === 7) return
    const [from, to] = TRIANGLE[inside]!
    const a = vertices[at + from!]!
    const b = vertices[at + ((from! + 1) % 3)]!
    // Always from the lower vertex, so that both cells get the same last bit.
    const [lo, hi] = a < b ? [a, b] : [b, a]
    const share = this.share(tile.value(lo), tile.value(hi))
    this.step(
      this.side(a, b),
      this.side(vertices[at + to!]!, vertices[at + ((to! + 1) % 3)]!),
      tile.x(lo) + share * (tile.x(hi) - tile.x(lo)),
      tile.y(lo) + share * (tile.y(hi) - tile.y(lo)),
    )
  }

  private share(lo: number, hi: number): number {
    return Math.min(1 - CLEAR, Math.max(CLEAR, (this.level - lo) / (hi - lo)))
  }

  /** The number of the side between two vertices. */
  private side(a: number, b: number): number {
    const [lo, hi] = a < b ? [a, b] : [b, a]
    if (hi < CORNERS * CORNERS) {
      if (hi === lo + 1) return lo
      if (hi === lo + CORNERS) return NORTHWARD + lo
    }
    const key = lo * 0x1000000 + hi
    let side = this.innerSides.get(key)
    if (side === undefined) {
      side = INNER_SIDES + this.innerSides.size
      this.innerSides.set(key, side)
      if (side >= this.stepFrom.length) this.growSides()
    }
    return side
  }

  private step(from: number, to: number, x: number, y: number): void {
    if (this.count === this.from.length) this.growSteps()
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

  private growSides(): void {
    const grown = new Int32Array(this.stepFrom.length * 2).fill(-1)
    grown.set(this.stepFrom)
    this.stepFrom = grown
  }

  /** Joins what a block gave: rings that close within it, and chains from border to border. */
  endBlock({ column, row }: Tile): void {
    const { chains, stepFrom, from, count } = this
    for (let step = 0; step < count; step++) {
      if (!onBorder(from[step]!)) continue
      chains.begin(this.globalSide(from[step]!, column, row))
      chains.endChain(this.globalSide(this.follow(step, column, row), column, row))
    }
    for (let step = 0; step < count; step++) {
      if (stepFrom[from[step]!]! < 0) continue
      chains.begin(-1)
      this.follow(step, column, row)
      chains.endRing()
    }
    this.count = 0
    this.innerSides.clear()
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

  /** The same number from both blocks that share the side. */
  private globalSide(side: number, column: number, row: number): number {
    const northward = side >= NORTHWARD ? 1 : 0
    const corner = side - northward * NORTHWARD
    const x = corner % CORNERS
    return ((row + (corner - x) / CORNERS) * this.width + column + x) * 2 + northward
  }

  /** Rings as flat x, y, x, y … without the closing point, in lattice units; outer ones run counter-clockwise. */
  rings(): Float64Array[] {
    return this.chains.rings()
  }
}

/** Of a square's four sides (south, east, north, west) the number. */
function squareSide(corner: number, side: number): number {
  if (side === 0) return corner
  if (side === 1) return NORTHWARD + corner + 1
  return side === 2 ? corner + CORNERS : NORTHWARD + corner
}

/** Does the side lie between this block and another? */
function onBorder(side: number): boolean {
  if (side >= INNER_SIDES) return false
  if (side < NORTHWARD) return side < CORNERS || side >= SIDE * CORNERS
  const x = (side - NORTHWARD) % CORNERS
  return x === 0 || x === SIDE
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
