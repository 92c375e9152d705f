import { DX, DY, type Drainage } from './drainage.ts'
import type { Frame } from './field.ts'

/** Height above the water each cell drains to (HAND); above where it leaves the raster, if it meets none. */
export function heightAboveWater(height: Float32Array, flow: Drainage, water: Uint8Array): Float32Array {
  const above = new Float32Array(height.length)
  const base = new Float32Array(height.length)
  for (let k = height.length - 1; k >= 0; k--) {
    const cell = flow.downstream[k]
    const to = flow.receiver[cell]
    base[cell] = water[cell] || to < 0 ? height[cell] : base[to]
    above[cell] = Math.max(0, height[cell] - base[cell])
  }
  return above
}

/** Degrees, by Horn's eight neighbours; the edge's cells take the value beside them. */
export function slopes(height: Float32Array, frame: Frame): Float32Array {
  const { cols, rows, cellM } = frame
  const out = new Float32Array(height.length)
  for (let row = 0; row < rows; row++) {
    const y = Math.min(rows - 2, Math.max(1, row))
    for (let col = 0; col < cols; col++) {
      const x = Math.min(cols - 2, Math.max(1, col))
      const i = y * cols + x
      const up = i - cols
      const down = i + cols
      const gx =
        height[up + 1] +
        2 * height[i + 1] +
        height[down + 1] -
        height[up - 1] -
        2 * height[i - 1] -
        height[down - 1]
      const gy =
        height[down - 1] +
        2 * height[down] +
        height[down + 1] -
        height[up - 1] -
        2 * height[up] -
        height[up + 1]
      out[row * cols + col] = (Math.atan(Math.sqrt(gx * gx + gy * gy) / (8 * cellM)) * 180) / Math.PI
    }
  }
  return out
}

/** How high a flood of about once in twenty years stands over a river that drains this much, m. */
export const floodStageM = (areaKm2: number): number => 0.8 + 0.75 * Math.sqrt(Math.sqrt(areaKm2))

/** 1 where the rivers' floods reach: little above the river drained to, and not steep. */
export function floodPlains(
  flow: Drainage,
  water: Uint8Array,
  aboveWaterM: Float32Array,
  slopeDeg: Float32Array,
): Uint8Array {
  const plain = new Uint8Array(water.length)
  const riverKm2 = new Float32Array(water.length)
  for (let k = water.length - 1; k >= 0; k--) {
    const cell = flow.downstream[k]
    const to = flow.receiver[cell]
    riverKm2[cell] = water[cell] ? flow.areaKm2[cell] : to < 0 ? 0 : riverKm2[to]
    if (riverKm2[cell] > 0 && slopeDeg[cell] < 6 && aboveWaterM[cell] <= floodStageM(riverKm2[cell]))
      plain[cell] = 1
  }
  return plain
}

/** The highest places, at least `apartM` from each other, most prominent first in height. */
export function summits(
  height: Float32Array,
  frame: Frame,
  inside: Uint8Array,
  apartM: number,
  most: number,
): number[] {
  const { cols, rows, cellM } = frame
  const tops: number[] = []
  for (let row = 1; row < rows - 1; row++) {
    for (let col = 1; col < cols - 1; col++) {
      const cell = row * cols + col
      if (!inside[cell]) continue
      const h = height[cell]
      if (DX.every((dx, d) => height[cell + dx + DY[d] * cols] < h)) tops.push(cell)
    }
  }
  tops.sort((a, b) => height[b] - height[a] || a - b)
  const chosen: number[] = []
  const apart = (apartM / cellM) ** 2
  for (const cell of tops) {
    if (chosen.length === most) break
    const [x, y] = [cell % cols, Math.floor(cell / cols)]
    if (chosen.every(c => ((c % cols) - x) ** 2 + (Math.floor(c / cols) - y) ** 2 >= apart)) chosen.push(cell)
  }
  return chosen
}
