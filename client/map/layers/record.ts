import { PathLayer, SolidPolygonLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** What the row looked at says of ground: its area outlined, its way out as a line on a dark casing. */
export const drawRecord: DrawLayer = ({ record: { areas, ways }, token }, beforeId) => {
  if (areas.length + ways.length === 0) return []
  const path = (id: string, data: readonly LonLat[][], colour: string, getWidth: number, alpha = 1) =>
    new PathLayer<LonLat[]>({
      ...placed(id, beforeId),
      data: data as LonLat[][],
      getPath: line => line,
      getColor: rgba(token(colour), alpha),
      getWidth,
      widthUnits: 'pixels',
      capRounded: true,
      jointRounded: true,
    })
  return [
    new SolidPolygonLayer<LonLat[]>({
      ...placed('record-area', beforeId),
      data: areas as LonLat[][],
      getPolygon: ring => ring,
      getFillColor: rgba(token('symbol-hazard'), 0.16),
    }),
    path('record-area-edge', areas, 'map-halo', 5, 0.7),
    path('record-area-line', areas, 'symbol-hazard', 2),
    path('record-way-edge', ways, 'way-edge', 9, 0.9),
    path('record-way', ways, 'green-text', 4),
  ]
}
