import { hash2 } from './random.ts'

/** Cosines of sixteen directions round the circle; literals, so that no last bit differs. */
const R = Math.SQRT1_2
const COSINES = [
  1,
  0.9239,
  R,
  0.3827,
  0,
  -0.3827,
  -R,
  -0.9239,
  -1,
  -0.9239,
  -R,
  -0.3827,
  0,
  0.3827,
  R,
  0.9239,
]

/** Gradient noise (Perlin 2002) of wavelength 1: smooth, 0 at whole numbers, about −1…1 with deviation 0.35. */
export function noise(seed: number, x: number, y: number): number {
  const xi = Math.floor(x)
  const yi = Math.floor(y)
  const fx = x - xi
  const fy = y - yi
  const u = fx * fx * fx * (fx * (fx * 6 - 15) + 10)
  const v = fy * fy * fy * (fy * (fy * 6 - 15) + 10)
  const a = dot(hash2(seed, xi, yi), fx, fy)
  const b = dot(hash2(seed, xi + 1, yi), fx - 1, fy)
  const c = dot(hash2(seed, xi, yi + 1), fx, fy - 1)
  const d = dot(hash2(seed, xi + 1, yi + 1), fx - 1, fy - 1)
  const top = a + u * (b - a)
  return 1.41 * (top + v * (c + u * (d - c) - top))
}

function dot(h: number, x: number, y: number): number {
  const g = h & 15
  return COSINES[g] * x + COSINES[(g + 12) & 15] * y
}

/** A sum of octaves, each of half the wavelength and `gain` of the height of the one before; −1…1. */
export function fbm(seed: number, x: number, y: number, octaves: number, gain = 0.5): number {
  let sum = 0
  let weight = 1
  let total = 0
  for (let octave = 0; octave < octaves; octave++) {
    sum += weight * noise(seed + octave * 1013, x, y)
    total += weight
    weight *= gain
    x = x * 2 + 0.37
    y = y * 2 + 0.71
  }
  return sum / total
}

/** Crests where the noise passes through 0: 0…1, 1 on the crest. */
export function ridges(seed: number, x: number, y: number, octaves: number): number {
  let sum = 0
  let weight = 1
  let total = 0
  for (let octave = 0; octave < octaves; octave++) {
    const crest = 1 - Math.min(1, Math.abs(noise(seed + octave * 1013, x, y)) * 1.6)
    sum += weight * crest * crest
    total += weight
    weight *= 0.5
    x = x * 2 + 0.37
    y = y * 2 + 0.71
  }
  return sum / total
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, x: number): number {
  const t = Math.min(1, Math.max(0, (x - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
