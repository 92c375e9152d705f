import type { LayerSpecification } from 'maplibre-gl'
import type { Token } from '../palette.ts'

const byZoom = (...stops: number[]) => ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as never
const base = (layer: string) => ({ source: 'base', 'source-layer': layer })

/** Lakes with their shore, rivers before streams, streams only near; dams across. */
export function waterLayers(token: Token): LayerSpecification[] {
  return [
    {
      id: 'streams',
      type: 'line',
      ...base('waterways'),
      minzoom: 10.5,
      filter: ['!', ['in', ['get', 'kind'], ['literal', ['river', 'coastline']]]],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': token('map-river'),
        'line-width': byZoom(10.5, 0.5, 13, 1.1, 16, 2.6),
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 10.5, 0.45, 13, 0.85],
      },
    },
    {
      id: 'rivers',
      type: 'line',
      ...base('waterways'),
      filter: ['==', ['get', 'kind'], 'river'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': token('map-river'), 'line-width': byZoom(7, 0.8, 11, 2.2, 16, 6) },
    },
    { id: 'water', type: 'fill', ...base('water'), paint: { 'fill-color': token('map-water') } },
    {
      id: 'shore',
      type: 'line',
      ...base('water'),
      minzoom: 9.5,
      filter: ['!=', ['get', 'kind'], 'river'],
      paint: { 'line-color': token('map-river'), 'line-width': byZoom(9.5, 0.6, 13, 1, 16, 1.6) },
    },
    {
      id: 'dams',
      type: 'line',
      ...base('traces'),
      minzoom: 11,
      filter: ['==', ['get', 'kind'], 'dam'],
      layout: { 'line-cap': 'butt' },
      paint: { 'line-color': token('map-dam'), 'line-width': byZoom(11, 2, 14, 4, 17, 9) },
    },
  ]
}
