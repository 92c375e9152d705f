import type { Bbox } from '../../../server/contract/geo.ts'
import type { HeightTile } from './decode.ts'

/** The heights between which a county's ground lies, but for a few cells. */
export interface HeightRange {
  lowM: number
  highM: number
  /** Heights at which the colours of the ramp stand, rising. */
  stopsM: readonly number[]
}
/** Shares of the ramp: more colours for the valleys, where people live. */
const SHARES = [0, 0.08, 0.2, 0.38, 0.57, 0.78, 1]
/** Shares of the ground below each stop, for the half of the ramp that follows the ground itself. */
const GROUND = [0.01, 0.12, 0.3, 0.5, 0.7, 0.9, 0.995]

/** So little relief is no landscape: the ramp is not stretched further than over this. */
const LEAST_M = 300
const [LOW, HIGH] = [0.01, 0.995]
/** The steps of the dark ramp above the sea, for a county whose heights are not known. */
export const SEA_LEVEL_RANGE: HeightRange = {
  lowM: 0,
  highM: 2100,
  stopsM: [0, 180, 420, 800, 1200, 1650, 2100],
}

export interface TileAt {
  z: number
  x: number
  y: number
}

/** Column and row, with fractions, of a place at a zoom. */
export function tileXY([lon, lat]: readonly [number, number], z: number): [number, number] {
  const rad = (lat * Math.PI) / 180
  return [((lon + 180) / 360) * 2 ** z, ((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * 2 ** z]
}

/** The tiles that cover a box at the deepest zoom, up to `maxZoom`, at which they are at most `most`. */
export function coveringTiles([w, s, e, n]: Bbox, maxZoom: number, most: number): TileAt[] {
  for (let z = maxZoom; z >= 0; z--) {
    const [x0, y0] = tileXY([w, n], z).map(Math.floor) as [number, number]
    const [x1, y1] = tileXY([e, s], z).map(Math.floor) as [number, number]
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > most) continue
    const tiles: TileAt[] = []
    for (let y = y0; y <= y1; y++) for (let x = x0; x <= x1; x++) tiles.push({ z, x, y })
    return tiles
  }
  return []
}

/** Range of the samples that lie within `bbox`; the default range when there are none. */
export function rangeOf(tiles: readonly { at: TileAt; heights: HeightTile }[], bbox: Bbox): HeightRange {
  const inside: number[] = []
  for (const { at, heights } of tiles) {
    const { size, heightM } = heights
    const [x0, y0] = tileXY([bbox[0], bbox[3]], at.z)
    const [x1, y1] = tileXY([bbox[2], bbox[1]], at.z)
    const clamp = (v: number) => Math.max(0, Math.min(size, Math.round(v * size)))
    for (let row = clamp(y0 - at.y); row < clamp(y1 - at.y); row++)
      for (let col = clamp(x0 - at.x); col < clamp(x1 - at.x); col++) inside.push(heightM[row * size + col]!)
  }
  if (inside.length === 0) return SEA_LEVEL_RANGE
  inside.sort((a, b) => a - b)
  const share = (part: number) => inside[Math.min(inside.length - 1, Math.floor(part * inside.length))]!
  const lowM = share(LOW)
  const highM = Math.max(share(HIGH), lowM + LEAST_M)
  // Half by height, so that a summit is lighter than a ridge; half by ground, so that every colour is used.
  const stopsM = SHARES.map((part, i) => (lowM + part * (highM - lowM) + share(GROUND[i]!)) / 2)
  for (let i = 1; i < stopsM.length; i++) stopsM[i] = Math.max(stopsM[i]!, stopsM[i - 1]! + 1)
  return { lowM, highM, stopsM }
}
