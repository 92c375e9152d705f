import { gzipSync } from 'node:zlib'
import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Bbox } from '../../server/contract/geo.ts'
import type { Tier } from '../osm/basemap.ts'
import type { Work } from '../work.ts'
import { type Tile, grown, tilesIn } from './mercator.ts'

export const VECTOR_ZOOMS = { min: 5, max: 14 } as const
const EXTENT = 4096

export interface PackedTile extends Tile {
  bytes: Uint8Array
}

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
  const box = grown(bbox, 0.1, 0.02, 0.2)
  const all: Tile[] = []
  for (let z = VECTOR_ZOOMS.min; z <= VECTOR_ZOOMS.max; z++) all.push(...tilesIn(box, z))
  const indexes = tiers.map(tier => {
    const index = new GeoJSONVT(
      { type: 'FeatureCollection', features: tier.features },
      { maxZoom: VECTOR_ZOOMS.max, indexMaxZoom: VECTOR_ZOOMS.min, extent: EXTENT, buffer: 80 },
    )
    return { ...tier, index }
  })
  let count = 0
  for (const [i, tile] of all.entries()) {
    const layers: Record<string, GeoJSONVTTile> = {}
    for (const { layer, minzoom, index } of indexes) {
      if (tile.z < minzoom) continue
      const found = index.getTile(tile.z, tile.x, tile.y)
      if (!found || found.features.length === 0) continue
      const before = layers[layer]
      // Tiers of one layer become one: a new array, since the index keeps the tile it hands out.
      layers[layer] = before ? joined(before, found) : found
    }
    if (Object.keys(layers).length > 0) {
      put({ ...tile, bytes: gzipSync(fromGeojsonVt(layers, { version: 2, extent: EXTENT })) })
      count++
    }
    yield (i + 1) / all.length
  }
  return count
}

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
