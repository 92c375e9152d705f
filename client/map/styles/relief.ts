import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'
import type { HeightRange } from '../terrain/range.ts'

/** Steps of the ramp from a county's lowest to its highest ground, named in tokens.css. */
const STEPS = [0, 1, 2, 3, 4, 5, 6]
/** Where they stand between the two: more colours for the valleys, where people live. */
const SHARES = [0, 0.08, 0.2, 0.38, 0.57, 0.78, 1]
/** Four lights, the northwest one strongest, so that no valley is without its slope. */
const LIGHTS = [
  { fromDeg: 315, strength: 0.46 },
  { fromDeg: 270, strength: 0.2 },
  { fromDeg: 0, strength: 0.2 },
  { fromDeg: 225, strength: 0.14 },
]

/** Heights by colour, under everything. */
export function heightLayers(token: Token, { lowM, highM }: HeightRange): LayerSpecification[] {
  const ramp = STEPS.flatMap((step, i) => [lowM + SHARES[i]! * (highM - lowM), token(`map-height-${step}`)])
  return [
    {
      id: 'relief',
      type: 'color-relief',
      source: 'terrain',
      paint: { 'color-relief-color': ['interpolate', ['linear'], ['elevation'], ...ramp] as never },
    },
  ]
}

/** Shade from four sides, over the colours of the ground: the great forms first, the fine ones in them. */
export function shadeLayers(token: Token): LayerSpecification[] {
  const shade = (id: string, source: string, exaggeration: unknown, highlight: number) =>
    ({
      id,
      type: 'hillshade',
      source,
      paint: {
        'hillshade-method': 'multidirectional',
        'hillshade-illumination-anchor': 'map',
        'hillshade-illumination-direction': LIGHTS.map(l => l.fromDeg),
        'hillshade-illumination-altitude': LIGHTS.map(() => 42),
        'hillshade-shadow-color': LIGHTS.map(l => css(token('map-shadow'), Math.min(1, 2 * l.strength))),
        'hillshade-highlight-color': LIGHTS.map(l => css(token('map-highlight'), highlight * l.strength)),
        'hillshade-exaggeration': exaggeration,
      },
    }) as LayerSpecification
  return [
    shade(
      'shade-broad',
      'terrain-broad',
      ['interpolate', ['linear'], ['zoom'], 8, 0.45, 12, 0.3, 15, 0.15],
      0.3,
    ),
    shade('shade', 'terrain', ['interpolate', ['linear'], ['zoom'], 8, 0.35, 11, 0.5, 15, 0.35], 0.4),
  ]
}
