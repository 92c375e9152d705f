import { STEP_MIN, STEPS } from './storm.ts'

/** Curve number of mountain fields and woods, medium soil (SCS TR-55), and what the ground gives between rains. */
const CURVE_NUMBER = 70
const BASE_M3S_KM2 = 0.012
/** Speed of a flood wave in the rivers. */
const WAVE_KMH = 7
const DT_H = STEP_MIN / 60

/**
 * Rain that runs off, mm a step, by the SCS curve-number method on the sum since the start:
 * Pe = (P − 0.2 S)² / (P + 0.8 S), S = 25400 / CN − 254.
 */
export function excessMm(rainMm: Float64Array): Float64Array {
  const s = 25400 / CURVE_NUMBER - 254
  const out = new Float64Array(rainMm.length)
  let [sum, before] = [0, 0]
  for (let i = 0; i < rainMm.length; i++) {
    sum += rainMm[i]
    const over = Math.max(0, sum - 0.2 * s)
    const excess = over > 0 ? (over * over) / (sum + 0.8 * s) : 0
    out[i] = excess - before
    before = excess
  }
  return out
}

/** Hours from rain to flow by area, 0.55·A^0.4: 0.6 h for 1 km², 3.5 h for 100 km². */
export const lagH = (km2: number): number => 0.55 * Math.exp(0.4 * Math.log(Math.max(0.05, km2)))

/** Flow in m³/s from rain on a basin: runoff through three linear stores (Nash), over a steady base flow. */
export function flowM3s(rainMm: Float64Array, km2: number): Float64Array {
  const excess = excessMm(rainMm)
  const inflow = Float64Array.from(excess, mm => (mm * km2 * 1000) / (STEP_MIN * 60))
  return Float64Array.from(cascade(inflow, lagH(km2) / 3, 3), q => q + BASE_M3S_KM2 * km2)
}

/** Through `n` equal linear stores of `kH` hours, exact for an inflow that is steady within a step. */
export function cascade(inflow: Float64Array, kH: number, n: number): Float64Array {
  const keep = Math.exp(-DT_H / kH)
  let flow = inflow
  for (let store = 0; store < n; store++) {
    const out = new Float64Array(flow.length)
    for (let i = 0; i < flow.length; i++)
      out[i] = (i > 0 ? out[i - 1] : flow[0]) * keep + flow[i] * (1 - keep)
    flow = out
  }
  return flow
}

/** A flood wave after `km` of river: later by its travel, and flatter. */
export function routed(flow: Float64Array, km: number): Float64Array {
  const hours = km / WAVE_KMH
  const shift = Math.round((0.6 * hours) / DT_H)
  const later = Float64Array.from({ length: STEPS }, (_, i) => flow[Math.max(0, i - shift)])
  return hours < 0.05 ? later : cascade(later, 0.2 * hours + 0.01, 2)
}
