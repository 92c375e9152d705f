import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** An area drawn shut, as it was drawn: a faint wash with a thin edge. */
export const drawClosedArea: DrawLayer = ({ closedAreas, token }, beforeId) => [
  new SolidPolygonLayer<LonLat[]>({
    ...placed('closed-area-fill', beforeId),
    data: closedAreas as LonLat[][],
    getPolygon: p => p,
    getFillColor: rgba(token('closed'), 0.1),
  }),
  new PathLayer<LonLat[]>({
    ...placed('closed-area-line', beforeId),
    data: closedAreas as LonLat[][],
    getPath: p => p,
    getColor: rgba(token('closed'), 0.8),
    getWidth: 1.5,
    widthUnits: 'pixels',
  }),
]
