import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'
import { MINOR } from './fonts.ts'

/** The zoom from which lines of each step are drawn: closer in, closer together. */
const FROM: [every: number, minzoom: number, width: number, alpha: number][] = [
  [500, 9.5, 0.9, 0.3],
  [100, 11, 0.6, 0.24],
  [50, 12.6, 0.5, 0.2],
  [25, 13.8, 0.5, 0.16],
]

/** Thin lines of equal height; every fifth of the step shown is stronger and carries its height. */
export function contourLayers(token: Token): LayerSpecification[] {
  const colour = token('map-contour')
  return FROM.map(([every, minzoom, width, alpha]) => ({
    id: `contour-${every}`,
    type: 'line',
    source: 'contours',
    'source-layer': 'contours',
    minzoom,
    filter: ['==', ['get', 'every'], every],
    paint: {
      'line-color': css(colour, 1),
      'line-opacity': ['interpolate', ['linear'], ['zoom'], minzoom, 0, minzoom + 0.4, alpha] as never,
      'line-width': ['interpolate', ['linear'], ['zoom'], 10, width, 16, width * 1.8] as never,
    },
  }))
}

export function contourLabels(token: Token): LayerSpecification[] {
  return [
    {
      id: 'contour-heights',
      type: 'symbol',
      source: 'contours',
      'source-layer': 'contours',
      minzoom: 11.5,
      filter: ['step', ['zoom'], ['==', ['get', 'every'], 500], 13.2, ['>=', ['get', 'every'], 100]] as never,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['to-string', ['get', 'heightM']],
        'text-font': MINOR,
        'text-size': 11,
        'text-max-angle': 25,
        'text-padding': 12,
      },
      paint: {
        'text-color': css(token('map-contour'), 0.75),
        'text-halo-color': css(token('map-halo'), 0.7),
        'text-halo-width': 1.4,
      },
    },
  ]
}
