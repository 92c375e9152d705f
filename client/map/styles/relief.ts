import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'
import type { HeightRange } from '../terrain/range.ts'

/** Four lights, the northwest one strongest, so that no valley is without its slope. */
const LIGHTS = [
  { fromDeg: 315, strength: 0.46 },
  { fromDeg: 270, strength: 0.2 },
  { fromDeg: 0, strength: 0.2 },
  { fromDeg: 225, strength: 0.14 },
]

/** Heights by colour, under everything. */
export function heightLayers(token: Token, { stopsM }: HeightRange): LayerSpecification[] {
  const ramp = stopsM.flatMap((m, step) => [m, token(`map-height-${step}`)])
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
        'hillshade-shadow-color': LIGHTS.map(l =>
          css(token('map-shadow'), Math.min(1, 2 * l.strength * Number(token('map-shade')))),
        ),
        'hillshade-highlight-color': LIGHTS.map(l => css(token('map-highlight'), highlight * l.strength)),
        'hillshade-exaggeration': exaggeration,
      },
    }) as LayerSpecification
  return [
    shade(
      'shade-broad',
      'terrain-broad',
      ['interpolate', ['linear'], ['zoom'], 8, 0.5, 11, 0.46, 13, 0.26, 15, 0.15],
      0.42,
    ),
    shade(
      'shade',
      'terrain',
      ['interpolate', ['linear'], ['zoom'], 8, 0.2, 10.5, 0.3, 12, 0.42, 15, 0.35],
      0.42,
    ),
  ]
}
