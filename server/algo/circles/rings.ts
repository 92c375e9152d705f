/** A ring is flat x, y, x, y … without its closing point, in lattice units; outer rings run counter-clockwise. */
type Ring = Float64Array

/**
 * Rings of one level → polygons, each its outer ring then its holes.
 * A hole belongs to the first ring on the left of its leftmost point: an outer ring, or a hole of the same
 * polygon. Sides are looked up by lattice row, so the cost grows with the rings, not with their product.
 */
export function toPolygons(rings: Ring[]): Ring[][] {
  const polygons = new Map<number, Ring[]>()
  const holes: { ring: number; at: number }[] = []
  rings.forEach((ring, i) => {
    if (doubleArea(ring) > 0) polygons.set(i, [ring])
    else holes.push({ ring: i, at: leftmost(ring) })
  })
  if (holes.length > 0) {
    const rows = sidesByRow(rings)
    const owner = new Map<number, number>()
    holes.sort((a, b) => rings[a.ring]![a.at]! - rings[b.ring]![b.at]!)
    for (const { ring, at } of holes) {
      const left = ringToTheLeft(rings, rows, ring, rings[ring]![at]!, rings[ring]![at + 1]!)
      const own = polygons.has(left) ? left : (owner.get(left) ?? -1)
      owner.set(ring, own)
      polygons.get(own)?.push(rings[ring]!)
    }
  }
  return [...polygons.values()]
}

/** Twice the signed area; positive = counter-clockwise. */
function doubleArea(ring: Ring): number {
  let sum = 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!
  }
  return sum
}

function leftmost(ring: Ring): number {
  let at = 0
  for (let i = 2; i < ring.length; i += 2) if (ring[i]! < ring[at]!) at = i
  return at
}

/** The sides that touch each lattice row, as ring and offset of the side's first point. */
interface Rows {
  lowest: number
  first: Uint32Array
  ring: Uint32Array
  at: Uint32Array
}

function sidesByRow(rings: Ring[]): Rows {
  let lowest = Infinity
  let highest = -Infinity
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 2) {
      lowest = Math.min(lowest, ring[i]!)
      highest = Math.max(highest, ring[i]!)
    }
  }
  lowest = Math.floor(lowest)
  const first = new Uint32Array(Math.floor(highest) - lowest + 2)
  forEachSide(rings, row => first[row - lowest + 1]!++)
  for (let row = 1; row < first.length; row++) first[row]! += first[row - 1]!
  const next = first.slice()
  const rows: Rows = {
    lowest,
    first,
    ring: new Uint32Array(first.at(-1)!),
    at: new Uint32Array(first.at(-1)!),
  }
  forEachSide(rings, (row, ring, at) => {
    const slot = next[row - lowest]!++
    rows.ring[slot] = ring
    rows.at[slot] = at
  })
  return rows
}

function forEachSide(rings: Ring[], visit: (row: number, ring: number, at: number) => void): void {
  for (let ring = 0; ring < rings.length; ring++) {
    const points = rings[ring]!
    for (let at = 0; at < points.length; at += 2) {
      const y0 = points[at + 1]!
      const y1 = points[at + 2 < points.length ? at + 3 : 1]!
      const last = Math.floor(Math.max(y0, y1))
      for (let row = Math.floor(Math.min(y0, y1)); row <= last; row++) visit(row, ring, at)
    }
  }
}

function ringToTheLeft(rings: Ring[], rows: Rows, self: number, x: number, y: number): number {
  let nearest = -Infinity
  let found = -1
  const row = Math.floor(y) - rows.lowest
  for (let slot = rows.first[row]!; slot < rows.first[row + 1]!; slot++) {
    const ring = rows.ring[slot]!
    if (ring === self) continue
    const points = rings[ring]!
    const at = rows.at[slot]!
    const next = at + 2 < points.length ? at + 2 : 0
    const ay = points[at + 1]!
    const by = points[next + 1]!
    if (ay > y === by > y) continue
    const crossing = points[at]! + ((y - ay) / (by - ay)) * (points[next]! - points[at]!)
    if (crossing < x && crossing > nearest) {
      nearest = crossing
      found = ring
    }
  }
  return found
}
