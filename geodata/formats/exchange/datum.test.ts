import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import { type Datum, DATUMS } from '../../../server/contract/registers/exchange.ts'
import { fromWgs84, toWgs84 } from './datum.ts'
import { datumDoubt } from './datum-doubt.ts'

test('there and back within two centimetres, all over China', () => {
  const china = fc.tuple(
    fc.double({ min: 74, max: 134, noNaN: true }),
    fc.double({ min: 19, max: 53, noNaN: true }),
  )
  fc.assert(
    fc.property(china, fc.constantFrom(...DATUMS), (at, datum) => {
      expect(distanceM(toWgs84(fromWgs84(at, datum), datum), at)).toBeLessThan(0.02)
    }),
  )
})

test('as the maps have it: Tian’anmen in GCJ-02 and BD-09', () => {
  // 39.90734, 116.39089 in WGS84; 116.397128,39.90872 on Amap's maps.
  const at: LonLat = [116.39089, 39.90734]
  expect(distanceM(fromWgs84(at, 'gcj02'), at)).toBeGreaterThan(400)
  expect(distanceM(fromWgs84(at, 'gcj02'), [116.397128, 39.90872])).toBeLessThan(60)
  expect(distanceM(fromWgs84(at, 'bd09'), fromWgs84(at, 'gcj02'))).toBeGreaterThan(700)
})

/** Roads every 4 km each way, and points within 60 m of them. */
const GRID = 0.04
const roadM = ([lon, lat]: LonLat): number => {
  const off = (value: number): number => Math.abs(value / GRID - Math.round(value / GRID)) * GRID * 111_195
  return Math.min(off(lon) * Math.cos((lat * Math.PI) / 180), off(lat))
}
const points = (count: number): LonLat[] =>
  Array.from({ length: count }, (_, i): LonLat => {
    const along = 0.0137 * i
    const beside = ((i * 7) % 11) * 4e-5
    return i % 2 ? [112 + (along % 1), 36 + beside] : [112 + beside, 36 + (along % 1)]
  })

describe('which datum the positions are in', () => {
  test.each(DATUMS.flatMap(truth => DATUMS.map(chosen => [truth, chosen] as [Datum, Datum])))(
    'they are %s, %s was chosen',
    (truth, chosen) => {
      const asRead = points(40).map(at => fromWgs84(at, truth))
      const doubt = datumDoubt(asRead, chosen, roadM)
      expect(doubt).toMatchObject({ chosen, best: truth, doubtful: truth !== chosen, counted: 40 })
      expect(doubt.fits[truth].nearShare).toBeGreaterThan(0.9)
      expect(doubt.text === null).toBe(truth === chosen)
    },
  )

  test('too few points, or none near a road, say nothing', () => {
    const gcj = points(7).map(at => fromWgs84(at, 'gcj02'))
    expect(datumDoubt(gcj, 'wgs84', roadM)).toMatchObject({ best: null, doubtful: false, counted: 7 })
    expect(datumDoubt([...gcj, ...gcj], 'wgs84', roadM).doubtful).toBe(true)
    expect(datumDoubt(points(40), 'wgs84', () => null)).toMatchObject({ best: null, doubtful: false })
    expect(datumDoubt([], 'wgs84', roadM)).toMatchObject({ counted: 0, doubtful: false })
  })

  test('roads everywhere fit every datum: no doubt', () => {
    expect(datumDoubt(points(40), 'bd09', () => 30)).toMatchObject({ best: 'bd09', doubtful: false })
  })

  test('of many points some hundreds are asked about', () => {
    let asked = 0
    const doubt = datumDoubt(points(5000), 'wgs84', at => (asked++, roadM(at)))
    expect([doubt.counted, asked]).toEqual([400, 1200])
  })
})
