import { PathLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** The closed stretch itself, dark and thin; the crosses on it are symbols of the base style. */
export const drawClosed: DrawLayer = ({ closed, token }, beforeId) => {
  if (closed.features.length === 0) return []
  const line = (id: string, colour: string, getWidth: number, alpha: number) =>
    new PathLayer<{ geometry: { coordinates: LonLat[] } }>({
      ...placed(id, beforeId),
      data: closed.features,
      getPath: f => f.geometry.coordinates,
      getColor: rgba(token(colour), alpha),
      getWidth,
      widthUnits: 'pixels',
      capRounded: true,
    })
  return [line('closed-casing', 'map-halo', 9, 0.75), line('closed-line', 'closed', 1.5, 0.7)]
}
