import { noise, smoothstep } from '../noise.ts'
import { hash2 } from '../random.ts'
import type { Drainage } from './drainage.ts'
import type { Ground } from './erode.ts'
import { cellCount, fieldOf, frameCell, resample, resampleWarped, type Frame, type Warp } from './field.ts'

/** A stream below this enters a smaller frame unnoticed, km². */
const LEAST_INFLOW_KM2 = 0.3

/** What chance adds when the ground gets finer. */
export interface Detail {
  /** Height of the chance put on each cell outside the basins. */
  roughM: number
  /** How far the ground is moved, over waves of what length; 0 = not. */
  bendM: number
  waveM: number
}

/**
 * The ground on a finer raster, which may be a part of it: streams that cross the new edge inwards become
 * inflows, all the rest of the edge lets water out.
 */
export function refine(ground: Ground, flow: Drainage, to: Frame, seed: number, detail: Detail): Ground {
  const from = ground.frame
  const warp = detail.bendM > 0 ? bends(to, seed, detail.bendM, detail.waveM) : null
  const moved = (values: Float32Array) =>
    warp ? resampleWarped(values, from, to, warp) : resample(values, from, to)
  const fine: Ground = {
    frame: to,
    height: moved(ground.height),
    steepness: resample(ground.steepness, from, to),
    strength: resample(ground.strength, from, to),
    basin: moved(ground.basin),
    outlet: new Uint8Array(cellCount(to)),
    inflowKm2: new Float32Array(cellCount(to)),
  }
  const { height, steepness, basin, outlet } = fine
  for (let i = 0; i < height.length; i++) {
    if (steepness[i] < 0.005) steepness[i] = 0.005
    basin[i] = Math.min(1, Math.max(0, basin[i]))
    height[i] += (1 - 0.95 * basin[i]) * detail.roughM * (hash2(seed, i, to.cols) / 2147483648 - 1)
  }
  for (let col = 0; col < to.cols; col++) outlet[col] = outlet[outlet.length - 1 - col] = 1
  for (let row = 0; row < to.rows; row++) outlet[row * to.cols] = outlet[row * to.cols + to.cols - 1] = 1
  carryInflows(ground, flow, fine)
  return fine
}

/** Smooth bends of two wavelengths, none near the edge, where valleys must stay in their place. */
function bends(frame: Frame, seed: number, bendM: number, waveM: number): Warp {
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

function carryInflows(ground: Ground, flow: Drainage, fine: Ground): void {
  const from = ground.frame
  const middle = (cell: number): [number, number] => {
    const col = cell % from.cols
    return [from.west + (col + 0.5) * from.cellM, from.north + ((cell - col) / from.cols + 0.5) * from.cellM]
  }
  for (let cell = 0; cell < flow.receiver.length; cell++) {
    const own = ground.inflowKm2[cell]
    const to = flow.receiver[cell]
    const [x, y] = middle(cell)
    const here = frameCell(fine.frame, x, y)
    if (own > 0 && here >= 0) letIn(fine, x, y, own, from.cellM)
    else if (to >= 0 && here < 0 && flow.areaKm2[cell] > LEAST_INFLOW_KM2) {
      const [tx, ty] = middle(to)
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
  const wide = Math.ceil((120 + 25 * Math.sqrt(areaKm2)) / cellM)
  for (let cy = Math.max(0, ly - wide); cy <= Math.min(rows - 1, ly + wide); cy++) {
    for (let cx = Math.max(0, lx - wide); cx <= Math.min(cols - 1, lx + wide); cx++)
      outlet[cy * cols + cx] = 0
  }
}
