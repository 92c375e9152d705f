import { type Bbox, M_PER_DEG } from '../../server/contract/geo.ts'

/** Ground height anywhere: what terrain tiles and, later, the hazard models ask. */
export interface Elevation {
  /** Where there are samples. */
  bbox: Bbox
  /** Size of a cell, metres, the finest where there are several grids. */
  cellM: number
  /** Metres, bilinear between the four samples around the point; NaN outside or where one of them is void. */
  sample(lon: number, lat: number): number
}

/** Samples row by row from the north-west; `west`/`north` are the place of the first sample itself. */
export interface Grid {
  west: number
  north: number
  /** Degrees between samples. */
  dLon: number
  dLat: number
  width: number
  height: number
  /** Metres; NaN (float) or `voidValue` where the source has none. */
  data: Int16Array | Float32Array
  voidValue: number
}

export const gridBbox = (g: Grid): Bbox => [
  g.west,
  g.north - (g.height - 1) * g.dLat,
  g.west + (g.width - 1) * g.dLon,
  g.north,
]

/** Several grids as one; where they overlap, the finest that has a value counts. */
export function elevationOf(grids: readonly Grid[]): Elevation {
  const finestFirst = grids.toSorted((a, b) => a.dLat - b.dLat)
  const boxes = grids.map(gridBbox)
  return {
    bbox: [
      Math.min(...boxes.map(b => b[0])),
      Math.min(...boxes.map(b => b[1])),
      Math.max(...boxes.map(b => b[2])),
      Math.max(...boxes.map(b => b[3])),
    ],
    cellM: (finestFirst[0]?.dLat ?? 0) * M_PER_DEG,
    sample(lon, lat) {
      for (const grid of finestFirst) {
        const metres = sampleGrid(grid, lon, lat)
        if (!Number.isNaN(metres)) return metres
      }
      return NaN
    },
  }
}

/** Bilinear; NaN outside or next to a void. */
export function sampleGrid(grid: Grid, lon: number, lat: number): number {
  // 1e-9 of a cell lets a point on the edge count as inside despite rounding.
  const x = edge((lon - grid.west) / grid.dLon, grid.width - 1)
  const y = edge((grid.north - lat) / grid.dLat, grid.height - 1)
  if (!(x >= 0 && y >= 0 && x <= grid.width - 1 && y <= grid.height - 1)) return NaN
  const x0 = Math.min(Math.floor(x), grid.width - 2)
  const y0 = Math.min(Math.floor(y), grid.height - 2)
  const [fx, fy] = [x - x0, y - y0]
  const at = y0 * grid.width + x0
  const { data, voidValue, width } = grid
  let sum = 0
  for (const [i, weight] of [
    [at, (1 - fx) * (1 - fy)],
    [at + 1, fx * (1 - fy)],
    [at + width, (1 - fx) * fy],
    [at + width + 1, fx * fy],
  ]) {
    if (weight === 0) continue
    if (data[i] === voidValue) return NaN
    sum += data[i] * weight
  }
  return sum
}

const edge = (v: number, max: number): number =>
  v < 0 && v > -1e-9 ? 0 : v > max && v < max + 1e-9 ? max : v

/** The part of a grid in a box, with a sample more on every side; null where they do not touch. */
export function cropGrid(grid: Grid, [west, south, east, north]: Bbox): Grid | null {
  const x0 = clamp(Math.floor((west - grid.west) / grid.dLon) - 1, grid.width)
  const x1 = clamp(Math.ceil((east - grid.west) / grid.dLon) + 2, grid.width)
  const y0 = clamp(Math.floor((grid.north - north) / grid.dLat) - 1, grid.height)
  const y1 = clamp(Math.ceil((grid.north - south) / grid.dLat) + 2, grid.height)
  const [width, height] = [x1 - x0, y1 - y0]
  if (width < 2 || height < 2) return null
  const data =
    grid.data instanceof Int16Array ? new Int16Array(width * height) : new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    const start = (y0 + y) * grid.width + x0
    data.set(grid.data.subarray(start, start + width), y * width)
  }
  const place = { west: grid.west + x0 * grid.dLon, north: grid.north - y0 * grid.dLat }
  return { ...grid, ...place, width, height, data }
}

const clamp = (v: number, max: number): number => Math.max(0, Math.min(max, v))

/** How many samples of a grid are void. */
export function countVoids({ data, voidValue }: Grid): number {
  let n = 0
  for (let i = 0; i < data.length; i++) if (data[i] === voidValue || Number.isNaN(data[i])) n++
  return n
}

/**
 * Fills NaN in place from the values around: averages go up a pyramid of halves until no hole is left, and
 * come down into the holes.
 * @returns false where there is no value at all to fill from
 */
export function fillHoles(values: Float32Array, width: number, height: number): boolean {
  const holes = values.some(Number.isNaN)
  if (!holes) return true
  if (width === 1 && height === 1) return false
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const half = new Float32Array(w * h)
  const counts = new Uint8Array(w * h)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = values[y * width + x]
      if (Number.isNaN(value)) continue
      const i = (y >> 1) * w + (x >> 1)
      half[i] += value
      counts[i]++
    }
  }
  for (let i = 0; i < half.length; i++) half[i] = counts[i] ? half[i] / counts[i] : NaN
  if (!fillHoles(half, w, h)) return false
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) values[i] = between(half, w, h, i % width, Math.floor(i / width))
  }
  return true
}

/** The half-size grid at a full-size cell, bilinear, so that filled holes show no steps. */
function between(half: Float32Array, w: number, h: number, x: number, y: number): number {
  const hx = Math.max(0, Math.min(w - 1, (x - 0.5) / 2))
  const hy = Math.max(0, Math.min(h - 1, (y - 0.5) / 2))
  const [x0, y0] = [Math.floor(hx), Math.floor(hy)]
  const [x1, y1] = [Math.min(w - 1, x0 + 1), Math.min(h - 1, y0 + 1)]
  const [fx, fy] = [hx - x0, hy - y0]
  const top = half[y0 * w + x0] * (1 - fx) + half[y0 * w + x1] * fx
  const low = half[y1 * w + x0] * (1 - fx) + half[y1 * w + x1] * fx
  return top * (1 - fy) + low * fy
}

/** The same grid with its voids filled from the ground around them. */
export function withoutVoids(grid: Grid): Grid {
  if (countVoids(grid) === 0) return grid
  const data = Float32Array.from(grid.data, value => (value === grid.voidValue ? NaN : value))
  fillHoles(data, grid.width, grid.height)
  return { ...grid, data, voidValue: NaN }
}
