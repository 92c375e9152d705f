import { SideIndex } from './sideindex.ts'

/** Crossings keep this far from a vertex (share of the side), so that rings never touch there. */
const CLEAR = 0.02

/** Sample points of one tile by their local number, with an id that every tile gives the same point. */
export interface Samples {
  x(vertex: number): number
  y(vertex: number): number
  value(vertex: number): number
  id(vertex: number): number
}

/**
 * Collects the line of one level cell by cell, linear along every side, and joins it into rings with the
 * inside on the left. A side is named by its two vertices, so cells that share one agree on its crossing; on a
 * side the crossings are ordered as their levels are, so the rings of two levels never cross.
 */
export class Contour {
  private count = 0
  private from = new Float64Array(1024)
  private to = new Float64Array(1024)
  private x = new Float64Array(1024)
  private y = new Float64Array(1024)

  constructor(private readonly level: number) {}

  /** A square by marching squares; vertices south-west, south-east, north-east, north-west. */
  addSquare(samples: Samples, corners: readonly [number, number, number, number]): void {
    const { level } = this
    const a = samples.value(corners[0])
    const b = samples.value(corners[1])
    const c = samples.value(corners[2])
    const d = samples.value(corners[3])
    const inside = (a <= level ? 1 : 0) | (b <= level ? 2 : 0) | (c <= level ? 4 : 0) | (d <= level ? 8 : 0)
    if (inside === 0 || inside === 15) return
    // A saddle joins its two inside corners when the middle is inside.
    const joined = (inside === 5 || inside === 10) && (a + b + c + d) / 4 <= level
    const steps = SQUARE[joined ? inside + 16 : inside]!
    for (let i = 0; i < steps.length; i += 2) {
      const [from, to] = [steps[i]!, steps[i + 1]!]
      this.step(samples, corners[from]!, corners[(from + 1) & 3]!, corners[to]!, corners[(to + 1) & 3]!)
    }
  }

  /** A triangle; three vertices from `at`, counter-clockwise. */
  addTriangle(samples: Samples, vertices: readonly number[], at: number): void {
    const { level } = this
    const inside =
      (samples.value(vertices[at]!) <= level ? 1 : 0) |
      (samples.value(vertices[at + 1]!) <= level ? 2 : 0) |
      (samples.value(vertices[at + 2]!) <= level ? 4 : 0)
    if (inside === 0 || inside === 7) return
    const [from, to] = TRIANGLE[inside]!
    this.step(
      samples,
      vertices[at + from!]!,
      vertices[at + ((from! + 1) % 3)]!,
      vertices[at + to!]!,
      vertices[at + ((to! + 1) % 3)]!,
    )
  }

  /** From a crossing on side a–b to one on side c–d. */
  private step(samples: Samples, a: number, b: number, c: number, d: number): void {
    const idA = samples.id(a)
    const idB = samples.id(b)
    if (this.count === this.from.length) this.grow()
    const at = this.count++
    this.from[at] = sideKey(idA, idB)
    this.to[at] = sideKey(samples.id(c), samples.id(d))
    // Always from the lower id, so that both cells get the same last bit.
    const lo = idA < idB ? a : b
    const hi = idA < idB ? b : a
    const v0 = samples.value(lo)
    const share = Math.min(1 - CLEAR, Math.max(CLEAR, (this.level - v0) / (samples.value(hi) - v0)))
    this.x[at] = samples.x(lo) + share * (samples.x(hi) - samples.x(lo))
    this.y[at] = samples.y(lo) + share * (samples.y(hi) - samples.y(lo))
  }

  private grow(): void {
    for (const key of ['from', 'to', 'x', 'y'] as const) {
      const grown = new Float64Array(this.count * 2)
      grown.set(this[key])
      this[key] = grown
    }
  }

  /** Rings as flat x, y, x, y … without the closing point; outer ones run counter-clockwise. */
  rings(): Float64Array[] {
    const { x, y, to, count } = this
    const after = new SideIndex(this.from.subarray(0, count))
    const seen = new Uint8Array(count)
    const points = new Float64Array(count * 2)
    const rings: Float64Array[] = []
    for (let start = 0; start < count; start++) {
      if (seen[start]) continue
      let n = 0
      for (let i = start; i >= 0 && !seen[i]; i = after.get(to[i]!)) {
        seen[i] = 1
        // The middle of three points in one row or column says nothing.
        const sameColumn = n >= 4 && points[n - 2] === x[i] && points[n - 4] === x[i]
        const sameRow = n >= 4 && points[n - 1] === y[i] && points[n - 3] === y[i]
        if (sameColumn || sameRow) n -= 2
        points[n++] = x[i]!
        points[n++] = y[i]!
      }
      if (n >= 6) rings.push(points.slice(0, n))
    }
    return rings
  }
}

/** Ids are below 2²⁶, so two of them fit a number exactly. */
function sideKey(a: number, b: number): number {
  return a < b ? a * 67108864 + b : b * 67108864 + a
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
