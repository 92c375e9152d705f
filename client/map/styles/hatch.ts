import type { LayerSpecification } from 'maplibre-gl'
import { css, type Token } from '../palette.ts'

/** Where people live beyond the hour: warm hatch with an edge, and nowhere else. */
export function hatchLayers(token: Token): LayerSpecification[] {
  return [
    {
      id: 'hatch',
      type: 'fill',
      source: 'hatch',
      filter: ['!', ['get', 'edge']],
      paint: { 'fill-pattern': 'hatch', 'fill-antialias': false },
    },
    {
      id: 'hatch-edge',
      type: 'line',
      source: 'hatch',
      filter: ['get', 'edge'],
      paint: { 'line-color': css(token('warm'), 0.7), 'line-width': 1 },
    },
  ]
}
