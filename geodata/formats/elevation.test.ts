import { existsSync, readFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { writeArrayBuffer } from 'geotiff'
import { describe, expect, test, vi } from 'vitest'
import { Refusal } from '../../server/contract/errors.ts'
import { type Grid, cropGrid, elevationOf, fillHoles, sampleGrid, withoutVoids } from './elevation.ts'
import { readGeotiff } from './geotiff.ts'
import { readHgt } from './hgt.ts'
import { unzip } from './zip.ts'

// Large grids, on machines with two busy cores.
vi.setConfig({ testTimeout: 30_000 })

const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'read'
}

/** Heights that rise 1 m per column eastwards and 100 m per row southwards. */
const slope = (width: number, height: number, edit: Record<number, number> = {}): Grid => ({
  west: 112,
  north: 37,
  dLon: 0.1,
  dLat: 0.1,
  width,
  height,
  data: Float32Array.from(
    { length: width * height },
    (_, i) => edit[i] ?? (i % width) + 100 * Math.floor(i / width),
  ),
  voidValue: NaN,
})

describe('samples', () => {
  const grid = slope(4, 3)
  test.each([
    [112, 37, 0],
    [112.3, 36.8, 203],
    [112.05, 37, 0.5],
    [112.15, 36.85, 151.5],
  ])('%d %d → %d m', (lon, lat, metres) => expect(sampleGrid(grid, lon, lat)).toBeCloseTo(metres, 4))

  test('outside and beside a void there is none', () => {
    expect(sampleGrid(grid, 111.99, 37)).toBeNaN()
    expect(sampleGrid(grid, 112.1, 36.79)).toBeNaN()
    expect(sampleGrid(slope(4, 3, { 5: NaN }), 112.05, 36.95)).toBeNaN()
    expect(sampleGrid(slope(4, 3, { 5: NaN }), 112.25, 36.95)).toBeCloseTo(52.5, 4)
  })

  test('a crop samples the same', () => {
    const part = cropGrid(slope(40, 30), [113, 35.2, 113.5, 36])!
    expect(part.width).toBeLessThan(10)
    expect(sampleGrid(part, 113.33, 35.61)).toBeCloseTo(sampleGrid(slope(40, 30), 113.33, 35.61), 4)
    expect(cropGrid(slope(4, 3), [10, 10, 11, 11])).toBeNull()
  })

  test('of two grids the finer counts, and the other where it has none', () => {
    const fine: Grid = { ...slope(2, 2), dLon: 0.01, dLat: 0.01, data: Float32Array.of(7, 7, 7, 7) }
    const both = elevationOf([grid, fine])
    expect(both.sample(112.005, 36.995)).toBe(7)
    expect(both.sample(112.3, 36.8)).toBeCloseTo(203, 4)
    expect(both.bbox).toEqual([112, 36.8, 112.3, 37].map(v => expect.closeTo(v, 6)))
  })
})

test('voids are filled from around, other samples stay', () => {
  const filled = withoutVoids(slope(9, 9, { 40: NaN, 41: NaN, 31: NaN }))
  expect(filled.data.some(Number.isNaN)).toBe(false)
  expect(filled.data[0]).toBe(0)
  expect(filled.data[40]).toBeGreaterThan(200)
  expect(filled.data[40]).toBeLessThan(600)
  expect(fillHoles(new Float32Array(9).fill(NaN), 3, 3)).toBe(false)
})

const flat = (side: number, metres: number): Uint8Array => {
  const bytes = new Uint8Array(side * side * 2)
  for (let i = 0; i < side * side; i++) new DataView(bytes.buffer).setInt16(i * 2, metres)
  return bytes
}

describe('HGT', () => {
  test('the name is the south-west corner', () => {
    const grid = readHgt('S10W003.SRTMGL1.hgt', flat(1201, -5))
    expect([grid.west, grid.north, grid.data[7]]).toEqual([-3, -9, -5])
    expect(readHgt('N36E112.hgt', flat(3601, 900)).dLat).toBe(1 / 3600)
  })
  test('wrong names and sizes are refused', async () => {
    expect(await codeOf(() => readHgt('height.hgt', flat(1201, 0)))).toBe('hgt_name')
    expect(await codeOf(() => readHgt('N36E112.hgt', new Uint8Array(1000)))).toBe('hgt_size')
    expect(await codeOf(() => readHgt('N36E112.hgt', flat(1201, 0).subarray(2)))).toBe('hgt_size')
  })
})

const hgt = (name: string): boolean => name.endsWith('.hgt')

describe('zip', () => {
  test('unpacks what passes', () => {
    const zip = zipSync({ 'a/N36E112.hgt': strToU8('heights'), 'read.me': strToU8('no') })
    expect(unzip(zip, hgt)).toEqual([{ name: 'a/N36E112.hgt', bytes: strToU8('heights') }])
  })
  test('refuses bombs, paths that lead out, and what is no zip', async () => {
    const bomb = zipSync({ 'a.hgt': new Uint8Array(30_000_000) }, { level: 9 })
    expect(await codeOf(() => unzip(bomb, hgt))).toBe('zip_too_large')
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`${i}.hgt`, strToU8('x')]))
    expect(await codeOf(() => unzip(zipSync(many), hgt))).toBe('zip_too_large')
    expect(await codeOf(() => unzip(zipSync({ '../a.hgt': strToU8('x') }), hgt))).toBe('zip_path')
    expect(await codeOf(() => unzip(strToU8('<html>'), hgt))).toBe('zip_unreadable')
    const whole = zipSync({ 'a.hgt': Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251) })
    expect(await codeOf(() => unzip(whole.subarray(0, whole.length >> 1), hgt))).toBe('zip_unreadable')
  })
})

const tiff = async (keys: Record<string, unknown>, values = [1, 2, 3, 4, 5, 6]): Promise<Uint8Array> => {
  const buffer = await writeArrayBuffer(Float32Array.from(values), {
    width: 3,
    height: values.length / 3,
    ModelPixelScale: [0.5, 0.5, 0],
    ModelTiepoint: [0, 0, 0, 112, 37, 0],
    GTRasterTypeGeoKey: 1,
    ...keys,
  } as never)
  return new Uint8Array(buffer as ArrayBuffer)
}

describe('GeoTIFF', () => {
  test('samples stand in the middle of their cells', async () => {
    const grid = await readGeotiff('a.tif', await tiff({ GeographicTypeGeoKey: 4326 }))
    expect([grid.width, grid.height, grid.west, grid.north]).toEqual([3, 2, 112.25, 36.75])
    expect(sampleGrid(grid, 112.25, 36.75)).toBe(1)
    expect(sampleGrid(grid, 113.25, 36.25)).toBe(6)
  })
  test('no-data and impossible heights are void', async () => {
    const grid = await readGeotiff(
      'a.tif',
      await tiff({ GeographicTypeGeoKey: 4490, GDAL_NODATA: '5' }, [1, 2, 3, 4, 5, -32768]),
    )
    expect(grid.data[4]).toBeNaN()
    expect(grid.data[5]).toBeNaN()
    expect(grid.data[3]).toBe(4)
  })
  test('other coordinates and wrong files are refused with the remedy', async () => {
    const projected = await tiff({ ProjectedCSTypeGeoKey: 32649 })
    expect(await codeOf(() => readGeotiff('a.tif', projected))).toBe('geotiff_crs')
    const error = await readGeotiff('a.tif', projected).catch((e: Refusal) => e)
    expect((error as Refusal).remedy!.en).toContain('gdalwarp -t_srs EPSG:4326')
    expect((error as Refusal).text.en).toContain('EPSG:32649')
    expect(await codeOf(() => readGeotiff('a.tif', strToU8('no tiff')))).toBe('geotiff_unreadable')
    const whole = await tiff({ GeographicTypeGeoKey: 4326 })
    for (const end of [4, 20, whole.length >> 1, whole.length - 8]) {
      expect(await codeOf(() => readGeotiff('a.tif', whole.subarray(0, end)))).toMatch(/^geotiff_/)
    }
  })
})

const ANDORRA = new URL('../../../shared/data/andorra/N42E001.hgt.zip', import.meta.url)
if (!existsSync(ANDORRA)) console.log('SKIPPED: Andorra (../shared/data/andorra is missing)')
test.skipIf(!existsSync(ANDORRA))('Andorra la Vella lies at 1,036 m (needs ../shared/data)', () => {
  const [entry] = unzip(readFileSync(ANDORRA), name => /\.hgt$/i.test(name))
  const { sample } = elevationOf([withoutVoids(readHgt(entry.name, entry.bytes))])
  expect(sample(1.5218, 42.5075)).toBeCloseTo(1036, 0)
})
