import type { Bbox } from '../../server/contract/geo.ts'

/** Web Mercator tile arithmetic (XYZ, y from the north). */

/** Beyond this latitude the square world of Web Mercator ends. */
const MAX_LAT = 85.0511

export const tileX = (lon: number, z: number): number => ((lon + 180) / 360) * 2 ** z

export function tileY(lat: number, z: number): number {
  const rad = (Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180
  return ((1 - Math.log(Math.tan(rad) + 1 / Math.cos(rad)) / Math.PI) / 2) * 2 ** z
}

export const lonOfTile = (x: number, z: number): number => (x / 2 ** z) * 360 - 180

export function latOfTile(y: number, z: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI
}

export interface Tile {
  z: number
  x: number
  y: number
}

/** The tiles of one zoom that touch a box. */
export function tilesIn([west, south, east, north]: Bbox, z: number): Tile[] {
  const last = 2 ** z - 1
  const clamp = (v: number): number => Math.max(0, Math.min(last, Math.floor(v)))
  const tiles: Tile[] = []
  for (let x = clamp(tileX(west, z)); x <= clamp(tileX(east, z)); x++) {
    for (let y = clamp(tileY(north, z)); y <= clamp(tileY(south, z)); y++) tiles.push({ z, x, y })
  }
  return tiles
}

/** A box grown on every side by a share of its own size, between two bounds in degrees. */
export function grown([west, south, east, north]: Bbox, share: number, min: number, max: number): Bbox {
  const by = (size: number): number => Math.min(max, Math.max(min, size * share))
  const [dx, dy] = [by(east - west), by(north - south)]
  return [
    Math.max(-180, west - dx),
    Math.max(-90, south - dy),
    Math.min(180, east + dx),
    Math.min(90, north + dy),
  ]
}

/** The common part of two boxes, or null. */
export function common(a: Bbox, b: Bbox): Bbox | null {
  const box: Bbox = [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])]
  return box[0] < box[2] && box[1] < box[3] ? box : null
}

export const touches = (a: Bbox, b: Bbox): boolean =>
  a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]

/** The box around a point, line or polygon. */
export function boxOf(geometry: GeoJSON.Geometry): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  if (geometry.type !== 'GeometryCollection') widen(box, geometry.coordinates)
  return box
}

type Nested = readonly (number | Nested)[]

function widen(box: Bbox, part: Nested): void {
  if (typeof part[0] !== 'number') {
    for (const inner of part) widen(box, inner as Nested)
    return
  }
  const [lon, lat] = part as number[]
  box[0] = Math.min(box[0], lon)
  box[1] = Math.min(box[1], lat)
  box[2] = Math.max(box[2], lon)
  box[3] = Math.max(box[3], lat)
}
