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
/** A smoothed line may climb its bank by so much; beyond it goes back to its bed. */
const UP_BANK_M = 1

/** Lines that run along the cells without their corners. Where one river joins another they share a point. */
export function riverLines(land: Land, ground: Ground): RiverLines {
  const out: RiverLines = { x: [], y: [], lines: [] }
  const pointOf = new Map<number, number>()
  /** The next point downstream of each. */
  const after = new Map<number, number>()
  for (const { name, order, cells } of land.rivers) {
    let x: Float64Array = Float64Array.from(cells, cell => ground.x(cell))
    let y: Float64Array = Float64Array.from(cells, cell => ground.y(cell))
    const last = cells.length - 1
    for (let round = 0; round < ROUNDS; round++) [x, y] = [smoothed(x), smoothed(y)]
    const lowest = backToBed(ground, cells, x, y)
    const mouth = mouthBelow(ground, out, pointOf.get(cells[last]), after, lowest)
    const points: number[] = []
    const widthM: number[] = []
    for (let i = 0; i <= last; i++) {
      if (i % 2 === 1 && i < last - 1) continue
      if (i === last && mouth !== undefined) points.push(mouth)
      else {
        out.x.push(x[i])
        points.push(out.y.push(y[i]) - 1)
      }
      // What flows in between two points meets the lower one: upstream of its mouth it would have to rise again.
      for (const cell of [cells[Math.max(0, i - 1)], cells[i]]) {
        if (!pointOf.has(cell)) pointOf.set(cell, points[points.length - 1])
      }
      widthM.push(Math.max(2, riverWidthM(land.upstreamKm2[cells[Math.min(i, last - 1)]])))
    }
    for (let i = 1; i < points.length; i++) after.set(points[i - 1], points[i])
    out.lines.push({ name, order, points, widthM })
  }
  return out
}

/** How many points further down a river may be joined than where its cells meet it. */
const FURTHER_DOWN = 4

/** The point at which a river is joined: the first one from `mouth` down to which nothing has to rise. */
function mouthBelow(
  ground: Ground,
  { x, y }: RiverLines,
  mouth: number | undefined,
  after: ReadonlyMap<number, number>,
  lowest: number,
): number | undefined {
  let at = mouth
  for (let i = 0; i < FURTHER_DOWN && at !== undefined; i++) {
    if (bedM(ground, x[at], y[at]) <= lowest + UP_BANK_M) return at
    at = after.get(at)
  }
  return mouth
}

/**
 * Moves points towards the cells they came from where the ground around them rises on the way downstream.
 * @returns the lowest ground above the mouth
 */
function backToBed(ground: Ground, cells: ArrayLike<number>, x: Float64Array, y: Float64Array): number {
  let lowest = Infinity
  let aboveMouth = Infinity
  for (let i = 0; i < cells.length; i++) {
    aboveMouth = lowest
    const [fromX, fromY] = [x[i], y[i]]
    const [bedX, bedY] = [ground.x(cells[i]), ground.y(cells[i])]
    for (const back of [0, 0.5, 1]) {
      x[i] = fromX + (bedX - fromX) * back
      y[i] = fromY + (bedY - fromY) * back
      if (bedM(ground, x[i], y[i]) <= lowest + UP_BANK_M) break
    }
    lowest = Math.min(lowest, bedM(ground, x[i], y[i]))
  }
  return aboveMouth
}

/** The lowest ground within a cell of a spot. */
function bedM(ground: Ground, x: number, y: number): number {
  let z = Infinity
  for (const row of [-1, 0, 1]) {
    for (const col of [-1, 0, 1]) {
      z = Math.min(z, ground.height(x + col * ground.cellW, y + row * ground.cellH))
    }
  }
  return z
}

function smoothed(values: Float64Array): Float64Array {
  return values.map((value, i) =>
    i === 0 || i === values.length - 1 ? value : (values[i - 1] + 2 * value + values[i + 1]) / 4,
  )
}
