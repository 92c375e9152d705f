import { encode } from 'fast-png'
import type { Bbox } from '../../server/contract/geo.ts'
import { type Elevation, fillHoles } from '../formats/elevation.ts'
import type { Work } from '../work.ts'
import { type Tile, common, grown, latOfTile, lonOfTile, tilesIn } from './mercator.ts'
import type { PackedTile } from './vector.ts'

const SIZE = 256
const EQUATOR_M = 40_075_016.686
export const TERRAIN_ZOOMS = { min: 6, max: 12 } as const

/** The zoom whose pixels are no coarser than the samples; finer would only hold interpolation. */
export function terrainMaxzoom(elevation: Elevation, lat: number): number {
  const { min, max } = TERRAIN_ZOOMS
  for (let z = min; z < max; z++) {
    const pixelM = (EQUATOR_M * Math.cos((lat * Math.PI) / 180)) / (SIZE * 2 ** z)
    if (pixelM <= elevation.cellM) return z
  }
  return max
}

/**
 * Terrain-RGB tiles (Mapbox encoding, 0.1 m) around `bbox`, as far as the samples go; what a tile lacks is
 * filled from its own other pixels.
 * @returns how many
 */
export function* terrainTiles(
  elevation: Elevation,
  bbox: Bbox,
  put: (tile: PackedTile) => void,
): Work<number> {
  const box = common(grown(bbox, 0.5, 0.05, 0.25), elevation.bbox)
  if (!box) return 0
  const maxzoom = terrainMaxzoom(elevation, (box[1] + box[3]) / 2)
  const all: Tile[] = []
  for (let z = TERRAIN_ZOOMS.min; z <= maxzoom; z++) all.push(...tilesIn(box, z))
  let count = 0
  for (const [i, tile] of all.entries()) {
    const heights = sampleTile(elevation, tile)
    if (fillHoles(heights, SIZE, SIZE)) {
      put({ ...tile, bytes: encodeTerrain(heights) })
      count++
    }
    yield (i + 1) / all.length
  }
  return count
}

/** Heights at the pixel centres of a tile, NaN where there is none. */
function sampleTile(elevation: Elevation, { z, x, y }: Tile): Float32Array {
  const heights = new Float32Array(SIZE * SIZE)
  const lons = Float64Array.from({ length: SIZE }, (_, px) => lonOfTile(x + (px + 0.5) / SIZE, z))
  for (let py = 0; py < SIZE; py++) {
    const lat = latOfTile(y + (py + 0.5) / SIZE, z)
    for (let px = 0; px < SIZE; px++) heights[py * SIZE + px] = elevation.sample(lons[px], lat)
  }
  return heights
}

/** https://docs.mapbox.com/data/tilesets/reference/mapbox-terrain-rgb-v1/ */
export function encodeTerrain(heights: Float32Array): Uint8Array {
  const data = new Uint8Array(heights.length * 3)
  for (let i = 0; i < heights.length; i++) {
    const code = Math.round((heights[i] + 10_000) * 10)
    data[i * 3] = code >> 16
    data[i * 3 + 1] = (code >> 8) & 255
    data[i * 3 + 2] = code & 255
  }
  return encode({ width: SIZE, height: SIZE, data, channels: 3, depth: 8 })
}
