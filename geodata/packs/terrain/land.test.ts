import { beforeAll, describe, expect, it } from 'vitest'
import { distanceM } from '../../../server/contract/geo.ts'
import { Refusal } from '../../../server/contract/errors.ts'
import { finish } from '../../work.ts'
import { LAKE, RIVER, type Land } from '../county.ts'
import { cellAt, cellLonLat, cellSizeM } from '../grid.ts'
import { makeLand } from './land.ts'

const brief = (seed: number) => ({
  seed,
  widthKm: 14,
  heightKm: 13,
  centre: [82.8, 38.9] as [number, number],
})
const KM2 = 0.0009

const made = new Map<number, Land>()
function landOf(seed: number): Land {
  const land = made.get(seed) ?? finish(makeLand(brief(seed)))
  made.set(seed, land)
  return land
}

describe.each([1, 2, 3])('the land of seed %i', seed => {
  let land: Land
  beforeAll(() => {
    land = landOf(seed)
  }, 60_000)

  it('has cells of 30 m and a margin of 2.5 km', () => {
    const { widthM, heightM } = cellSizeM(land.grid)
    expect(widthM).toBeCloseTo(30, 1)
    expect(heightM).toBeCloseTo(30, 6)
    expect(land.grid.cols * 0.03).toBeCloseTo(19, 0)
    expect(land.grid.rows * 0.03).toBeCloseTo(18, 0)
  })

  it('has heights in decimetres, mountains above the basin, few cliffs', () => {
    const inside = cells(land, i => land.inside[i] === 1)
    const heights = inside.map(i => land.heightM[i])
    expect(land.heightM.every(h => h === Math.fround(Math.round(h * 10) / 10))).toBe(true)
    const [low, high] = [Math.min, Math.max].map(end => heights.reduce((a, b) => end(a, b)))
    expect(high - low).toBeGreaterThan(600)
    expect(low).toBeGreaterThan(800)
    expect(inside.filter(i => land.slopeDeg[i] > 40).length / inside.length).toBeLessThan(0.02)
  })

  it('has no pit: nothing is filled when water comes in from the edge alone', () => {
    expect(filledCells(land)).toBe(0)
  })

  it('drains every cell downhill to the edge', () => {
    const { receiver, heightM, grid } = land
    const bad = { uphill: 0, lostInside: 0, circles: 0 }
    /** 0 = not walked, 1 = on this walk, 2 = reaches the edge. */
    const state = new Uint8Array(receiver.length)
    for (let i = 0; i < receiver.length; i++) {
      let cell = i
      for (; cell >= 0 && state[cell] === 0; cell = receiver[cell]) {
        state[cell] = 1
        if (receiver[cell] < 0) bad.lostInside += onEdge(grid, cell) ? 0 : 1
        else if (heightM[receiver[cell]] > heightM[cell]) bad.uphill++
      }
      if (cell >= 0 && state[cell] === 1) bad.circles++
      for (cell = i; cell >= 0 && state[cell] === 1; cell = receiver[cell]) state[cell] = 2
    }
    expect(bad).toEqual({ uphill: 0, lostInside: 0, circles: 0 })
  })

  it('gathers area downstream', () => {
    const { receiver, upstreamKm2 } = land
    let shrinking = 0
    for (let i = 0; i < receiver.length; i++) {
      if (receiver[i] >= 0 && upstreamKm2[receiver[i]] < upstreamKm2[i]) shrinking++
    }
    expect(shrinking).toBe(0)
  })

  it('has rivers that only go down, over water, cell to neighbouring cell, the main one first', () => {
    const bad = { rises: 0, jumps: 0, dry: 0 }
    for (const { cells: line } of land.rivers) {
      for (let k = 1; k < line.length; k++) {
        const [from, to] = [line[k - 1], line[k]]
        if (land.heightM[to] > land.heightM[from]) bad.rises++
        if (land.receiver[from] !== to) bad.jumps++
        if (!land.water[from] || !land.water[to]) bad.dry++
      }
    }
    expect(bad).toEqual({ rises: 0, jumps: 0, dry: 0 })
    const [main, ...others] = land.rivers
    expect(others.length).toBeGreaterThan(15)
    expect(Math.max(...others.map(river => river.order))).toBeLessThan(main.order)
    expect(main.cells.length * 30).toBeGreaterThan(13_000)
    const through = [...main.cells].filter(cell => land.inside[cell]).length
    expect(through * 30).toBeGreaterThan(8000)
  })

  it('has eight reservoirs with ordered levels that fill to the limit and spill over the dam', () => {
    expect(land.reservoirs).toHaveLength(8)
    const drowned = new Set<number>()
    for (const lake of land.reservoirs) {
      const km2 = lake.cells.length * KM2
      expect(km2).toBeGreaterThanOrEqual(0.1)
      expect(km2).toBeLessThanOrEqual(2)
      const levels = [lake.deadM, lake.limitM, lake.designM, lake.checkM, lake.crestM]
      expect(levels).toEqual([...new Set(levels)].sort((a, b) => a - b))
      expect(lake.totalMm3).toBeGreaterThan(lake.limitMm3)
      expect(lake.limitMm3).toBeGreaterThan(0)
      expect(lake.limitMm3 / km2).toBeLessThan(lake.damHeightM)
      expect(distanceM(...lake.dam)).toBeLessThanOrEqual(700)
      expect(land.inside[lake.damCell]).toBe(1)
      expect(land.water[lake.damCell]).toBe(RIVER)
      const reaches = (cell: number): boolean => {
        for (let k = 0; k < 5000 && cell !== lake.damCell; k++) cell = land.receiver[cell]
        return cell === lake.damCell
      }
      expect(lake.cells.every(cell => land.water[cell] === LAKE)).toBe(true)
      expect(lake.cells.every(cell => land.heightM[cell] === Math.fround(lake.limitM))).toBe(true)
      expect(lake.cells.every(reaches)).toBe(true)
      expect(lake.cells.some(cell => drowned.has(cell))).toBe(false)
      for (const cell of lake.cells) drowned.add(cell)
      const middle = lake.dam[0].map((v, k) => (v + lake.dam[1][k]) / 2) as [number, number]
      expect(distanceM(middle, cellLonLat(land.grid, lake.damCell))).toBeLessThan(250)
    }
    expect(cells(land, i => land.water[i] === LAKE)).toHaveLength(drowned.size)
  })

  it('has flat, dry land for a town near the main river', () => {
    const { cols, rows } = land.grid
    const near = new Uint8Array(land.heightM.length)
    for (const at of land.rivers[0].cells) {
      const [x, y] = [at % cols, Math.floor(at / cols)]
      for (let row = Math.max(0, y - 60); row < Math.min(rows, y + 60); row++) {
        near.fill(1, row * cols + Math.max(0, x - 60), row * cols + Math.min(cols, x + 60))
      }
    }
    const fit = (i: number) => near[i] && land.inside[i] && land.slopeDeg[i] < 3 && !land.water[i]
    expect(cells(land, i => !!fit(i) && !land.floodPlain[i]).length * KM2).toBeGreaterThan(5)
  })

  it('has a border that keeps close to the asked size and within the raster', () => {
    const inside = cells(land, i => land.inside[i] === 1).length * KM2
    expect(inside / (14 * 13)).toBeGreaterThan(0.8)
    expect(inside / (14 * 13)).toBeLessThan(0.9)
    expect(land.border[0]).toEqual(land.border.at(-1))
    expect(land.border.every(at => cellAt(land.grid, at) >= 0)).toBe(true)
    let turn = 0
    for (let k = 1; k < land.border.length; k++) {
      const [a, b] = [land.border[k - 1], land.border[k]]
      turn += a[0] * b[1] - b[0] * a[1]
    }
    expect(turn).toBeGreaterThan(0)
  })

  it('has heights above water of 0 on water and flood plains low beside it', () => {
    const wet = cells(land, i => land.water[i] !== 0)
    expect(wet.every(i => land.aboveWaterM[i] === 0)).toBe(true)
    const plain = cells(land, i => land.floodPlain[i] === 1)
    expect(plain.length * KM2).toBeGreaterThan(2)
    expect(plain.every(i => land.aboveWaterM[i] < 8)).toBe(true)
  })

  it('has a name for everything, each its own', () => {
    const all = [...land.rivers, ...land.reservoirs, ...land.peaks].map(thing => thing.name)
    expect(new Set(all.map(name => name.zh)).size).toBe(all.length)
    expect(new Set(all.map(name => name.en)).size).toBe(all.length)
  })
})

it('gives the same land for the same seed and another for another', () => {
  const [a, b, c] = [landOf(1), finish(makeLand(brief(1))), landOf(2)]
  for (const key of ['heightM', 'receiver', 'upstreamKm2', 'water', 'inside', 'floodPlain'] as const) {
    expect(Buffer.compare(bytes(a[key]), bytes(b[key]))).toBe(0)
  }
  expect(JSON.stringify([a.border, a.reservoirs, a.rivers[0].name])).toBe(
    JSON.stringify([b.border, b.reservoirs, b.rivers[0].name]),
  )
  expect(Buffer.compare(bytes(a.heightM), bytes(c.heightM))).not.toBe(0)
}, 60_000)

it('refuses what holds no county', () => {
  const small = makeLand({ ...brief(1), widthKm: 11 })
  expect(() => finish(small)).toThrow(Refusal)
  expect(() => finish(makeLand({ ...brief(1), heightKm: Number.NaN }))).toThrow(Refusal)
})

const cells = (land: Land, wanted: (i: number) => boolean): number[] => {
  const out: number[] = []
  for (let i = 0; i < land.heightM.length; i++) if (wanted(i)) out.push(i)
  return out
}

const bytes = (values: Float32Array | Int32Array | Uint8Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength)

function onEdge(grid: Land['grid'], cell: number): boolean {
  const [x, y] = [cell % grid.cols, Math.floor(cell / grid.cols)]
  return x === 0 || y === 0 || x === grid.cols - 1 || y === grid.rows - 1
}

/**
 * Cells that lie below every way out, counted by another method than the maker's: water spreads from the edge
 * level by level, decimetre by decimetre.
 */
function filledCells({ heightM, grid }: Land): number {
  const { cols } = grid
  const level = Array.from(heightM, h => Math.round(h * 10))
  const low = level.reduce((a, b) => Math.min(a, b))
  const queues: number[][] = []
  const seen = new Uint8Array(level.length)
  const reach = (cell: number, at: number) => {
    seen[cell] = 1
    ;(queues[Math.max(at, level[cell]) - low] ??= []).push(cell)
  }
  for (let i = 0; i < level.length; i++) if (onEdge(grid, i)) reach(i, level[i])
  let filled = 0
  for (let at = 0; at < queues.length; at++) {
    for (const cell of queues[at] ?? []) {
      if (level[cell] < at + low) filled++
      const x = cell % cols
      for (const dy of [-cols, 0, cols]) {
        for (const dx of [-1, 0, 1]) {
          const to = cell + dx + dy
          if (x + dx < 0 || x + dx >= cols || to < 0 || to >= level.length || seen[to]) continue
          reach(to, at + low)
        }
      }
    }
  }
  return filled
}
