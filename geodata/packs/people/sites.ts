import { DRY, LAKE, type Land } from '../county.ts'
import { cellOfNode, type Lattice } from '../lattice.ts'

/** What a place is like to live at, per node of the lattice. */
export interface Sites {
  /** 0–1: level ground a little above a stream, not too high. 0 where nobody builds. */
  good: Float32Array
  /** The same as a mean over about 300 m, so that a lone flat cell on a ridge counts for little. */
  around: Float32Array
  slopeDeg: Float32Array
}

export function sitesOf(land: Land, lattice: Lattice): Sites {
  const { grid } = land
  const count = lattice.cols * lattice.rows
  const good = new Float32Array(count)
  const slopeDeg = new Float32Array(count)
  const valleyM = lowest(land)
  for (let node = 0; node < count; node++) {
    const cell = cellOfNode(lattice, grid, node)
    slopeDeg[node] = meanSlope(land, cell)
    if (!land.inside[cell] || land.water[cell] !== DRY) continue
    const level = slopeDeg[node] / 9
    const above = land.aboveWaterM[cell]
    const wet = land.floodPlain[cell] ? 0.25 : above < 3 ? 0.5 : 1
    const high = Math.max(0, land.heightM[cell] - valleyM) / 900
    good[node] = wet * Math.exp(-level * level - Math.max(0, above - 4) / 110 - high)
  }
  return { good, around: boxMean(good, lattice, 3), slopeDeg }
}

/** The height below which a twentieth of the county lies. */
function lowest({ heightM, inside }: Land): number {
  const some: number[] = []
  for (let cell = 0; cell < heightM.length; cell += 37) if (inside[cell]) some.push(heightM[cell])
  some.sort((a, b) => a - b)
  return some[Math.floor(some.length / 20)] ?? 0
}

function meanSlope({ slopeDeg, grid }: Land, cell: number): number {
  const { cols } = grid
  return (
    (slopeDeg[cell] +
      slopeDeg[cell - 1] +
      slopeDeg[cell + 1] +
      slopeDeg[Math.max(0, cell - cols)] +
      slopeDeg[Math.min(slopeDeg.length - 1, cell + cols)]) /
    5
  )
}

/** Mean over a square of 2·reach + 1 nodes. */
export function boxMean(values: Float32Array, { cols, rows }: Lattice, reach: number): Float32Array {
  const across = new Float32Array(values.length)
  const out = new Float32Array(values.length)
  const span = 2 * reach + 1
  const slide = (from: Float32Array, to: Float32Array, start: number, step: number, n: number): void => {
    let sum = 0
    for (let i = 0; i < n + reach; i++) {
      if (i < n) sum += from[start + i * step]
      if (i >= span) sum -= from[start + (i - span) * step]
      if (i >= reach) to[start + (i - reach) * step] = sum / span
    }
  }
  for (let row = 0; row < rows; row++) slide(values, across, row * cols, 1, cols)
  for (let col = 0; col < cols; col++) slide(across, out, col, cols, rows)
  return out
}

/** May a house stand on a cell of the land? */
export function buildable(land: Land, cell: number): boolean {
  return (
    cell >= 0 &&
    land.inside[cell] === 1 &&
    land.water[cell] === DRY &&
    land.slopeDeg[cell] < 17 &&
    land.aboveWaterM[cell] >= 1
  )
}

export const isLake = (land: Land, cell: number): boolean => land.water[cell] === LAKE
