import { describe, expect, it } from 'vitest'
import { joinRoads } from './roads.ts'
import { scaleBar } from './scale.ts'

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
      part('Main', '', 100),
      part('', '', 20),
      part('Main', '', 50),
      part('', 'CG-1', 300),
      part('Bypass', 'CG-1', 40),
    ]
    expect(joinRoads(way)).toEqual([
      { name: 'Main', lengthM: 170, durationMs: 170 },
      { name: 'CG-1', lengthM: 340, durationMs: 340 },
    ])
  })
  it('keeps a long road without a name', () => {
    expect(joinRoads([part('A', '', 10), part('', '', 900)])).toHaveLength(2)
  })
})

describe('scaleBar', () => {
  it('takes the longest round distance that fits', () => {
    expect(scaleBar(100)).toEqual({ px: 100, text: '10 km' })
    expect(scaleBar(3)).toEqual({ px: 67, text: '200 m' })
    expect(scaleBar(0).px).toBe(0)
  })
})
