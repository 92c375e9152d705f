import { describe, expect, test } from 'vitest'
import { Refusal } from '../../server/contract/errors.ts'
import { areaBbox } from '../../server/contract/geo.ts'
import { areaContains, extentWith, readBorder } from './border.ts'

const RING = [[112, 36], [112.4, 36], [112.4, 36.3], [112, 36.3], [112, 36]] // prettier-ignore
const bytes = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json))
const read = (json: unknown) => readBorder('boundary.geojson', bytes(json))
const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'read'
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    expect([error.at, error.text.zh]).toEqual([
      'boundary.geojson',
      expect.stringContaining('boundary.geojson '),
    ])
    expect(error.remedy?.zh).toBeTruthy()
    return error.code
  }
}
const polygon = { type: 'Polygon', coordinates: [RING] }

test('a polygon alone, in a feature, in a collection, with a byte-order mark', () => {
  const feature = { type: 'Feature', properties: { name: '浮山县' }, geometry: polygon }
  expect(read(polygon)).toEqual(polygon)
  expect(read(feature)).toEqual(polygon)
  expect(read({ type: 'FeatureCollection', features: [feature] })).toEqual(polygon)
  expect(read({ type: 'GeometryCollection', geometries: [polygon] })).toEqual(polygon)
  const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(polygon)])
  expect(readBorder('boundary.geojson', marked)).toEqual(polygon)
})

test('several areas are one border; heights go, open rings are closed', () => {
  const island = [[113, 36, 900], [113.1, 36, 900], [113.1, 36.1, 900]] // prettier-ignore
  const features = [polygon, { type: 'MultiPolygon', coordinates: [[island]] }].map(geometry => ({
    type: 'Feature',
    geometry,
  }))
  expect(read({ type: 'FeatureCollection', features })).toEqual({
    type: 'MultiPolygon',
    coordinates: [[RING], [[[113, 36], [113.1, 36], [113.1, 36.1], [113, 36]]]], // prettier-ignore
  })
})

describe('refused with the reason', () => {
  test.each<[string, unknown, string]>([
    ['a line', { type: 'LineString', coordinates: RING }, 'border_shape'],
    ['two points', { type: 'Polygon', coordinates: [RING.slice(0, 2)] }, 'border_shape'],
    [
      'words for numbers',
      {
        type: 'Polygon',
        coordinates: [
          [
            ['a', 'b'],
            [1, 2],
            [3, 4],
            [1, 2],
          ],
        ],
      },
      'border_shape',
    ],
    ['no rings', { type: 'Polygon', coordinates: [null] }, 'border_shape'],
    ['nothing', {}, 'border_shape'],
    [
      'too many points',
      { type: 'Polygon', coordinates: [Array.from({ length: 500_001 }, () => [1, 2])] },
      'border_shape',
    ],
    ['lat, lon', { type: 'Polygon', coordinates: [RING.map(([lon, lat]) => [lat, lon])] }, 'border_swapped'],
    [
      'metres',
      { type: 'Polygon', coordinates: [RING.map(([lon, lat]) => [lon * 1e5, lat * 1e5])] },
      'border_crs',
    ],
    [
      'another system by name',
      { ...polygon, crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4544' } } },
      'border_crs',
    ],
  ])('%s', (_, json, code) => {
    expect(codeOf(() => read(json))).toBe(code)
  })

  test('what is no JSON, or not UTF-8', () => {
    expect(codeOf(() => readBorder('boundary.geojson', new TextEncoder().encode('{')))).toBe(
      'border_unreadable',
    )
    expect(codeOf(() => readBorder('boundary.geojson', new Uint8Array([0xff, 0xfe])))).toContain('text_utf8')
  })

  test.each(['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4490'])(
    'but not %s',
    name => {
      expect(read({ ...polygon, crs: { type: 'name', properties: { name } } })).toEqual(polygon)
    },
  )
})

test('the extent takes in roads and border; a border elsewhere, or of a whole province, is refused', () => {
  const area = read(polygon)
  expect(areaBbox(area)).toEqual([112, 36, 112.4, 36.3])
  expect(extentWith('boundary.geojson', area, [112.1, 35.9, 112.3, 36.2])).toEqual([112, 35.9, 112.4, 36.3])
  expect(codeOf(() => extentWith('boundary.geojson', area, [110, 36, 111, 37]))).toBe('border_elsewhere')
  expect(codeOf(() => extentWith('boundary.geojson', area, [112, 36, 112.05, 36.05]))).toBe(
    'border_elsewhere',
  )
})

test('within a border: holes and other parts counted', () => {
  const hole = [[112.1, 36.1], [112.2, 36.1], [112.2, 36.2], [112.1, 36.1]] // prettier-ignore
  const area = read({ type: 'MultiPolygon', coordinates: [[RING, hole], [[[113, 36], [114, 36], [113, 37], [113, 36]]]] }) // prettier-ignore
  expect([[112.05, 36.05], [113.1, 36.1]].map(point => areaContains(area, point as [number, number]))).toEqual([true, true]) // prettier-ignore
  expect([[112.19, 36.15], [112.5, 36.1], [113.9, 36.9]].map(point => areaContains(area, point as [number, number]))).toEqual([false, false, false]) // prettier-ignore
})
