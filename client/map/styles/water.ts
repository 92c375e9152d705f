import type { LayerSpecification } from 'maplibre-gl'
import type { Token } from '../palette.ts'

const byZoom = (...stops: number[]) => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as never

/** Built-up ground, lakes and rivers: rivers before streams, streams only near. */
export function waterLayers(token: Token): LayerSpecification[] {
  return [
    {
      id: 'built',
      type: 'fill',
      source: 'base',
      'source-layer': 'land',
      minzoom: 10,
      filter: ['in', ['get', 'kind'], ['literal', ['residential', 'industrial', 'commercial']]],
      paint: { 'fill-color': token('map-built'), 'fill-opacity': 0.5 },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'base',
      'source-layer': 'water',
      paint: { 'fill-color': token('map-water') },
    },
    {
      id: 'streams',
      type: 'line',
      source: 'base',
      'source-layer': 'waterways',
      minzoom: 11,
      filter: ['!=', ['get', 'kind'], 'river'],
      layout: { 'line-cap': 'round' },
      paint: {
        'line-color': token('map-river'),
        'line-width': byZoom(11, 0.5, 16, 2),
        'line-opacity': 0.7,
      },
    },
    {
      id: 'rivers',
      type: 'line',
      source: 'base',
      'source-layer': 'waterways',
      filter: ['==', ['get', 'kind'], 'river'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': token('map-river'), 'line-width': byZoom(7, 0.8, 11, 2, 16, 6) },
    },
  ]
}
