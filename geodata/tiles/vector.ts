import { gzipSync } from 'node:zlib'
import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Bbox } from '../../server/contract/geo.ts'
import type { Tier } from '../osm/basemap.ts'
import type { Work } from '../work.ts'
import { type Tile, boxOf, grown, latOfTile, lonOfTile, tilesIn, touches } from './mercator.ts'

export const VECTOR_ZOOMS = { min: 5, max: 14 } as const
const EXTENT = 4096

export interface PackedTile extends Tile {
  bytes: Uint8Array
}

/** Above this zoom the county is drawn piece by piece, so that memory does not grow with its size. */
const PIECE_ZOOM = 11
/** Share of a tile by which geometry reaches over its edge. */
const BUFFER = 80 / EXTENT

/**
 * Gzipped vector tiles of a basemap, z5–z14, each handed to `put` as it is made. Tiles without a feature
 * are left out; features far outside `bbox` (a river's whole course) make none.
 * @returns how many
 */
export function* vectorTiles(
  tiers: readonly Tier[],
  bbox: Bbox,
  put: (tile: PackedTile) => void,
): Work<number> {
  const pieces = piecesOf(grown(bbox, 0.1, 0.02, 0.2))
  const total = pieces.reduce((sum, piece) => sum + piece.tiles.length, 0)
  const boxes = new Map(tiers.map(tier => [tier, tier.features.map(f => boxOf(f.geometry))]))
  let [count, done] = [0, 0]
  for (const { tiles, box } of pieces) {
    const indexes = tiers.flatMap(tier => {
      if (tier.minzoom > tiles[tiles.length - 1].z) return []
      const inBox = boxes.get(tier)!
      const features = box ? tier.features.filter((_, i) => touches(inBox[i], box)) : tier.features
      return features.length === 0 ? [] : [{ ...tier, index: indexOf(features) }]
    })
    for (const tile of tiles) {
      const bytes = drawTile(indexes, tile)
      if (bytes) {
        put({ ...tile, bytes })
        count++
      }
      yield ++done / total
    }
  }
  return count
}

interface Piece {
  /** In rising zoom. */
  tiles: Tile[]
  /** What touches this is drawn; null for everything. */
  box: Bbox | null
}

/** The low zooms of a box as one piece, and each tile of PIECE_ZOOM with all that lies in it as another. */
function piecesOf(box: Bbox): Piece[] {
  const low: Tile[] = []
  for (let z: number = VECTOR_ZOOMS.min; z < PIECE_ZOOM; z++) low.push(...tilesIn(box, z))
  const pieces = new Map(
    tilesIn(box, PIECE_ZOOM).map(({ z, x, y }) => {
      const [west, east] = [lonOfTile(x - BUFFER, z), lonOfTile(x + 1 + BUFFER, z)]
      const [north, south] = [latOfTile(y - BUFFER, z), latOfTile(y + 1 + BUFFER, z)]
      const piece: Piece = { tiles: [], box: [west, south, east, north] }
      return [`${x} ${y}`, piece]
    }),
  )
  for (let z = PIECE_ZOOM; z <= VECTOR_ZOOMS.max; z++) {
    const down = 2 ** (z - PIECE_ZOOM)
    for (const tile of tilesIn(box, z)) {
      pieces.get(`${Math.floor(tile.x / down)} ${Math.floor(tile.y / down)}`)?.tiles.push(tile)
    }
  }
  return [{ tiles: low, box: null }, ...pieces.values()]
}

interface TierIndex extends Tier {
  index: GeoJSONVT
}

const indexOf = (features: GeoJSON.Feature[]): GeoJSONVT =>
  new GeoJSONVT(
    { type: 'FeatureCollection', features },
    { maxZoom: VECTOR_ZOOMS.max, indexMaxZoom: VECTOR_ZOOMS.min, extent: EXTENT, buffer: BUFFER * EXTENT },
  )

function drawTile(indexes: readonly TierIndex[], { z, x, y }: Tile): Uint8Array | null {
  const layers: Record<string, GeoJSONVTTile> = {}
  for (const { layer, minzoom, index } of indexes) {
    if (z < minzoom) continue
    const found = index.getTile(z, x, y)
    if (!found || found.features.length === 0) continue
    const before = layers[layer]
    layers[layer] = before ? joined(before, found) : found
  }
  if (Object.keys(layers).length === 0) return null
  return gzipSync(fromGeojsonVt(layers, { version: 2, extent: EXTENT }))
}

/** Tiers of one layer as one tile: a new array, since the index keeps the one it hands out. */
const joined = (a: GeoJSONVTTile, b: GeoJSONVTTile): GeoJSONVTTile => ({
  ...a,
  transformed: true,
  features: a.features.concat(b.features) as GeoJSONVTTile['features'],
})

/** The `json` row of MBTiles metadata: which layers and attributes the tiles hold. */
export function vectorLayers(tiers: readonly Tier[]): string {
  const layers = new Map<string, { minzoom: number; fields: Record<string, string> }>()
  for (const { layer, minzoom, features } of tiers) {
    const entry = layers.get(layer) ?? { minzoom, fields: {} }
    entry.minzoom = Math.max(VECTOR_ZOOMS.min, Math.min(entry.minzoom, minzoom))
    for (const { properties } of features) {
      for (const [key, value] of Object.entries(properties ?? {})) {
        entry.fields[key] ??= typeof value === 'number' ? 'Number' : 'String'
      }
    }
    layers.set(layer, entry)
  }
  const list = [...layers].map(([id, entry]) => ({ id, ...entry, maxzoom: VECTOR_ZOOMS.max }))
  return JSON.stringify({ vector_layers: list })
}
