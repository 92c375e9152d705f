import { PathLayer, ScatterplotLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** A line as it is being drawn: corners, sides, a light fill of a ring once there are three. */
export const drawSketch: DrawLayer = ({ sketch, token }, beforeId) => {
  if (!sketch) return []
  const { corners, closed, handles, picked, crossing } = sketch
  const colour = token(sketch.colour)
  const ring = closed && corners.length > 0 ? [...corners, corners[0]!] : corners
  const path = (id: string, data: readonly (readonly LonLat[])[], as: string, getWidth: number, alpha = 1) =>
    new PathLayer<LonLat[]>({
      ...placed(id, beforeId),
      data: data as LonLat[][],
      getPath: line => line,
      getColor: rgba(token(as), alpha),
      getWidth,
      widthUnits: 'pixels',
      jointRounded: true,
    })
  const dots = (id: string, data: readonly LonLat[], getRadius: number, as: string) =>
    new ScatterplotLayer<LonLat>({
      ...placed(id, beforeId),
      data: data as LonLat[],
      getPosition: p => p,
      getRadius,
      radiusUnits: 'pixels',
      getFillColor: rgba(as),
      stroked: handles,
      getLineColor: rgba(token('map-halo')),
      getLineWidth: 2,
      lineWidthUnits: 'pixels',
    })
  return [
    new SolidPolygonLayer<LonLat[]>({
      ...placed('sketch-fill', beforeId),
      data: closed && corners.length > 2 ? [ring as LonLat[]] : [],
      getPolygon: p => p,
      getFillColor: rgba(colour, 0.18),
    }),
    path('sketch-edge', handles ? [ring] : [], 'map-halo', 6, 0.7),
    path('sketch-line', [ring], sketch.colour, handles ? 3 : 2),
    path('sketch-crossing', crossing, 'closed', 5),
    dots('sketch-middles', handles ? middlesOf(ring) : [], 3.5, colour),
    dots('sketch-corners', corners, handles ? 7 : 4, colour),
    dots('sketch-picked', picked ? [picked] : [], 8, token('text')),
  ]
}

const middlesOf = (line: readonly LonLat[]): LonLat[] =>
  line.slice(1).map(([x, y], i) => [(x + line[i]![0]) / 2, (y + line[i]![1]) / 2])
