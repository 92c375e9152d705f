/** A ring is flat x, y, x, y … without its closing point, in lattice units; outer rings run counter-clockwise. */
type Ring = Float64Array

/** A side of a ring: `ring` and the offset of its first point. */
interface RingSide {
  ring: number
  at: number
}

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

function sidesByRow(rings: Ring[]): Map<number, RingSide[]> {
  const rows = new Map<number, RingSide[]>()
  rings.forEach((points, ring) => {
    for (let at = 0; at < points.length; at += 2) {
      const y0 = points[at + 1]!
      const y1 = points[at + 2 < points.length ? at + 3 : 1]!
      const last = Math.floor(Math.max(y0, y1))
      for (let row = Math.floor(Math.min(y0, y1)); row <= last; row++) {
        const sides = rows.get(row)
        if (sides) sides.push({ ring, at })
        else rows.set(row, [{ ring, at }])
      }
    }
  })
  return rows
}

function ringToTheLeft(
  rings: Ring[],
  rows: Map<number, RingSide[]>,
  self: number,
  x: number,
  y: number,
): number {
  let nearest = -Infinity
  let found = -1
  for (const { ring, at } of rows.get(Math.floor(y)) ?? []) {
    if (ring === self) continue
    const points = rings[ring]!
    const next = at + 2 < points.length ? at + 2 : 0
    const [ax, ay, bx, by] = [points[at]!, points[at + 1]!, points[next]!, points[next + 1]!]
    if (ay > y === by > y) continue
    const crossing = ax + ((y - ay) / (by - ay)) * (bx - ax)
    if (crossing < x && crossing > nearest) {
      nearest = crossing
      found = ring
    }
  }
  return found
}
