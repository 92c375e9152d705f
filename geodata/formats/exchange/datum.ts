import gcoord from 'gcoord'
import type { LonLat } from '../../../server/contract/geo.ts'
import type { Datum } from '../../../server/contract/registers/exchange.ts'

const CRS = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 } as const

/** A WGS84 position as a map of that datum has it. */
export const fromWgs84 = (at: LonLat, datum: Datum): LonLat =>
  datum === 'wgs84' ? at : gcoord.transform<LonLat>([...at], CRS.wgs84, CRS[datum])

/**
 * A position of that datum in WGS84, to 1e-7° (1 cm). The library's inverse is off by up to 0.25 m: corrected by
 * what the way forward says of it.
 */
export function toWgs84(at: LonLat, datum: Datum): LonLat {
  if (datum === 'wgs84') return at
  let [lon, lat] = gcoord.transform<LonLat>([...at], CRS[datum], CRS.wgs84)
  for (let round = 0; round < 3; round++) {
    const there = fromWgs84([lon, lat], datum)
    lon += at[0] - there[0]
    lat += at[1] - there[1]
  }
  return [lon, lat].map(degrees => Math.round(degrees * 1e7) / 1e7) as LonLat
}
