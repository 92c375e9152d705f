import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'

const STOPS = [0, 180, 420, 800, 1200, 1650, 2100]
/** Four lights, the northwest one strongest, so that no valley is without its slope. */
const LIGHTS = [
  { fromDeg: 315, strength: 0.46 },
  { fromDeg: 270, strength: 0.2 },
  { fromDeg: 0, strength: 0.2 },
  { fromDeg: 225, strength: 0.14 },
]

/** Dark heights by colour, then shade from four sides. */
export function reliefLayers(token: Token): LayerSpecification[] {
  const ramp = STOPS.flatMap(m => [m, token(`map-${m}`)])
  return [
    {
      id: 'relief',
      type: 'color-relief',
      source: 'terrain',
      paint: {
        'color-relief-opacity': 0.72,
        'color-relief-color': ['interpolate', ['linear'], ['elevation'], ...ramp] as never,
      },
    },
    {
      id: 'shade',
      type: 'hillshade',
      source: 'terrain',
      paint: {
        'hillshade-method': 'multidirectional',
        'hillshade-illumination-anchor': 'map',
        'hillshade-illumination-direction': LIGHTS.map(l => l.fromDeg),
        'hillshade-illumination-altitude': LIGHTS.map(() => 42),
        'hillshade-shadow-color': LIGHTS.map(l => css(token('map-shadow'), Math.min(1, 2 * l.strength))),
        'hillshade-highlight-color': LIGHTS.map(l => css(token('map-highlight'), 0.42 * l.strength)),
        'hillshade-exaggeration': 0.62,
      },
    },
  ]
}
