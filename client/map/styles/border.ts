import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'

/** What lies outside the county: darker and greyer, and gone where the terrain ends. */
export function outsideLayers(token: Token, fictional: boolean): LayerSpecification[] {
  const colour = token('map-outside')
  // Part of the picture itself, so that no crop or copy of the map loses it.
  const words: LayerSpecification = {
    id: 'outside-fiction',
    type: 'fill',
    source: 'outside',
    filter: ['==', ['get', 'what'], 'land'],
    paint: { 'fill-pattern': 'fiction', 'fill-opacity': 0.5 },
  }
  return [
    {
      id: 'outside',
      type: 'fill',
      source: 'outside',
      filter: ['==', ['get', 'what'], 'land'],
      paint: { 'fill-color': colour, 'fill-opacity': 0.55, 'fill-antialias': false },
    },
    {
      id: 'outside-fade',
      type: 'fill',
      source: 'outside',
      filter: ['==', ['get', 'what'], 'fade'],
      paint: { 'fill-color': colour, 'fill-opacity': ['get', 'alpha'], 'fill-antialias': false },
    },
    ...(fictional ? [words] : []),
  ]
}

const level = ['to-number', ['get', 'level']]
/** Lines that stand for the county's own border where no register has it. */
export const TILE_BORDERS = ['border-edge', 'border']

/** The county in a light line on a dark one, townships dotted. */
export function borderLayers(token: Token): LayerSpecification[] {
  const wide = ['<=', level, 6] as never
  const edge = css(token('map-border-edge'), 0.75)
  const light = css(token('map-border'), 0.75)
  const base = { source: 'base', 'source-layer': 'boundary', layout: { 'line-join': 'round' } } as const
  const own = { source: 'border', layout: { 'line-join': 'round' } } as const
  return [
    {
      id: 'border-township',
      type: 'line',
      ...base,
      minzoom: 9.5,
      filter: ['>', level, 6] as never,
      paint: {
        'line-color': css(token('map-border'), 0.35),
        'line-width': 1,
        'line-dasharray': [1, 3],
      },
    },
    {
      id: 'border-edge',
      type: 'line',
      ...base,
      filter: wide,
      paint: { 'line-color': edge, 'line-width': 7 },
    },
    { id: 'border', type: 'line', ...base, filter: wide, paint: { 'line-color': light, 'line-width': 2 } },
    { id: 'own-border-edge', type: 'line', ...own, paint: { 'line-color': edge, 'line-width': 7 } },
    { id: 'own-border', type: 'line', ...own, paint: { 'line-color': light, 'line-width': 2 } },
  ]
}
