import type { Random } from '../random.ts'
import { placeName } from '../names.ts'
import type { River } from '../county.ts'
import type { Drainage } from './drainage.ts'
import type { Frame } from './field.ts'
import { riverWidthM } from './valleys.ts'

/** A watercourse begins where this much drains, km². */
export const CHANNEL_KM2 = 2.5
/** Shorter ones are gullies, not on the map. */
const LEAST_CELLS = 25

export interface Courses {
  /** Cells from source to mouth; the last one lies on the river it joins, if any. */
  lines: { order: number; cells: Int32Array; areaKm2: number }[]
  /** 1 on a watercourse. */
  channel: Uint8Array
}

/**
 * The watercourses with Strahler's order, the main river first, then by area. `inflowKm2`: what enters brings its
 * order along.
 */
export function watercourses(flow: Drainage, inflowKm2: Float32Array): Courses {
  const { receiver, downstream, areaKm2 } = flow
  const cells = receiver.length
  const channel = new Uint8Array(cells)
  /** The donor with the largest area. */
  const stem = new Int32Array(cells).fill(-1)
  const donors = new Uint8Array(cells)
  for (let i = 0; i < cells; i++) {
    if (areaKm2[i] < CHANNEL_KM2) continue
    channel[i] = 1
    const to = receiver[i]
    if (to < 0) continue
    donors[to]++
    if (stem[to] < 0 || areaKm2[i] > areaKm2[stem[to]]) stem[to] = i
  }
  /** Whether a river begins here for us because most of it comes in from outside. */
  const entersAt = (cell: number) => inflowKm2[cell] > areaKm2[cell] / 2
  const lines: { order: number; cells: Int32Array; areaKm2: number }[] = []
  for (let i = 0; i < cells; i++) {
    const to = receiver[i]
    if (!channel[i] || (to >= 0 && stem[to] === i && !entersAt(to))) continue
    const up: number[] = []
    for (let cell = i; cell >= 0; cell = entersAt(cell) ? -1 : stem[cell]) up.push(cell)
    if (up.length < LEAST_CELLS && to >= 0 && up.every(cell => donors[cell] < 2 && inflowKm2[cell] === 0)) {
      for (const cell of up) channel[cell] = 0
      continue
    }
    up.reverse()
    if (to >= 0) up.push(to)
    lines.push({ order: 1, cells: Int32Array.from(up), areaKm2: areaKm2[i] })
  }
  const order = strahler(channel, receiver, downstream, inflowKm2)
  for (const line of lines) line.order = order[line.cells[Math.max(0, line.cells.length - 2)]]
  lines.sort((a, b) => b.areaKm2 - a.areaKm2 || a.cells[0] - b.cells[0])
  // The main river first: a bend cut off by the edge may be as large, but not as long.
  const large = lines.filter(line => line.areaKm2 > lines[0].areaKm2 / 2)
  const main = large.reduce((a, b) => (b.cells.length > a.cells.length ? b : a))
  const rest = lines.filter(line => line !== main)
  main.order = rest.reduce((highest, line) => Math.max(highest, line.order + 1), main.order)
  return { lines: [main, ...rest], channel }
}

function strahler(
  channel: Uint8Array,
  receiver: Int32Array,
  downstream: Int32Array,
  inflowKm2: Float32Array,
): Uint8Array {
  const order = new Uint8Array(channel.length)
  const twice = new Uint8Array(channel.length)
  for (const cell of downstream) {
    if (!channel[cell]) continue
    // By Horton's law of areas: a higher order drains about 4.5 times as much.
    let enters = 0
    for (let area = inflowKm2[cell]; area > CHANNEL_KM2; area /= 4.5) enters++
    const own = Math.max(1, enters, twice[cell] ? order[cell] + 1 : order[cell])
    order[cell] = own
    const to = receiver[cell]
    if (to < 0 || !channel[to]) continue
    if (own > order[to]) {
      order[to] = own
      twice[to] = 0
    } else if (own === order[to]) twice[to] = 1
  }
  return order
}

export function namedRivers(courses: Courses, random: Random, taken: Set<string>): River[] {
  return courses.lines.map(({ order, cells }, index) => ({
    name: placeName(random, index === 0 || order >= 3 || cells.length > 500 ? 'river' : 'stream', taken),
    order,
    cells,
  }))
}

/** Marks the whole width of large rivers: cells within half of it that lie no higher than the bed's bank. */
export function widen(channel: Uint8Array, height: Float32Array, flow: Drainage, frame: Frame): void {
  const { cols, rows, cellM } = frame
  const bed = channel.slice()
  for (let cell = 0; cell < bed.length; cell++) {
    if (!bed[cell]) continue
    const reach = riverWidthM(flow.areaKm2[cell]) / 2 / cellM
    const r = Math.floor(reach)
    if (r < 1) continue
    const x = cell % cols
    const y = (cell - x) / cols
    for (let cy = Math.max(0, y - r); cy <= Math.min(rows - 1, y + r); cy++) {
      for (let cx = Math.max(0, x - r); cx <= Math.min(cols - 1, x + r); cx++) {
        const near = (cx - x) * (cx - x) + (cy - y) * (cy - y) <= reach * reach
        if (near && height[cy * cols + cx] <= height[cell] + 0.35) channel[cy * cols + cx] = 1
      }
    }
  }
}
