import type { Band } from '../../../server/contract/api.ts'
import { collect, point } from './collect.ts'

/** Places on a ring where a label may stand: its outermost corners to the four winds. */
function corners(ring: readonly number[][]): number[][] {
  const most = (of: (p: number[]) => number) => ring.reduce((a, b) => (of(b) > of(a) ? b : a))
  return [most(p => p[1]!), most(p => -p[1]!), most(p => p[0]!), most(p => -p[0]!)]
}

/** A label on each band's own line, on its longest ring; the map drops those that have no room. */
export function bandLabels(bands: readonly Band[], label: (minutes: number) => string) {
  return collect(
    bands.flatMap(band => {
      const rings = band.geometry.coordinates.map(polygon => polygon[0] ?? [])
      const longest = rings.reduce((a, b) => (b.length > a.length ? b : a), [])
      if (longest.length < 4) return []
      return corners(longest).map((at, i) => point(at, { label: label(band.properties.minutes), rank: i }))
    }),
  )
}
