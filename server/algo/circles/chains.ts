import { SideIndex } from './sideindex.ts'

/**
 * Pieces of a line, told point by point: rings that close by themselves, and chains that go on where another
 * begins. Points are flat x, y, x, y …
 */
export class Chains {
  private points = new Float64Array(1 << 14)
  private length = 0
  private start = 0
  private beginSide = -1
  private readonly closed: Float64Array[] = []
  /** By chain: the sides where it begins and ends, and its part of `points`. */
  private readonly begins: number[] = []
  private readonly ends: number[] = []
  private readonly bounds: number[] = [0]

  /** Begins a piece; `side` names where, for a chain. */
  begin(side: number): void {
    this.beginSide = side
    this.start = this.length
  }

  push(x: number, y: number): void {
    if (this.length + 2 > this.points.length) {
      const grown = new Float64Array(this.points.length * 2)
      grown.set(this.points)
      this.points = grown
    }
    this.length = pushPoint(this.points, this.start, this.length, x, y)
  }

  endChain(side: number): void {
    this.begins.push(this.beginSide)
    this.ends.push(side)
    this.bounds.push(this.length)
  }

  endRing(): void {
    if (this.length - this.start >= 6) this.closed.push(this.points.slice(this.start, this.length))
    this.length = this.start
  }

  /** All rings, those put together from chains included. */
  rings(): Float64Array[] {
    const { begins, ends, bounds, points } = this
    const after = new SideIndex(begins)
    const seen = new Uint8Array(begins.length)
    const rings = this.closed.slice()
    let joined = new Float64Array(1 << 12)
    for (let first = 0; first < begins.length; first++) {
      if (seen[first]) continue
      let n = 0
      for (let chain = first; chain >= 0 && !seen[chain]; chain = after.get(ends[chain]!)) {
        seen[chain] = 1
        const [from, to] = [bounds[chain]!, bounds[chain + 1]!]
        if (n + to - from > joined.length) {
          const grown = new Float64Array((n + to - from) * 2)
          grown.set(joined)
          joined = grown
        }
        // Only at the joint may a point have become idle.
        for (let i = from; i < Math.min(to, from + 4); i += 2)
          n = pushPoint(joined, 0, n, points[i]!, points[i + 1]!)
        if (to > from + 4) {
          joined.set(points.subarray(from + 4, to), n)
          n += to - from - 4
        }
      }
      if (n >= 6) rings.push(joined.slice(0, n))
    }
    return rings
  }
}

/** Appends a point; the middle of three in one row or column says nothing and gives way. @returns the new length */
function pushPoint(points: Float64Array, start: number, length: number, x: number, y: number): number {
  let n = length
  if (n - start >= 4) {
    const sameColumn = points[n - 2] === x && points[n - 4] === x
    const sameRow = points[n - 1] === y && points[n - 3] === y
    if (sameColumn || sameRow) n -= 2
  }
  points[n] = x
  points[n + 1] = y
  return n + 2
}
