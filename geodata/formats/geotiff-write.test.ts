import { fromArrayBuffer } from 'geotiff'
import { describe, expect, it } from 'vitest'
import { finish } from '../work.ts'
import { geotiffOf } from './geotiff-write.ts'
import { readGeotiff } from './geotiff.ts'

const raster = { cols: 150, rows: 131, west: 82.5, north: 39.125, dLon: 0.00034, dLat: 0.00027 }
const heights = Float32Array.from(
  { length: 150 * 131 },
  (_, i) => Math.round(10 * (1000 + 90 * Math.sin(i / 40) + (i % 150))) / 10,
)

describe('geotiffOf', () => {
  it('writes heights that the reader gets back exactly, in their place', async () => {
    const bytes = finish(geotiffOf(raster, heights, '虚构示范数据 fictional'))
    const grid = await readGeotiff('dem.tif', bytes)
    expect([grid.width, grid.height]).toEqual([150, 131])
    expect(grid.west).toBeCloseTo(82.5 + 0.00017, 12)
    expect(grid.north).toBeCloseTo(39.125 - 0.000135, 12)
    expect([grid.dLon, grid.dLat]).toEqual([0.00034, 0.00027])
    expect(grid.data).toEqual(heights)
    expect(bytes.length).toBeLessThan(heights.byteLength / 2)
  })

  it('writes whole numbers up to 65,535', async () => {
    const people = Uint16Array.from({ length: 150 * 131 }, (_, i) => (i * 7919) % 65536)
    const bytes = finish(geotiffOf(raster, people, 'people'))
    const tiff = await fromArrayBuffer(bytes.buffer as ArrayBuffer)
    const image = await tiff.getImage()
    const [band] = (await image.readRasters()) as unknown as Uint16Array[]
    expect(band).toEqual(people)
    expect(image.pixelIsArea()).toBe(true)
  })

  it('gives the same bytes twice', () => {
    const once = finish(geotiffOf(raster, heights, 'x'))
    expect(Buffer.compare(once, finish(geotiffOf(raster, heights, 'x')))).toBe(0)
  })

  it('refuses values that do not fill the raster', () => {
    expect(() => finish(geotiffOf(raster, heights.subarray(1), 'x'))).toThrow(/19649 values for 150×131/)
  })
})
