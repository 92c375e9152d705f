import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { County } from '../../server/contract/county.ts'
import { hatchLayers } from './styles/hatch.ts'
import { reliefLayers } from './styles/relief.ts'
import { borderLayers, FIRST_ROAD, roadLayers } from './styles/roads.ts'
import { FIRST_SYMBOL, symbolLayers } from './styles/symbols.ts'
import { waterLayers } from './styles/water.ts'
import type { Token } from './palette.ts'

export { FIRST_ROAD, FIRST_SYMBOL }

/** Sources that the page fills itself; empty until there is something to say. */
export const OWN_SOURCES = [
  'settlements',
  'teams',
  'facilities',
  'hatch',
  'closed-marks',
  'way-arrows',
  'band-labels',
  'point',
] as const
export type OwnSource = (typeof OWN_SOURCES)[number]

const EMPTY = { type: 'FeatureCollection', features: [] } as const

export interface BaseInput {
  county: Pick<County, 'id' | 'bbox' | 'parts'>
  /** The deepest terrain there is; null without any. */
  terrainZoom: number | null
  /** Absolute origin: tile workers know no page to be relative to. */
  origin: string
  token: Token
}

type TilePart = 'base' | 'terrain'
const EXTENSION = { base: 'mvt', terrain: 'png' } as const

/** The part's hash in the address lets the browser keep a tile for ever. */
export function tilePath({ id, parts }: Pick<County, 'id' | 'parts'>, part: TilePart): string {
  return `/tiles/${id}/${part}/{z}/{x}/{y}.${EXTENSION[part]}?v=${parts[part]?.sha256 ?? ''}`
}

/** The whole base style. No `glyphs`: MapLibre draws every letter with the system's own CJK font. */
export function baseStyle({ county, terrainZoom, origin, token }: BaseInput): StyleSpecification {
  const { bbox } = county
  const tiles = (part: TilePart) => [origin + tilePath(county, part)]
  const own = OWN_SOURCES.map(id => [id, { type: 'geojson' as const, data: EMPTY, tolerance: 0.2 }] as const)
  const terrain = {
    type: 'raster-dem' as const,
    tiles: tiles('terrain'),
    encoding: 'mapbox' as const,
    tileSize: 256,
    minzoom: 6,
    maxzoom: terrainZoom ?? 6,
    bounds: bbox,
  }
  const layers: LayerSpecification[] = [
    // The tone of hills, so that the edge of the terrain does not read as a border.
    {
      id: 'ground',
      type: 'background',
      paint: { 'background-color': token(terrainZoom === null ? 'map-0' : 'map-800') },
    },
    ...(terrainZoom !== null ? reliefLayers(token) : []),
    ...waterLayers(token),
    ...roadLayers(token),
    ...borderLayers(token),
    ...hatchLayers(token),
    ...symbolLayers(token),
  ]
  return {
    version: 8,
    sources: {
      base: { type: 'vector', tiles: tiles('base'), minzoom: 5, maxzoom: 14, bounds: bbox },
      ...(terrainZoom !== null ? { terrain } : {}),
      ...Object.fromEntries(own),
    },
    layers,
    transition: { duration: 200, delay: 0 },
  }
}
