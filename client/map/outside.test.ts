import { describe, expect, it } from 'vitest'
import { outsideShapes } from './outside.ts'

const border = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [82, 38],
      [83, 38],
      [83, 39],
      [82, 39],
      [82, 38],
    ],
  ],
}

describe('outsideShapes', () => {
  it('is the world with the county cut out, and frames that hide what lies far off', () => {
    const { features } = outsideShapes(border, [0, 0, 1, 1])
    const land = features.filter(f => f.properties!.what === 'land')
    expect(land).toHaveLength(1)
    expect((land[0]!.geometry as GeoJSON.Polygon).coordinates[1]).toEqual(border.coordinates[0])
    const left = features
      .filter(f => f.properties!.what === 'fade')
      .reduce((seen, f) => seen * (1 - f.properties!.alpha), 1)
    expect(left).toBeCloseTo(0.02, 5)
  })
  it('keeps the frames off the county itself', () => {
    for (const f of outsideShapes(border, [0, 0, 1, 1]).features.slice(1)) {
      const hole = (f.geometry as GeoJSON.Polygon).coordinates[1]!
      expect(hole[0]![0]).toBeLessThan(82)
      expect(hole[2]![1]).toBeGreaterThan(39)
    }
  })
  it('frames the box of the roads where no border is known', () => {
    const { features } = outsideShapes(null, [1, 1, 2, 2])
    expect(features.every(f => f.properties!.what === 'fade')).toBe(true)
  })
})
