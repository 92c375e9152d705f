import { DX, DY, accumulate, steepest, type Drainage } from './drainage.ts'
import type { Frame } from './field.ts'

/** What erosion works with, one value per cell. */
export interface Ground {
  frame: Frame
  height: Float32Array
  steepness: Float32Array
  strength: Float32Array
  basin: Float32Array
  /** 1 = the height stays and water leaves there. */
  outlet: Uint8Array
  inflowKm2: Float32Array
}

/** How fast a plain rises away from its river. */
export const CROSS_SLOPE = 0.0035

/** Gravel plains: a river keeps this slope by laying down what it brings; never more than the plain's own. */
const plainSlope = (areaKm2: number): number => Math.min(CROSS_SLOPE, 0.012 / Math.sqrt(Math.sqrt(areaKm2)))

/** What drains less has no stream of its own: the slope creeps instead; on plains streams need more, km². */
const HEAD_KM2 = 0.02
const PLAIN_HEAD_KM2 = 2
/** A stream of this size keeps its bed clear, km². */
const STREAM_KM2 = 1

/** Share of its unevenness that a slope loses at a time. */
const CREEP = 0.5

/**
 * One step of uplift and stream-power erosion (dz/dt = U − K·√A·S), solved implicitly from the outlets upward
 * (Braun & Willett 2013), with slopes capped by the rock's strength. `rate` is the time step: large brings each
 * stream close to its balanced slope at once, small lets valleys compete.
 */
export function erode(
  ground: Ground,
  flow: Drainage,
  rate: number,
  unevenness: number,
  chance: Float32Array,
): void {
  const { frame, height, steepness, strength, basin } = ground
  const cellKm = frame.cellM / 1000
  steepest(height, frame.cols, flow.receiver, unevenness, chance)
  accumulate(flow, cellKm * cellKm, ground.inflowKm2)
  const { receiver, downstream, areaKm2 } = flow
  for (let k = downstream.length - 1; k >= 0; k--) {
    const cell = downstream[k]
    const to = receiver[cell]
    if (to < 0) continue
    const step = Math.abs(cell - to)
    const distanceM = step === 1 || step === frame.cols ? frame.cellM : frame.cellM * Math.SQRT2
    const area = areaKm2[cell]
    const plain = basin[cell]
    const root = Math.sqrt(area)
    const rock = steepness[cell] / root
    const slope = Math.min(
      strength[cell],
      plain > 0 ? rock + plain * (Math.min(rock, plainSlope(area)) - rock) : rock,
    )
    const head = HEAD_KM2 + plain * PLAIN_HEAD_KM2
    const pull = (rate * root * 1000 * area) / (distanceM * (area + head))
    const base = height[to]
    const h = (height[cell] + pull * (base + slope * distanceM)) / (1 + pull)
    height[cell] = Math.min(base + strength[cell] * distanceM, Math.max(base + 0.002, h))
  }
}

/** Slopes even out by creep, where no stream runs nor `bed` is 1; ridges round off. */
export function creep(ground: Ground, areaKm2: Float32Array, bed?: Uint8Array): void {
  const { frame, height } = ground
  const { cols, rows } = frame
  let above = height.slice(0, cols)
  for (let row = 1; row < rows - 1; row++) {
    const line = height.slice(row * cols, (row + 1) * cols)
    for (let col = 1; col < cols - 1; col++) {
      const cell = row * cols + col
      const mean =
        (line[col - 1] + line[col + 1] + above[col] + height[cell + cols]) * 0.2 +
        (above[col - 1] + above[col + 1] + height[cell + cols - 1] + height[cell + cols + 1]) * 0.05
      if (bed?.[cell]) continue
      const dry = areaKm2[cell] > STREAM_KM2 ? 0 : Math.max(0.4, HEAD_KM2 / (HEAD_KM2 + areaKm2[cell]))
      height[cell] += CREEP * dry * (mean - line[col])
    }
    above = line
  }
}

/** Above this a gully is drawn into the ground, km². */
const GULLY_KM2 = 0.03

/** Gullies one cell wide become small valleys: what lies beside them comes halfway down. */
export function openGullies(ground: Ground, areaKm2: Float32Array): void {
  const { frame, height } = ground
  const { cols, rows } = frame
  const around = DX.map((dx, d) => dx + DY[d] * cols)
  for (let row = 1; row < rows - 1; row++) {
    for (let col = 1; col < cols - 1; col++) {
      const cell = row * cols + col
      if (areaKm2[cell] < GULLY_KM2) continue
      const bed = height[cell]
      for (const step of around) {
        const beside = cell + step
        if (areaKm2[beside] < GULLY_KM2 && height[beside] > bed)
          height[beside] -= 0.5 * (height[beside] - bed)
      }
    }
  }
}
