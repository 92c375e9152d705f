import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { describe, expect, it } from 'vitest'
import { contourLines } from './contours.ts'
import { heightsOf, type HeightTile } from './decode.ts'
import { coveringTiles, rangeOf, SEA_LEVEL_RANGE, tileXY } from './range.ts'
import { contourTile, everyM } from './tile.ts'

const raster = (width: number, height: number, of: (x: number, y: number) => number) =>
  Float32Array.from({ length: width * height }, (_, i) => of(i % width, Math.floor(i / width)))
const closed = (xy: number[]) => Math.hypot(xy[0]! - xy.at(-2)!, xy[1]! - xy.at(-1)!) < 1e-9

describe('contourLines', () => {
  it('draws a hill as one closed ring a level, with the summit on the right', () => {
    const cone = raster(41, 41, (x, y) => 100 - 4 * Math.hypot(x - 20, y - 20))
    const lines = contourLines(cone, 41, 41, 20).filter(l => l.heightM >= 40 && l.heightM < 100)
    expect(lines.map(l => l.heightM).sort((a, b) => a - b)).toEqual([40, 60, 80])
    for (const { heightM, xy } of lines) {
      expect(closed(xy)).toBe(true)
      let area = 0
      for (let i = 0; i < xy.length; i += 2) {
        expect(Math.hypot(xy[i]! - 20, xy[i + 1]! - 20)).toBeCloseTo((100 - heightM) / 4, 0)
        const [nextX, nextY] = [xy[(i + 2) % xy.length]!, xy[(i + 3) % xy.length]!]
        area += (xy[i]! * nextY - nextX * xy[i + 1]!) / 2
      }
      // Rows run downwards: with the high ground on the right a ring runs clockwise as seen.
      expect(area).toBeCloseTo(Math.PI * ((100 - heightM) / 4) ** 2, -1.2)
    }
  })
  it('runs a slope from edge to edge, and keeps a saddle in two lines', () => {
    const slope = contourLines(
      raster(9, 9, x => x * 10 + 1),
      9,
      9,
      50,
    )
    expect(slope).toHaveLength(1)
    expect(slope[0]!.xy.filter((_, i) => i % 2 === 0).every(x => Math.abs(x - 4.9) < 1e-6)).toBe(true)
    const saddle = contourLines(
      raster(21, 21, (x, y) => (x - 10.5) ** 2 - (y - 10.5) ** 2),
      21,
      21,
      1000,
    )
    expect(saddle.filter(l => l.heightM === 0)).toHaveLength(2)
  })
  it('says nothing of level ground', () => {
    expect(
      contourLines(
        raster(5, 5, () => 500),
        5,
        5,
        100,
      ),
    ).toEqual([])
  })
})

const tile = (of: (x: number, y: number) => number): HeightTile => ({ size: 64, heightM: raster(64, 64, of) })

describe('contourTile', () => {
  const slope = (shift: number) => tile((x, y) => 400 + 3 * (x + shift) + Math.sin(y / 9) * 20)
  const linesOf = (tiles: (HeightTile | null)[]) => {
    const { contours } = new VectorTile(new PbfReader(contourTile(tiles, 25)!) as never).layers
    return Array.from({ length: contours!.length }, (_, i) => contours!.feature(i))
  }
  it('meets the lines of the next tile at the seam', () => {
    const row = (shift: number) => [slope(shift - 64), slope(shift), slope(shift + 64)]
    const west = linesOf([...row(0), ...row(0), ...row(0)])
    const east = linesOf([...row(64), ...row(64), ...row(64)])
    const crossing = (features: typeof west, x: number) =>
      features.flatMap(f =>
        f.loadGeometry().flatMap(line =>
          line.flatMap((p, i) => {
            const q = line[i + 1]
            return q && p.x < x !== q.x < x && p.y >= 0 && p.y < 4096
              ? [
                  `${f.properties.heightM} ${Math.round((p.y + ((q.y - p.y) * (x - p.x)) / (q.x - p.x)) / 60)}`,
                ]
              : []
          }),
        ),
      )
    const [left, right] = [crossing(west, 4096), crossing(east, 0)]
    expect(left.length).toBeGreaterThan(0)
    expect(new Set(left)).toEqual(new Set(right))
  })
  it('names the roundest step a line belongs to', () => {
    const all = linesOf(Array.from({ length: 9 }, () => slope(0)))
    const steps = Object.fromEntries(all.map(f => [f.properties.heightM, f.properties.every]))
    expect([steps[425], steps[450], steps[500], steps[575]]).toEqual([25, 50, 500, 25])
  })
  it('makes nothing where there is no terrain', () => {
    expect(contourTile([null, null, null, null, null, null, null, null, null], 25)).toBeNull()
  })
  it('doubles its step each zoom away from the finest', () => {
    expect([12, 11, 10, 9].map(z => everyM(z, 12))).toEqual([25, 50, 100, 200])
  })
})

describe('heights of a county', () => {
  it('reads Terrain-RGB', () => {
    const { heightM } = heightsOf(new Uint8ClampedArray([1, 134, 160 + 10, 255]), 1)
    expect(heightM[0]).toBeCloseTo(1)
  })
  it('covers a box with few tiles and takes the range within it', () => {
    const bbox: [number, number, number, number] = [82.5, 38.7, 83.1, 39.1]
    const tiles = coveringTiles(bbox, 12, 4)
    expect(tiles.length).toBeLessThanOrEqual(4)
    const [x] = tileXY([82.5, 39.1], tiles[0]!.z)
    expect(tiles[0]!.x).toBe(Math.floor(x))
    const range = rangeOf(
      tiles.map(at => ({ at, heights: tile((col, row) => 900 + row * 20 + col) })),
      bbox,
    )
    expect(range.lowM).toBeGreaterThan(899)
    expect(range.highM).toBeGreaterThan(range.lowM + 299)
    expect(range.stopsM).toEqual([...range.stopsM].sort((a, b) => a - b))
    expect(rangeOf([], bbox)).toBe(SEA_LEVEL_RANGE)
  })
})
