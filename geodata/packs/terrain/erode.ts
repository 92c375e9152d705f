import { accumulate, steepest, type Drainage } from './drainage.ts'
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

/** Gravel plains: a river of A km² keeps this slope by laying down what it brings. */
export const plainSlope = (areaKm2: number): number => Math.min(0.016, 0.014 / Math.sqrt(Math.sqrt(areaKm2)))

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
    const root = Math.sqrt(areaKm2[cell])
    const rock = steepness[cell] / root
    const plain = basin[cell]
    const slope = Math.min(
      strength[cell],
      plain > 0 ? rock + plain * (Math.min(rock, plainSlope(areaKm2[cell])) - rock) : rock,
    )
    const pull = (rate * root * 1000) / distanceM
    const base = height[to]
    const h = (height[cell] + pull * (base + slope * distanceM)) / (1 + pull)
    height[cell] = Math.min(base + strength[cell] * distanceM, Math.max(base + 0.002, h))
  }
}
