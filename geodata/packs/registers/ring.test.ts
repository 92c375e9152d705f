import * as turf from '@turf/turf'
import { expect, test } from 'vitest'
import type { LonLat } from '../../../server/contract/geo.ts'
import { Random } from '../random.ts'
import { lengthM, simplified } from './line.ts'
import { farFrom } from './near.ts'
import { crosses, disc, holds, hull, overlap, ringOf } from './ring.ts'

const random = new Random(3, 'rings')
const somewhere = (): LonLat => [82 + random.next() * 0.02, 38 + random.next() * 0.02]
const blob = (): LonLat[] => hull([...disc(somewhere(), random.between(100, 500)), ...disc(somewhere(), 200)])

test('holds, crosses and overlap agree with turf on 300 random rings', () => {
  let [inside, crossing, common] = [0, 0, 0]
  for (let i = 0; i < 300; i++) {
    const points = blob()
    const ring = ringOf(points)
    const polygon = turf.polygon([points])
    const [a, b] = [somewhere(), somewhere()]
    expect(holds(ring, a)).toBe(turf.booleanPointInPolygon(a, polygon))
    expect(crosses(ring, a, b)).toBe(turf.booleanIntersects(turf.lineString([a, b]), polygon))
    const other = blob()
    expect(overlap(ring, ringOf(other))).toBe(turf.booleanIntersects(polygon, turf.polygon([other])))
    if (holds(ring, a)) inside++
    if (crosses(ring, a, b)) crossing++
    if (overlap(ring, ringOf(other))) common++
  }
  expect(Math.min(inside, crossing, common)).toBeGreaterThan(20)
})

test('a hull is closed, convex and holds its points', () => {
  for (let i = 0; i < 50; i++) {
    const points = Array.from({ length: 20 }, somewhere)
    const ring = hull(points)
    expect(ring[ring.length - 1]).toEqual(ring[0])
    const area = turf.area(turf.polygon([ring]))
    expect(turf.area(turf.convex(turf.points(points))!)).toBeCloseTo(area, 0)
  }
})

test('a simplified line keeps its ends, loses points and stays within the tolerance', () => {
  const wave: LonLat[] = Array.from({ length: 400 }, (_, i) => [82 + i * 1e-4, 38 + Math.sin(i / 20) * 1e-3])
  const short = simplified(wave, 10)
  expect(short[0]).toEqual(wave[0])
  expect(short[short.length - 1]).toEqual(wave[399])
  expect(short.length).toBeLessThan(120)
  expect(Math.abs(lengthM(short) / lengthM(wave) - 1)).toBeLessThan(0.01)
  const line = turf.lineString(short)
  for (const point of wave) {
    expect(turf.nearestPointOnLine(line, point, { units: 'meters' }).properties.pointDistance).toBeLessThan(
      10.5,
    )
  }
})

test('distances from a mask are those of a search over eight neighbours', () => {
  const [cols, rows] = [40, 30]
  const mask = Uint8Array.from({ length: cols * rows }, () => (random.next() < 0.01 ? 1 : 0))
  mask[17] = 1
  const far = farFrom(mask, cols, { widthM: 30, heightM: 30 }, 400)
  const marks = [...mask.keys()].filter(i => mask[i] === 1)
  for (let i = 0; i < mask.length; i++) {
    const best = Math.min(
      ...marks.map(m => {
        const dx = Math.abs((m % cols) - (i % cols))
        const dy = Math.abs(Math.floor(m / cols) - Math.floor(i / cols))
        return 42 * Math.min(dx, dy) + 30 * (Math.max(dx, dy) - Math.min(dx, dy))
      }),
    )
    expect(far[i]).toBe(Math.min(400, best))
  }
})
