import type { Text } from '../../../server/contract/errors.ts'
import type { Land } from '../county.ts'
import { riverWidthM } from '../terrain/valleys.ts'
import type { Ground } from './ground.ts'

/** A river's middle line in metres, smoothed out of its cells. */
export interface RiverLine {
  name: Text
  order: number
  /** Point ids from source to mouth, into the shared `x` and `y`. */
  points: number[]
  /** Metres from bank to bank at each point. */
  widthM: number[]
}

export interface RiverLines {
  x: number[]
  y: number[]
  lines: RiverLine[]
}

const ROUNDS = 5

/** Lines that run along the cells without their corners. Where one river joins another they share a point. */
export function riverLines(land: Land, ground: Ground): RiverLines {
  const out: RiverLines = { x: [], y: [], lines: [] }
  const pointOf = new Map<number, number>()
  for (const { name, order, cells } of land.rivers) {
    let x: Float64Array = Float64Array.from(cells, cell => ground.x(cell))
    let y: Float64Array = Float64Array.from(cells, cell => ground.y(cell))
    const last = cells.length - 1
    const mouth = pointOf.get(cells[last])
    for (let round = 0; round < ROUNDS; round++) [x, y] = [smoothed(x), smoothed(y)]
    const points: number[] = []
    const widthM: number[] = []
    for (let i = 0; i <= last; i++) {
      if (i % 2 === 1 && i < last - 1) continue
      if (i === last && mouth !== undefined) points.push(mouth)
      else {
        out.x.push(x[i])
        points.push(out.y.push(y[i]) - 1)
      }
      for (const cell of [cells[i], cells[Math.min(last, i + 1)]]) {
        if (!pointOf.has(cell)) pointOf.set(cell, points[points.length - 1])
      }
      widthM.push(Math.max(2, riverWidthM(land.upstreamKm2[cells[Math.min(i, last - 1)]])))
    }
    out.lines.push({ name, order, points, widthM })
  }
  return out
}

function smoothed(values: Float64Array): Float64Array {
  return values.map((value, i) =>
    i === 0 || i === values.length - 1 ? value : (values[i - 1] + 2 * value + values[i + 1]) / 4,
  )
}
