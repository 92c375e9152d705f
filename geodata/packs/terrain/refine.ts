import { noise, smoothstep } from '../noise.ts'
import { hash2 } from '../random.ts'
import type { Drainage } from './drainage.ts'
import type { Ground } from './erode.ts'
import {
  cellCount,
  fieldOf,
  frameCell,
  middleOf,
  movedTo,
  resample,
  resampleWarped,
  type Frame,
  type Warp,
} from './field.ts'

/** A stream below this enters a smaller frame unnoticed, km². */
const LEAST_INFLOW_KM2 = 0.3

/**
 * The ground on a finer raster, which may be a part of it, moved by `warp`: streams that cross the new edge
 * inwards become inflows, all the rest of the edge lets water out. Each cell outside the basins gets up to
 * `roughM` of chance. Yields between its parts.
 */
export function* refine(
  ground: Ground,
  flow: Drainage,
  to: Frame,
  warp: Warp | null,
  roughM: number,
  seed: number,
): Generator<void, Ground> {
  const from = ground.frame
  const moved = (values: Float32Array) =>
    warp ? resampleWarped(values, from, to, warp) : resample(values, from, to)
  const height = moved(ground.height)
  yield
  const basin = moved(ground.basin)
  yield
  const fine: Ground = {
    frame: to,
    height,
    steepness: resample(ground.steepness, from, to),
    strength: resample(ground.strength, from, to),
    basin,
    outlet: new Uint8Array(cellCount(to)),
    inflowKm2: new Float32Array(cellCount(to)),
  }
  yield
  const { steepness } = fine
  for (let i = 0; i < height.length; i++) {
    if (steepness[i] < 0.005) steepness[i] = 0.005
    basin[i] = Math.min(1, Math.max(0, basin[i]))
    height[i] += (1 - 0.95 * basin[i]) * roughM * (hash2(seed, i, to.cols) / 2147483648 - 1)
  }
  burnBeds(ground, flow, fine, warp)
  openEdges(ground, flow, fine)
  carryInflows(ground, flow, fine)
  return fine
}

/** Smooth bends of two wavelengths, none near the edge, where valleys must stay in their place. */
export function bends(frame: Frame, seed: number, bendM: number, waveM: number): Warp {
  const right = frame.west + frame.cols * frame.cellM
  const bottom = frame.north + frame.rows * frame.cellM
  const still = 2 * bendM + 2 * frame.cellM
  const along = (salt: number) =>
    fieldOf(frame, (x, y) => {
      const inward = Math.min(x - frame.west, right - x, y - frame.north, bottom - y)
      const fade = smoothstep(still, 5 * still, inward)
      if (fade === 0) return 0
      const wide = 1.6 * noise(seed + salt, x / (3.7 * waveM), y / (3.7 * waveM))
      return fade * bendM * (wide + noise(seed + salt + 1, x / waveM, y / waveM))
    })
  return { east: along(51), south: along(53) }
}

/**
 * Draws the streams' beds on the finer ground as low as they were: between cells wider than a gorge the spline
 * has lifted them, and all that lies behind would fill.
 */
function burnBeds(ground: Ground, flow: Drainage, fine: Ground, warp: Warp | null): void {
  const from = ground.frame
  const { frame, height } = fine
  const least = (6 * from.cellM * from.cellM) / 1e6
  const place = (cell: number): [number, number] => {
    const at = middleOf(from, cell)
    return warp ? movedTo(frame, warp, ...at) : at
  }
  for (let cell = 0; cell < flow.receiver.length; cell++) {
    const to = flow.receiver[cell]
    if (flow.areaKm2[cell] < least) continue
    const [ax, ay] = place(cell)
    if (to < 0) {
      // A mouth: open up to the edge.
      const half = from.cellM / 2
      for (let y = ay - half; y <= ay + half; y += frame.cellM) {
        for (let x = ax - half; x <= ax + half; x += frame.cellM) {
          const at = frameCell(frame, x, y)
          if (at >= 0) height[at] = Math.min(height[at], ground.height[cell])
        }
      }
      continue
    }
    const [bx, by] = place(to)
    const steps = Math.ceil(Math.max(Math.abs(bx - ax), Math.abs(by - ay)) / (frame.cellM / 2))
    const [a, b] = [ground.height[cell], ground.height[to]]
    for (let k = 0; k <= steps; k++) {
      const t = k / steps
      const at = frameCell(frame, ax + t * (bx - ax), ay + t * (by - ay))
      if (at >= 0) height[at] = Math.min(height[at], a + t * (b - a))
    }
  }
}

/** Water leaves over an edge's cell where it did so before: out of the old raster, or into what is now cut off. */
function openEdges(ground: Ground, flow: Drainage, fine: Ground): void {
  const from = ground.frame
  const { frame, outlet } = fine
  for (let row = 0; row < frame.rows; row++) {
    const stride = row === 0 || row === frame.rows - 1 ? 1 : Math.max(1, frame.cols - 1)
    for (let col = 0; col < frame.cols; col += stride) {
      const x = frame.west + (col + 0.5) * frame.cellM
      const y = frame.north + (row + 0.5) * frame.cellM
      const old = frameCell(from, x, y)
      const to = old < 0 ? -1 : flow.receiver[old]
      const gone = to < 0 || frameCell(frame, ...middleOf(from, to)) < 0
      outlet[row * frame.cols + col] = gone ? 1 : 0
    }
  }
}

function carryInflows(ground: Ground, flow: Drainage, fine: Ground): void {
  const from = ground.frame
  for (let cell = 0; cell < flow.receiver.length; cell++) {
    const own = ground.inflowKm2[cell]
    const to = flow.receiver[cell]
    const [x, y] = middleOf(from, cell)
    const here = frameCell(fine.frame, x, y)
    if (own > 0 && here >= 0) letIn(fine, x, y, own, from.cellM)
    else if (to >= 0 && here < 0 && flow.areaKm2[cell] > LEAST_INFLOW_KM2) {
      const [tx, ty] = middleOf(from, to)
      if (frameCell(fine.frame, tx, ty) >= 0) letIn(fine, tx, ty, flow.areaKm2[cell], from.cellM)
    }
  }
}

/** Water enters at the lowest cell near a place; where that is the edge, the edge beside it lets none out. */
function letIn(fine: Ground, x: number, y: number, areaKm2: number, reachM: number): void {
  const { frame, height, outlet, inflowKm2 } = fine
  const { cols, rows, cellM } = frame
  const reach = Math.max(1, Math.round(reachM / cellM))
  const near = frameCell(frame, x, y)
  const [nx, ny] = [near % cols, Math.floor(near / cols)]
  const atEdge = nx < reach || ny < reach || nx >= cols - reach || ny >= rows - reach
  let lowest = near
  let low = Infinity
  for (let cy = Math.max(0, ny - reach); cy <= Math.min(rows - 1, ny + reach); cy++) {
    for (let cx = Math.max(0, nx - reach); cx <= Math.min(cols - 1, nx + reach); cx++) {
      const cell = cy * cols + cx
      const onEdge = cx === 0 || cy === 0 || cx === cols - 1 || cy === rows - 1
      if (atEdge && !onEdge) continue
      if (height[cell] < low) {
        low = height[cell]
        lowest = cell
      }
    }
  }
  inflowKm2[lowest] += areaKm2
  if (!atEdge) return
  const [lx, ly] = [lowest % cols, Math.floor(lowest / cols)]
  const wide = Math.ceil((60 + 8 * Math.sqrt(areaKm2)) / cellM)
  for (let cy = Math.max(0, ly - wide); cy <= Math.min(rows - 1, ly + wide); cy++) {
    for (let cx = Math.max(0, lx - wide); cx <= Math.min(cols - 1, lx + wide); cx++)
      outlet[cy * cols + cx] = 0
  }
}
