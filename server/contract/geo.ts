import { z } from 'zod'

/** WGS84 `[lon, lat]` in degrees. Range and swap checks happen here, at the door, once. */
export type LonLat = [number, number]

export const LonLat = z
  .tuple([z.number(), z.number()])
  .check(ctx => {
    const [lon, lat] = ctx.value
    if (Math.abs(lat) <= 90 && Math.abs(lon) <= 180) return
    const swapped = Math.abs(lon) <= 90 && Math.abs(lat) <= 180
    ctx.issues.push({
      code: 'custom',
      input: ctx.value,
      message: swapped ? 'lon_lat_swapped' : 'not_on_earth',
    })
  })
  .meta({ description: 'WGS84 [lon, lat] in degrees', example: [1.5218, 42.5075] })

/** `[west, south, east, north]` in degrees. */
export type Bbox = [number, number, number, number]
export const Bbox = z.tuple([z.number(), z.number(), z.number(), z.number()])

const Ring = z.array(z.array(z.number()).min(2)).min(4)
export const Polygon = z.object({ type: z.literal('Polygon'), coordinates: z.array(Ring).min(1) })
export const MultiPolygon = z.object({
  type: z.literal('MultiPolygon'),
  coordinates: z.array(z.array(Ring).min(1)).min(1),
})
export const LineString = z.object({
  type: z.literal('LineString'),
  coordinates: z.array(z.array(z.number()).min(2)).min(2),
})
export const Point = z.object({ type: z.literal('Point'), coordinates: z.array(z.number()).min(2) })
export const Area = z.union([Polygon, MultiPolygon])
export type Area = z.infer<typeof Area>

export function bboxContains(bbox: Bbox, [lon, lat]: LonLat): boolean {
  return lon >= bbox[0] && lon <= bbox[2] && lat >= bbox[1] && lat <= bbox[3]
}

/** The box round an area. */
export function areaBbox({ type, coordinates }: Area): Bbox {
  const rings = type === 'Polygon' ? coordinates : coordinates.flat()
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of rings.flat()) {
    box[0] = Math.min(box[0], x!)
    box[1] = Math.min(box[1], y!)
    box[2] = Math.max(box[2], x!)
    box[3] = Math.max(box[3], y!)
  }
  return box
}

/** Whether a point lies inside a ring, closed or not (even–odd rule). */
export function ringHolds(ring: readonly (readonly number[])[], x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] as LonLat
    const [bx, by] = ring[j] as LonLat
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** Metres per degree of latitude on the sphere of radius 6,371,008.8 m (mean Earth radius, IUGG). */
export const M_PER_DEG = (Math.PI / 180) * 6371008.8

/** Great-circle metres between two points (haversine). */
export function distanceM(a: LonLat, b: LonLat): number {
  const rad = Math.PI / 180
  const s1 = Math.sin(((b[1] - a[1]) * rad) / 2)
  const s2 = Math.sin(((b[0] - a[0]) * rad) / 2)
  const h = s1 * s1 + Math.cos(a[1] * rad) * Math.cos(b[1] * rad) * s2 * s2
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h)))
}
