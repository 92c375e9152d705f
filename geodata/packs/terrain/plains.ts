import { fbm, noise, smoothstep } from '../noise.ts'
import { DX, DY, type Drainage } from './drainage.ts'
import { CROSS_SLOPE, type Ground } from './erode.ts'
import { apartM, frameCell, middleOf, movedTo, type Frame, type Warp } from './field.ts'
import type { Tectonics } from './tectonics.ts'

/** The river lies this much below its plain, m. */
const BANK_M = 2.5
/** Meanders of the main river: half their width and their length, m. */
const MEANDER_M = 300
const MEANDER_LENGTH_M = 2300

/** The river's own bends in a basin are evened out over this length either side, m. */
const SMOOTH_M = 1400

/** A river's line from its mouth up: metres east and south, and the height of its bed. */
interface Course {
  x: number[]
  y: number[]
  bed: number[]
  stepM: number
}

/** How a plain is laid: along the line of the valley or the river's own, with bends or without, how far from it. */
export interface Laying {
  onValleyLine: boolean
  meanders: boolean
  reachM: number
}

/**
 * Fills the sunken basins with gravel: within them, and in the valleys that lie lower beside them, the ground
 * becomes a plain that rises gently from the main river, which meanders over it.
 * `fine` is `coarse` on a finer raster, moved by `warp`. Changes `fine.height`.
 */
export function layPlains(
  coarse: Ground,
  flow: Drainage,
  fine: Ground,
  warp: Warp,
  seed: number,
  crust: Tectonics,
  laying: Laying,
): void {
  const { reachM } = laying
  const { frame, height, basin } = fine
  const { cols, rows, cellM } = frame
  const bed = newBed(courseOf(coarse, flow), fine, warp, seed, crust, laying)
  const nearest = new Int32Array(height.length).fill(-1)
  const queue: number[] = []
  for (const cell of bed.keys()) {
    nearest[cell] = cell
    queue.push(cell)
  }
  const away = (cell: number, source: number) => apartM(frame, cell, source)
  const plainM = (cell: number, source: number) =>
    bed.get(source)! + BANK_M + CROSS_SLOPE * away(cell, source)
  for (let k = 0; k < queue.length; k++) {
    const cell = queue[k]
    const source = nearest[cell]
    const x = cell % cols
    const y = (cell - x) / cols
    for (let d = 0; d < 8; d++) {
      const [nx, ny] = [x + DX[d], y + DY[d]]
      if (nx < 0 || ny < 0 || nx >= cols || ny >= rows) continue
      const to = ny * cols + nx
      // Beyond the basin the gravel backs up into the valleys that lie lower.
      if (away(to, source) > reachM) continue
      if (basin[to] <= 0 && height[to] >= plainM(to, source)) continue
      if (nearest[to] >= 0 && away(to, nearest[to]) <= away(to, source)) continue
      nearest[to] = source
      queue.push(to)
    }
  }
  for (let cell = 0; cell < height.length; cell++) {
    const source = nearest[cell]
    if (source < 0) continue
    if (source === cell) {
      height[cell] = bed.get(cell)!
      continue
    }
    const [x, y] = [(cell % cols) * cellM, Math.floor(cell / cols) * cellM]
    const plain = plainM(cell, source) + 1.3 * fbm(seed + 61, x / 900, y / 900, 2)
    const near = 1 - smoothstep(0.6, 1, away(cell, source) / reachM)
    height[cell] += near * (height[cell] < plain ? 1 : basin[cell]) * (plain - height[cell])
  }
}

/** The main river from its mouth up, always along the larger stream. */
function courseOf(ground: Ground, flow: Drainage): Course {
  const { receiver, downstream, areaKm2 } = flow
  const { frame, height } = ground
  const stem = new Int32Array(receiver.length).fill(-1)
  let mouth = 0
  for (const cell of downstream) {
    if (areaKm2[cell] > areaKm2[mouth]) mouth = cell
    const to = receiver[cell]
    if (to >= 0 && (stem[to] < 0 || areaKm2[cell] > areaKm2[stem[to]])) stem[to] = cell
  }
  const course: Course = { x: [], y: [], bed: [], stepM: frame.cellM }
  for (let cell = mouth; cell >= 0 && areaKm2[cell] > areaKm2[mouth] / 8; cell = stem[cell]) {
    const [x, y] = middleOf(frame, cell)
    course.x.push(x)
    course.y.push(y)
    course.bed.push(height[cell])
  }
  return course
}

/** Cells of the river on the fine raster and their heights; in the basins it leaves its old bed and swings. */
function newBed(
  course: Course,
  fine: Ground,
  warp: Warp,
  seed: number,
  crust: Tectonics,
  { onValleyLine, meanders }: Laying,
): Map<number, number> {
  const { frame, basin } = fine
  const basinAt = (x: number, y: number) => {
    const cell = frameCell(frame, x, y)
    return cell < 0 ? 0 : basin[cell]
  }
  const old = course.x.map((x, i) => movedTo(frame, warp, x, course.y[i]))
  const wish = onValleyLine
    ? course.x.map((x, i) => movedTo(frame, warp, ...ontoLine(crust, x, course.y[i])))
    : old
  const window = Math.round(SMOOTH_M / course.stepM)
  const share = smoothed(
    wish.map(([x, y]) => basinAt(x, y)),
    onValleyLine ? Math.round(window / 3) : 0,
  )
  const midX = smoothed(
    wish.map(at => at[0]),
    window,
  )
  const midY = smoothed(
    wish.map(at => at[1]),
    window,
  )
  const line: [number, number, number][] = []
  let along = 0
  for (let i = 0; i < old.length; i++) {
    const [before, after] = [Math.max(0, i - 1), Math.min(old.length - 1, i + 1)]
    const [tx, ty] = [midX[after] - midX[before], midY[after] - midY[before]]
    const length = Math.sqrt(tx * tx + ty * ty) || 1
    along += length / 2
    const swing =
      0.7 * Math.sin((2 * Math.PI * along) / MEANDER_LENGTH_M + 2 * noise(seed + 62, along / 5000, 0.5)) +
      0.9 * noise(seed + 63, along / 1100, 0.5)
    const off = meanders ? share[i] * MEANDER_M * swing : 0
    const [x, y] = old[i]
    line.push([
      x + share[i] * (midX[i] - x) - (ty / length) * off,
      y + share[i] * (midY[i] - y) + (tx / length) * off,
      course.bed[i],
    ])
  }
  return drawn(line, frame)
}

/** The place of the valley's middle line beside a place. */
function ontoLine(crust: Tectonics, x: number, y: number): [number, number] {
  const { along } = crust.valleyFrame(x, y)
  const off = crust.valleyOffset(along)
  const [ax, ay] = crust.axis
  return [along * ax - off * ay, along * ay + off * ax]
}

/** Each value the mean of those about it, weighted by nearness. */
function smoothed(values: number[], window: number): number[] {
  return values.map((_, i) => {
    let sum = 0
    let weight = 0
    for (let k = -window; k <= window; k++) {
      const w = window + 1 - Math.abs(k)
      sum += w * values[Math.min(values.length - 1, Math.max(0, i + k))]
      weight += w
    }
    return sum / weight
  })
}

/** The cells a line crosses, with its heights; where it crosses itself the lower one. */
function drawn(line: [number, number, number][], frame: Frame): Map<number, number> {
  const bed = new Map<number, number>()
  for (let i = 0; i + 1 < line.length; i++) {
    const [a, b] = [line[i], line[i + 1]]
    const steps = Math.ceil(Math.max(Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])) / (frame.cellM / 2)) + 1
    for (let k = 0; k <= steps; k++) {
      const t = k / steps
      const cell = frameCell(frame, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))
      if (cell >= 0 && !bed.has(cell)) bed.set(cell, a[2] + t * (b[2] - a[2]))
    }
  }
  return bed
}
