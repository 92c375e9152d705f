import type { Random } from '../random.ts'
import type { Ground } from './ground.ts'
import type { Ledger } from './ledger.ts'
import type { Posts } from './posts.ts'

/** What every maker of a register gets. */
export interface Make {
  ground: Ground
  ledger: Ledger
  posts: Posts
  /** Of this maker alone. */
  random: Random
}

/** A whole number near `mean`, at least `least`. */
export const about = (random: Random, mean: number, spread: number, least = 0): number =>
  Math.max(least, Math.round(mean + spread * random.normal()))

export const chance = (random: Random, share: number): boolean => random.next() < share

export const round1 = (value: number): number => Math.round(value * 10) / 10
export const round2 = (value: number): number => Math.round(value * 100) / 100

/** Chooses by weight. @throws RangeError when all weights are 0 */
export function weighted<T>(random: Random, options: readonly (readonly [T, number])[]): T {
  let rest = random.next() * options.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of options) {
    rest -= weight
    if (rest < 0) return value
  }
  throw new RangeError('Nothing to choose from')
}

/**
 * Whole parts that sum to `total` exactly, by weight, within [least, most].
 * @throws RangeError when the bounds do not allow it
 */
export function shared(total: number, weights: readonly number[], least: number, most: number): number[] {
  if (weights.length * least > total || weights.length * most < total) {
    throw new RangeError(`${total} cannot be shared among ${weights.length} of ${least}–${most}`)
  }
  const sum = weights.reduce((a, b) => a + b, 0)
  const parts = weights.map(w => Math.min(most, Math.max(least, Math.round((total * w) / sum))))
  let rest = total - parts.reduce((a, b) => a + b, 0)
  for (let i = 0; rest !== 0; i = (i + 1) % parts.length) {
    const step = rest > 0 ? 1 : -1
    if (parts[i] + step < least || parts[i] + step > most) continue
    parts[i] += step
    rest -= step
  }
  return parts
}
