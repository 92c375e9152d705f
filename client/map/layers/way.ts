import { PathLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** The way of the team picked: 5 px on a casing of 10. Its arrowheads are symbols of the base style. */
export const drawWay: DrawLayer = ({ way, token }, beforeId) => {
  if (!way || way.length < 2) return []
  const line = (id: string, colour: string, getWidth: number, alpha = 1) =>
    new PathLayer<LonLat[]>({
      ...placed(id, beforeId),
      data: [way as LonLat[]],
      getPath: path => path,
      getColor: rgba(token(colour), alpha),
      getWidth,
      widthUnits: 'pixels',
      capRounded: true,
      jointRounded: true,
    })
  return [line('way-casing', 'way-edge', 10, 0.9), line('way-line', 'way', 5)]
}
