import type { LayerSpecification, StyleSpecification } from 'maplibre-gl'
import type { County } from '../../server/contract/county.ts'
import { hatchLayers } from './styles/hatch.ts'
import { borderLayers, outsideLayers } from './styles/border.ts'
import { contourLabels, contourLayers } from './styles/contours.ts'
import { builtLayers, coverLayers } from './styles/land.ts'
import { nameLayers } from './styles/names.ts'
import { heightLayers, shadeLayers } from './styles/relief.ts'
import { FIRST_ROAD, roadLayers } from './styles/roads.ts'
import { symbolLayers } from './styles/symbols.ts'
import { waterLayers } from './styles/water.ts'
import type { Token } from './palette.ts'
import { CONTOUR_TILES } from './terrain/protocol.ts'
import type { HeightRange } from './terrain/range.ts'

export { FIRST_ROAD }
/** Lines and areas of ours go under every name. */
export const FIRST_SYMBOL = 'name-road'

/** Sources that the page fills itself; empty until there is something to say. */
export const OWN_SOURCES = [
  'settlements',
  'teams',
  'facilities',
  'hatch',
  'outside',
  'border',
  'records',
  'closed-marks',
  'way-arrows',
  'band-labels',
  'point',
] as const
export type OwnSource = (typeof OWN_SOURCES)[number]

const EMPTY = { type: 'FeatureCollection', features: [] } as const

export interface Terrain {
  /** The deepest zoom there is. */
  zoom: number
  range: HeightRange
}
/** The great forms of the land are read off terrain this many zooms coarser. */
const BROADER = 3

export interface BaseInput {
  county: Pick<County, 'id' | 'bbox' | 'parts' | 'fictional'>
  /** Null without any. */
  terrain: Terrain | null
  lang: 'zh' | 'en'
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
export function baseStyle({ county, terrain, origin, token, lang }: BaseInput): StyleSpecification {
  const { bbox } = county
  const tiles = (part: TilePart) => [origin + tilePath(county, part)]
  const own = OWN_SOURCES.map(id => [id, { type: 'geojson' as const, data: EMPTY, tolerance: 0.2 }] as const)
  const dem = (maxzoom: number) => ({
    type: 'raster-dem' as const,
    tiles: tiles('terrain'),
    encoding: 'mapbox' as const,
    tileSize: 256,
    minzoom: 6,
    maxzoom: Math.max(6, maxzoom),
    bounds: bbox,
  })
  const layers: LayerSpecification[] = [
    {
      id: 'ground',
      type: 'background',
      paint: { 'background-color': token(terrain ? 'map-outside' : 'map-0') },
    },
    ...(terrain ? heightLayers(token, terrain.range) : []),
    ...coverLayers(token),
    ...(terrain ? [...shadeLayers(token), ...contourLayers(token)] : []),
    ...builtLayers(token),
    ...waterLayers(token),
    ...roadLayers(token),
    ...outsideLayers(token, county.fictional),
    ...borderLayers(token),
    ...hatchLayers(token),
    ...(terrain ? contourLabels(token) : []),
    ...nameLayers(token, lang),
    ...symbolLayers(token, lang),
  ]
  const contours = {
    type: 'vector' as const,
    tiles: [CONTOUR_TILES],
    minzoom: Math.min(9, terrain?.zoom ?? 9),
    maxzoom: terrain?.zoom ?? 9,
    bounds: bbox,
  }
  return {
    version: 8,
    sources: {
      base: { type: 'vector', tiles: tiles('base'), minzoom: 5, maxzoom: 14, bounds: bbox },
      ...(terrain
        ? { terrain: dem(terrain.zoom), 'terrain-broad': dem(terrain.zoom - BROADER), contours }
        : {}),
      ...Object.fromEntries(own),
    },
    layers,
    transition: { duration: 200, delay: 0 },
  }
}
