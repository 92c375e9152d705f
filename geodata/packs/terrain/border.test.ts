import { describe, expect, it } from 'vitest'
import { areaOf, borderRing, within } from './border.ts'

describe('borderRing', () => {
  it('is a loop of about 85 % of the box that keeps to the ridge it is offered', () => {
    const frame = { cols: 250, rows: 220, cellM: 100, west: -12_500, north: -11_000 }
    // A ring of high ground 9 km from the middle.
    const worth = Float32Array.from({ length: 250 * 220 }, (_, i) => {
      const [x, y] = [(i % 250) * 100 - 12_450, Math.floor(i / 250) * 100 - 10_950]
      return Math.max(0, 400 - Math.abs(Math.sqrt(x * x + y * y) - 9000))
    })
    const ring = borderRing(1, frame, worth, 18_000, 16_700)
    expect(areaOf(ring) / (18_000 * 16_700)).toBeGreaterThan(0.78)
    expect(areaOf(ring) / (18_000 * 16_700)).toBeLessThan(0.92)
    const cells = within(frame, ring).reduce((a, b) => a + b)
    expect((cells * 1e4) / areaOf(ring)).toBeCloseTo(1, 2)
    const steps = ring.map((at, k) => Math.hypot(at[0] - ring.at(k - 1)![0], at[1] - ring.at(k - 1)![1]))
    expect(steps.every(step => step < 1500)).toBe(true)
  })
})
