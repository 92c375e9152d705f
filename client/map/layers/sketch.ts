import { PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** The area as it is being drawn: corners, sides, a light fill once there are three. */
export const drawSketch: DrawLayer = ({ sketch, token }, beforeId) => {
  if (sketch.length === 0) return []
  const colour = token('closed')
  const ring = [...sketch, sketch[0]!]
  return [
    new SolidPolygonLayer<LonLat[]>({
      ...placed('sketch-fill', beforeId),
      data: sketch.length > 2 ? [ring] : [],
      getPolygon: p => p,
      getFillColor: rgba(colour, 0.18),
    }),
    new PathLayer<LonLat[]>({
      ...placed('sketch-line', beforeId),
      data: [ring],
      getPath: p => p,
      getColor: rgba(colour),
      getWidth: 2,
      widthUnits: 'pixels',
    }),
    new ScatterplotLayer<LonLat>({
      ...placed('sketch-corners', beforeId),
      data: sketch as LonLat[],
      getPosition: p => p,
      getRadius: 4,
      radiusUnits: 'pixels',
      getFillColor: rgba(colour),
    }),
  ]
}
