import type { LayerSpecification } from 'maplibre-gl'
import type { Token } from '../palette.ts'

const COVERS: { kinds: string[]; colour: string; alpha: number; from: number }[] = [
  { kinds: ['rock', 'sand', 'glacier'], colour: 'map-rock', alpha: 0.4, from: 10 },
  { kinds: ['grass', 'scrub', 'wetland'], colour: 'map-grass', alpha: 0.5, from: 10 },
  { kinds: ['forest'], colour: 'map-wood', alpha: 0.55, from: 9 },
  { kinds: ['farm'], colour: 'map-farm', alpha: 0.5, from: 9 },
]
const BUILT = ['residential', 'industrial', 'commercial']

/** What covers the ground, as a tint that lets height and shade through. */
export function coverLayers(token: Token): LayerSpecification[] {
  return COVERS.map(({ kinds, colour, alpha, from }) => ({
    id: `cover-${kinds[0]}`,
    type: 'fill',
    source: 'base',
    'source-layer': 'land',
    minzoom: from,
    filter: ['in', ['get', 'kind'], ['literal', kinds]],
    paint: { 'fill-color': token(colour), 'fill-opacity': alpha, 'fill-antialias': false },
  }))
}

/** Built-up ground stands over the shade, with a thin edge when one is near. */
export function builtLayers(token: Token): LayerSpecification[] {
  const built = {
    source: 'base',
    'source-layer': 'land',
    filter: ['in', ['get', 'kind'], ['literal', BUILT]] as never,
  }
  return [
    {
      id: 'built',
      type: 'fill',
      ...built,
      minzoom: 9,
      paint: {
        'fill-color': token('map-built'),
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 10, 0.85, 14, 0.55] as never,
      },
    },
    {
      id: 'built-edge',
      type: 'line',
      ...built,
      minzoom: 12,
      paint: { 'line-color': token('map-built-edge'), 'line-width': 0.7, 'line-opacity': 0.6 },
    },
  ]
}
