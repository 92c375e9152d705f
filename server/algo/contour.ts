/** Crossings keep this far from a lattice point (share of a cell's side), so that rings never touch there. */
const CLEAR = 0.02

/** One side of a cell: its key (the same from both cells that share it) and where on it a level is crossed. */
export interface Side {
  key: number
  x: number
  y: number
  dx: number
  dy: number
  /** Values at both ends. */
  from: number
  to: number
}

/**
 * Collects the level line of one level, cell by cell (marching squares, linear along the sides), and joins it
 * into rings with the inside on the left. Because crossings are ordered along a side as their levels are, the
 * rings of two levels never cross.
 */
export class Contour {
  private readonly fromKey: number[] = []
  private readonly toKey: number[] = []
  private readonly x: number[] = []
  private readonly y: number[] = []

  constructor(private readonly level: number) {}

  /** Values at south-west, south-east, north-east, north-west; sides south, east, north, west. */
  addCell(sw: number, se: number, ne: number, nw: number, sides: readonly [Side, Side, Side, Side]): void {
    const t = this.level
    const inside = (sw <= t ? 1 : 0) | (se <= t ? 2 : 0) | (ne <= t ? 4 : 0) | (nw <= t ? 8 : 0)
    if (inside === 0 || inside === 15) return
    const steps = CASES[inside]!
    // A saddle joins its two inside corners when the middle is inside.
    const joined = (inside === 5 || inside === 10) && (sw + se + ne + nw) / 4 <= t
    const chosen = joined ? CASES[inside === 5 ? 16 : 17]! : steps
    for (let i = 0; i < chosen.length; i += 2) this.step(sides[chosen[i]!]!, sides[chosen[i + 1]!]!)
  }

  private step(from: Side, to: Side): void {
    this.fromKey.push(from.key)
    this.toKey.push(to.key)
    const share = Math.min(1 - CLEAR, Math.max(CLEAR, (this.level - from.from) / (from.to - from.from)))
    this.x.push(from.x + share * from.dx)
    this.y.push(from.y + share * from.dy)
  }

  /** Rings as flat x, y, x, y … without the closing point; outer ones run counter-clockwise. */
  rings(): Float64Array[] {
    const after = new Map<number, number>()
    this.fromKey.forEach((key, i) => after.set(key, i))
    const seen = new Uint8Array(this.fromKey.length)
    const rings: Float64Array[] = []
    for (let start = 0; start < seen.length; start++) {
      if (seen[start]) continue
      const ring: number[] = []
      for (let i: number | undefined = start; i !== undefined && !seen[i]; i = after.get(this.toKey[i]!)) {
        seen[i] = 1
        pushPoint(ring, this.x[i]!, this.y[i]!)
      }
      if (ring.length >= 6) rings.push(Float64Array.from(ring))
    }
    return rings
  }
}

/** Leaves out the middle of three points in one row or column. */
function pushPoint(ring: number[], x: number, y: number): void {
  const n = ring.length
  const sameColumn = n >= 4 && ring[n - 2] === x && ring[n - 4] === x
  const sameRow = n >= 4 && ring[n - 1] === y && ring[n - 3] === y
  if (sameColumn || sameRow) ring.length = n - 2
  ring.push(x, y)
}

/** Sides (0 south, 1 east, 2 north, 3 west) crossed from … to, by which corners are inside; 16, 17 joined saddles. */
const CASES: readonly (readonly number[])[] = [
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
  [0, 1, 2, 3],
  [3, 0, 1, 2],
]
