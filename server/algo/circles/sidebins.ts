import type { Ring } from './rings.ts'

/** Columns in a bin: few enough that a bin has few sides, enough that few bins are empty. */
const BIN_SHIFT = 5

/**
 * The sides of rings by lattice row and stretch of columns, to find which ring lies to the left of a point. A
 * side stands in the bin of its western end, in every row that it touches; one along a row bounds nothing to its
 * right and is left out.
 */
export class SidesByBin {
  private readonly west: number
  private readonly south: number
  private readonly bins: number
  private readonly first: Uint32Array
  private readonly ring: Uint32Array
  private readonly at: Uint32Array

  constructor(private readonly rings: Ring[]) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const x = ring[i]!
        const y = ring[i + 1]!
        if (x < west) west = x
        if (x > east) east = x
        if (y < south) south = y
        if (y > north) north = y
      }
    }
    this.west = Math.floor(west)
    this.south = Math.floor(south)
    this.bins = (Math.floor(east - this.west) >> BIN_SHIFT) + 1
    this.first = new Uint32Array((Math.floor(north) - this.south + 1) * this.bins + 1)
    const { first } = this
    this.forEachSide(bin => first[bin + 1]!++)
    for (let bin = 1; bin < first.length; bin++) first[bin]! += first[bin - 1]!
    const next = first.slice()
    this.ring = new Uint32Array(first.at(-1)!)
    this.at = new Uint32Array(first.at(-1)!)
    this.forEachSide((bin, ring, at) => {
      const slot = next[bin]!++
      this.ring[slot] = ring
      this.at[slot] = at
    })
  }

  /** The ring, other than `self`, whose side is the first one to the left of (x, y); -1 = none. */
  ringToTheLeft(self: number, x: number, y: number): number {
    const row = (Math.floor(y) - this.south) * this.bins
    let nearest = -Infinity
    let found = -1
    for (let bin = (x - this.west) >> BIN_SHIFT; bin >= 0; bin--) {
      for (let slot = this.first[row + bin]!; slot < this.first[row + bin + 1]!; slot++) {
        const ring = this.ring[slot]!
        if (ring === self) continue
        const crossing = crossingAt(this.rings[ring]!, this.at[slot]!, y)
        if (crossing < x && crossing > nearest) {
          nearest = crossing
          found = ring
        }
      }
      // A side of a bin further left ends at most one cell inside this one, those along rows aside.
      if (found >= 0 && nearest >= this.west + (bin << BIN_SHIFT) + 1) break
    }
    return found
  }

  private forEachSide(visit: (bin: number, ring: number, at: number) => void): void {
    const { rings, west, south, bins } = this
    for (let ring = 0; ring < rings.length; ring++) {
      const points = rings[ring]!
      let x0 = points[points.length - 2]!
      let y0 = points[points.length - 1]!
      for (let at = 0; at < points.length; at += 2) {
        const x1 = points[at]!
        const y1 = points[at + 1]!
        if (y0 !== y1) {
          const bin = (Math.min(x0, x1) - west) >> BIN_SHIFT
          const last = Math.floor(Math.max(y0, y1)) - south
          for (let row = Math.floor(Math.min(y0, y1)) - south; row <= last; row++)
            visit(row * bins + bin, ring, at)
        }
        x0 = x1
        y0 = y1
      }
    }
  }
}

/** Where the side that ends at `at` crosses the height y, or NaN. */
function crossingAt(points: Ring, at: number, y: number): number {
  const before = at > 0 ? at - 2 : points.length - 2
  const ay = points[before + 1]!
  const by = points[at + 1]!
  if (ay > y === by > y) return NaN
  return points[before]! + ((y - ay) / (by - ay)) * (points[at]! - points[before]!)
}
