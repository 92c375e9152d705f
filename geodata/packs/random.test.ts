import { describe, expect, it } from 'vitest'
import { Random, hash, hash2 } from './random.ts'

describe('hash', () => {
  it('is the same everywhere', () => {
    // Values that any machine must give; another value here is another county for every seed.
    expect([hash(1), hash(7, -1, 4e9), hash(1, 2, 3)]).toEqual([1364076727, 1933230419, 1643748594])
    expect(hash2(1, 2, 3)).toBe(hash(1, 2, 3))
  })

  it('changes half the bits when one changes', () => {
    let flipped = 0
    for (let i = 0; i < 1000; i++) {
      for (let x = hash2(5, i, 0) ^ hash2(5, i ^ (1 << (i % 32)), 0); x; x &= x - 1) flipped++
    }
    expect(flipped / 1000).toBeGreaterThan(15)
    expect(flipped / 1000).toBeLessThan(17)
  })
})

describe('Random', () => {
  it('gives each name its own stream, twice the same', () => {
    const draw = (seed: number, name: string) => {
      const random = new Random(seed, name)
      return Array.from({ length: 5 }, () => random.next())
    }
    expect(draw(1, 'a')).toEqual(draw(1, 'a'))
    expect(draw(1, 'a')).not.toEqual(draw(1, 'b'))
    expect(draw(1, 'a')).not.toEqual(draw(2, 'a'))
  })

  it('is even, whole numbers with both ends', () => {
    const random = new Random(3, 'even')
    const counts = [0, 0, 0, 0]
    for (let i = 0; i < 8000; i++) counts[random.whole(-1, 2) + 1]++
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(160)
  })

  it('has mean 0 and deviation 1', () => {
    const random = new Random(4, 'normal')
    let sum = 0
    let squares = 0
    for (let i = 0; i < 20_000; i++) {
      const x = random.normal()
      sum += x
      squares += x * x
    }
    expect(Math.abs(sum / 20_000)).toBeLessThan(0.03)
    expect(Math.abs(squares / 20_000 - 1)).toBeLessThan(0.05)
  })

  it('shuffles without losing any', () => {
    const list = Array.from({ length: 100 }, (_, i) => i)
    const out = new Random(5, 'shuffle').shuffle(list)
    expect(out).not.toEqual(list)
    expect([...out].sort((a, b) => a - b)).toEqual(list)
  })

  it('refuses to pick from nothing', () => {
    expect(() => new Random(6, 'pick').pick([])).toThrow(RangeError)
  })
})
