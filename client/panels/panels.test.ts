import { describe, expect, it } from 'vitest'
import { joinRoads } from './roads.ts'
import { scaleBar } from '../ui/scale.ts'

const part = (name: string, ref: string, lengthM: number) => ({
  name,
  ref,
  class: 'county',
  lengthM,
  durationMs: lengthM,
})

describe('joinRoads', () => {
  it('tells a way as a person would', () => {
    const way = [
      part('Square', '', 15),
      part('Main', '', 1000),
      part('', '', 20),
      part('Main', '', 500),
      part('', 'CG-1', 3000),
      part('Bypass', 'CG-1', 400),
    ]
    expect(joinRoads(way)).toEqual([
      { name: 'Main', lengthM: 1535, durationMs: 1535 },
      { name: 'CG-1', lengthM: 3400, durationMs: 3400 },
    ])
  })
  it('keeps a long road without a name, and a way that is nothing but a trifle', () => {
    expect(joinRoads([part('A', '', 100), part('', '', 900)])).toHaveLength(2)
    expect(joinRoads([part('A', '', 10)])).toHaveLength(1)
  })
})

describe('scaleBar', () => {
  it('takes the longest round distance that fits', () => {
    expect(scaleBar(100)).toEqual({ px: 100, text: '10 km' })
    expect(scaleBar(3)).toEqual({ px: 67, text: '200 m' })
    expect(scaleBar(0).px).toBe(0)
  })
})
