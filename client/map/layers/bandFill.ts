import { GeoJsonLayer } from '@deck.gl/layers'
import { placed, type DrawLayer } from '../layer.ts'
import { rgba } from '../palette.ts'

/** Wanted tints from the outermost band inwards; the bands are nested, so each adds only the difference. */
const TINTS = [0.115, 0.22, 0.36]

/** What alpha makes `wanted` where `below` has been painted already. */
export function alphaOver(below: number, wanted: number): number {
  return Math.max(0, 1 - (1 - wanted) / (1 - below))
}

export const drawBandFill: DrawLayer = ({ bands, token }, beforeId) =>
  bands.slice(0, TINTS.length).map((band, i) => {
    const alpha = alphaOver(i === 0 ? 0 : TINTS[i - 1]!, TINTS[i]!)
    return new GeoJsonLayer({
      ...placed(`band-fill-${i}`, beforeId),
      data: band as never,
      filled: true,
      stroked: false,
      getFillColor: rgba(token('circle'), alpha),
    })
  })
