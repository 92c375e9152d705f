import { type LonLat, ringHolds } from '../../../server/contract/geo.ts'

/** A closed ring on the map and its bounds. */
export interface Ring {
  points: readonly LonLat[]
  west: number
  south: number
  east: number
  north: number
}

export function ringOf(points: readonly LonLat[]): Ring {
  const lons = points.map(p => p[0])
  const lats = points.map(p => p[1])
  return {
    points,
    west: Math.min(...lons),
    south: Math.min(...lats),
    east: Math.max(...lons),
    north: Math.max(...lats),
  }
}

/** Whether a point lies inside (even–odd rule). */
export function holds({ points, west, south, east, north }: Ring, [x, y]: LonLat): boolean {
  if (x < west || x > east || y < south || y > north) return false
  return ringHolds(points, x, y)
}

/** Whether a straight line touches the ring or lies in it. */
export function crosses(ring: Ring, a: LonLat, b: LonLat): boolean {
  if (Math.max(a[0], b[0]) < ring.west || Math.min(a[0], b[0]) > ring.east) return false
  if (Math.max(a[1], b[1]) < ring.south || Math.min(a[1], b[1]) > ring.north) return false
  if (holds(ring, a) || holds(ring, b)) return true
  const { points } = ring
  for (let i = 1; i < points.length; i++) if (cut(a, b, points[i - 1], points[i])) return true
  return false
}

/** Whether two rings have ground in common. */
export function overlap(a: Ring, b: Ring): boolean {
  if (a.west > b.east || b.west > a.east || a.south > b.north || b.south > a.north) return false
  if (holds(a, b.points[0])) return true
  return a.points.some((p, i) => i > 0 && crosses(b, a.points[i - 1], p))
}

const side = (a: LonLat, b: LonLat, c: LonLat): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

function cut(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const [s, t] = [side(c, d, a), side(c, d, b)]
  const [u, v] = [side(a, b, c), side(a, b, d)]
  return s > 0 !== t > 0 && u > 0 !== v > 0
}

/** The convex ring round points (Andrew's monotone chain), closed, counter-clockwise. */
export function hull(points: readonly LonLat[]): LonLat[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (list: readonly LonLat[]): LonLat[] => {
    const out: LonLat[] = []
    for (const p of list) {
      while (out.length > 1 && side(out[out.length - 2], out[out.length - 1], p) <= 0) out.pop()
      out.push(p)
    }
    return out.slice(0, -1)
  }
  const ring = [...half(sorted), ...half([...sorted].reverse())]
  return [...ring, ring[0]]
}

/** cos and sin of 22.5°. */
const [WIDE, NARROW] = [0.9238795325112867, 0.3826834323650898]
const OCTAGON = [
  [WIDE, NARROW],
  [NARROW, WIDE],
  [-NARROW, WIDE],
  [-WIDE, NARROW],
  [-WIDE, -NARROW],
  [-NARROW, -WIDE],
  [NARROW, -WIDE],
  [WIDE, -NARROW],
]

/** Eight points round one, `radiusM` away; turned, so that they fall on no middle of another cell. */
export function disc([lon, lat]: LonLat, radiusM: number): LonLat[] {
  const dLat = radiusM / 111_195
  const dLon = dLat / Math.cos((lat * Math.PI) / 180)
  return OCTAGON.map(([x, y]): LonLat => [lon + x * dLon, lat + y * dLat])
}
