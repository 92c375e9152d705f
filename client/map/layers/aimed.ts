import { PathLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** The road that a click would close. */
export const drawAimed: DrawLayer = ({ aimed, token }, beforeId) =>
  aimed
    ? [
        new PathLayer<LonLat[]>({
          ...placed('aimed', beforeId),
          data: [aimed as LonLat[]],
          getPath: path => path,
          getColor: rgba(token('closed'), 0.9),
          getWidth: 6,
          widthUnits: 'pixels',
          capRounded: true,
        }),
      ]
    : []
