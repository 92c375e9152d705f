import { PathLayer } from '@deck.gl/layers'
import type { LonLat } from '../../../server/contract/geo.ts'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** From the outermost inwards: the hour's own edge is the widest. */
const LINES = [
  { alpha: 0.5, width: 2 },
  { alpha: 0.6, width: 1.5 },
  { alpha: 0.85, width: 1.5 },
]

const TRIFLE_DEG = 0.0035

/** Holes a few cells wide keep their tint but get no line: on a whole county they are only noise. */
function isTrifle(ring: readonly LonLat[]): boolean {
  let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [lon, lat] of ring)
    [w, s, e, n] = [Math.min(w, lon), Math.min(s, lat), Math.max(e, lon), Math.max(n, lat)]
  return e - w < TRIFLE_DEG && n - s < TRIFLE_DEG
}

export const drawBandLine: DrawLayer = ({ bands, token }, beforeId) =>
  bands.slice(0, LINES.length).map((band, i) => {
    const rings = (band.geometry.coordinates.flat() as unknown as LonLat[][]).filter(ring => !isTrifle(ring))
    return new PathLayer<LonLat[]>({
      ...placed(`band-line-${i}`, beforeId),
      data: rings,
      getPath: ring => ring,
      getColor: rgba(token('circle-line'), LINES[i]!.alpha),
      getWidth: LINES[i]!.width,
      widthUnits: 'pixels',
      jointRounded: true,
    })
  })
