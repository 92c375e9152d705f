import { describe, expect, it } from 'vitest'
import { fbm, noise, ridges, smoothstep } from './noise.ts'

describe('noise', () => {
  const sample = Array.from({ length: 10_000 }, (_, i) =>
    noise(7, (i % 100) * 0.371, Math.floor(i / 100) * 0.293),
  )

  it('is 0 at whole numbers and stays about within one', () => {
    for (const [x, y] of [
      [0, 0],
      [3, -8],
      [1000, 77],
    ]) {
      expect(noise(1, x, y)).toBeCloseTo(0, 12)
    }
    expect(sample.every(value => Math.abs(value) < 1.2)).toBe(true)
    const mean = sample.reduce((a, b) => a + b) / sample.length
    const deviation = Math.sqrt(sample.reduce((a, b) => a + (b - mean) ** 2, 0) / sample.length)
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(deviation).toBeGreaterThan(0.25)
    expect(deviation).toBeLessThan(0.45)
  })

  it('is smooth: a thousandth of a wave changes it by less than a hundredth', () => {
    for (let i = 0; i < 500; i++) {
      const [x, y] = [i * 0.1713, i * 0.0917]
      expect(Math.abs(noise(3, x + 0.001, y) - noise(3, x, y))).toBeLessThan(0.01)
    }
  })

  it('differs between seeds and repeats for one', () => {
    expect(noise(1, 0.4, 0.6)).toBe(noise(1, 0.4, 0.6))
    expect(noise(1, 0.4, 0.6)).not.toBe(noise(2, 0.4, 0.6))
  })
})

it('sums octaves within one, crests between 0 and 1', () => {
  for (let i = 0; i < 1000; i++) {
    const [x, y] = [i * 0.137, i * 0.071]
    expect(Math.abs(fbm(5, x, y, 4))).toBeLessThan(1.2)
    expect(ridges(5, x, y, 3)).toBeGreaterThanOrEqual(0)
    expect(ridges(5, x, y, 3)).toBeLessThanOrEqual(1)
  }
})

it('steps smoothly either way', () => {
  expect([0, 1, 1.5, 2, 9].map(x => smoothstep(1, 2, x))).toEqual([0, 0, 0.5, 1, 1])
  expect(smoothstep(2, 1, 0)).toBe(1)
})
