import type { Tags } from '../formats/osm-block.ts'

/** Kinds of the basemap's areas and lines; null for what is not drawn. */

export function waterKind(tags: Tags): string | null {
  if (tags.natural === 'water') return tags.water ?? 'lake'
  if (tags.waterway === 'riverbank') return 'river'
  if (tags.waterway === 'dock') return 'dock'
  if (tags.landuse === 'reservoir') return 'reservoir'
  return tags.landuse === 'basin' ? 'basin' : null
}

const WATERWAYS: Record<string, string> = {
  river: 'river',
  canal: 'canal',
  stream: 'stream',
  drain: 'stream',
  ditch: 'stream',
  tidal_channel: 'stream',
}

export function waterwayKind(tags: Tags): string | null {
  if (tags.natural === 'coastline') return 'coastline'
  if (tags.waterway === undefined || (tags.tunnel !== undefined && tags.tunnel !== 'no')) return null
  return WATERWAYS[tags.waterway] ?? null
}

const LANDUSE: Record<string, string> = {
  forest: 'forest',
  residential: 'residential',
  commercial: 'commercial',
  retail: 'commercial',
  industrial: 'industrial',
  quarry: 'quarry',
  landfill: 'quarry',
  farmland: 'farm',
  farmyard: 'farm',
  orchard: 'farm',
  vineyard: 'farm',
  meadow: 'grass',
  grass: 'grass',
}
const NATURAL: Record<string, string> = {
  wood: 'forest',
  scrub: 'scrub',
  heath: 'scrub',
  grassland: 'grass',
  bare_rock: 'rock',
  scree: 'rock',
  shingle: 'rock',
  sand: 'sand',
  glacier: 'glacier',
  wetland: 'wetland',
}

export const landKind = (tags: Tags): string | null =>
  LANDUSE[tags.landuse ?? ''] ?? NATURAL[tags.natural ?? ''] ?? null

const RAILS = new Set(['rail', 'light_rail', 'narrow_gauge'])

/** Lines that carry no traffic of ours but make a map readable: railways, power lines, dams. */
export function traceKind(tags: Tags): string | null {
  if (RAILS.has(tags.railway ?? '')) return 'rail'
  if (tags.power === 'line') return 'power'
  return tags.waterway === 'dam' ? 'dam' : null
}

export const isPeak = (tags: Tags): boolean =>
  (tags.natural === 'peak' || tags.natural === 'saddle') && tags.name !== undefined
