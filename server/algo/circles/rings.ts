import { SidesByBin } from './sidebins.ts'

/** A ring is flat x, y, x, y … without its closing point, in lattice units; outer rings run counter-clockwise. */
export type Ring = Float64Array

/**
 * Rings of one level → polygons, each its outer ring then its holes.
 * A hole belongs to the first ring on the left of its leftmost point: an outer ring, or a hole of the same
 * polygon. Sides are looked up by lattice row and stretch of columns, so the cost grows with the rings, not with
 * their product.
 */
export function toPolygons(rings: Ring[]): Ring[][] {
  const polygons = new Map<number, Ring[]>()
  const holes: { ring: number; at: number }[] = []
  rings.forEach((ring, i) => {
    if (doubleArea(ring) > 0) polygons.set(i, [ring])
    else holes.push({ ring: i, at: leftmost(ring) })
  })
  if (holes.length > 0) {
    const sides = new SidesByBin(rings)
    const owner = new Map<number, number>()
    holes.sort((a, b) => rings[a.ring]![a.at]! - rings[b.ring]![b.at]!)
    for (const { ring, at } of holes) {
      const left = sides.ringToTheLeft(ring, rings[ring]![at]!, rings[ring]![at + 1]!)
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
