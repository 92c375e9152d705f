import { expect, test } from 'vitest'
import { type Position, assembleRings, nest } from './rings.ts'

test('pieces in any order and direction become rings', () => {
  const { rings, open } = assembleRings([
    [1, 2, 3],
    [9, 8, 7, 9],
    [5, 4, 3],
    [5, 6, 1],
    [20, 21],
    [30, 31, 30],
  ])
  expect(rings.map(ring => ring.length)).toEqual([4, 7])
  expect(new Set(rings[1])).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  expect(open).toBe(1)
})

test('two rings that touch in a point stay two', () => {
  const { rings, open } = assembleRings([
    [1, 2, 3, 1],
    [1, 4, 5, 1],
  ])
  expect(rings).toHaveLength(2)
  expect(open).toBe(0)
})

const box = (a: number, b: number): Position[] => [
  [a, a],
  [b, a],
  [b, b],
  [a, b],
  [a, a],
]

test('a hole goes to the smallest ring around it', () => {
  expect(nest([box(0, 100), box(10, 20)], [box(12, 14), box(50, 60)]).map(p => p.length)).toEqual([2, 2])
})
