/**
 * Chance by integer arithmetic: the same seed gives the same numbers on any machine. For the same reason the
 * makers use `Math.sqrt`, `exp`, `log`, `sin` and `cos`, which V8 brings along, but neither `Math.pow` nor
 * `**` with a fraction, which it takes from the system and whose last bit differs between systems.
 */

/** A 32-bit hash of whole numbers (MurmurHash3's mixing and finaliser). */
export function hash(seed: number, ...n: number[]): number {
  let h = seed | 0
  for (const value of n) h = mix(h, value)
  return finish(h ^ n.length)
}

/** The same for exactly two numbers: `hash(seed, a, b)`, without the list; for inner loops. */
export function hash2(seed: number, a: number, b: number): number {
  return finish(mix(mix(seed | 0, a), b) ^ 2)
}

function mix(h: number, value: number): number {
  let k = Math.imul(value | 0, 0xcc9e2d51)
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  h ^= k
  h = (h << 13) | (h >>> 19)
  return (Math.imul(h, 5) + 0xe6546b64) | 0
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A stream of chance. Each stage of the making has its own by name, so that none disturbs another. */
export class Random {
  readonly #seed: number
  #count = 0

  constructor(seed: number, name: string) {
    let h = hash(seed, name.length)
    for (let i = 0; i < name.length; i++) h = hash2(h, name.charCodeAt(i), i)
    this.#seed = h
  }

  /** In [0, 1), a multiple of 2⁻³². */
  next(): number {
    return hash2(this.#seed, this.#count++, 0) / 4294967296
  }

  /** A whole number from `lo` to `hi`, both included. */
  whole(lo: number, hi: number): number {
    return lo + Math.floor(this.next() * (hi - lo + 1))
  }

  /** In [lo, hi). */
  between(lo: number, hi: number): number {
    return lo + this.next() * (hi - lo)
  }

  /** @throws RangeError of an empty list */
  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Nothing to pick from')
    return list[this.whole(0, list.length - 1)]
  }

  /** Of mean 0 and deviation 1 (Marsaglia's polar method). */
  normal(): number {
    for (;;) {
      const u = 2 * this.next() - 1
      const v = 2 * this.next() - 1
      const s = u * u + v * v
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s)
    }
  }

  /** A new list in another order (Fisher–Yates). */
  shuffle<T>(list: readonly T[]): T[] {
    const out = [...list]
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.whole(0, i)
      ;[out[i], out[j]] = [out[j], out[i]]
    }
    return out
  }
}
