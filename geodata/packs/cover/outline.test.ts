import { expect, test } from 'vitest'
import { Random } from '../random.ts'
import { areaOf, patchesOf, rounded } from './outline.ts'

const mask = (...rows: string[]): [Uint8Array, number, number] => [
  Uint8Array.from(rows.join(''), cell => (cell === '#' ? 1 : 0)),
  rows[0].length,
  rows.length,
]

test('a ring of cells is a patch with a hole', () => {
  const [patch, ...none] = patchesOf(...mask('.....', '.###.', '.#.#.', '.###.', '.....'), 1)
  expect(none).toEqual([])
  expect(patch.outer.length).toBe(4)
  expect(patch.holes.length).toBe(1)
  expect(patch.area).toBe(8)
})

test('cells that touch at a corner alone are two patches', () => {
  expect(patchesOf(...mask('#.', '.#'), 1).map(({ area }) => area)).toEqual([1, 1])
})

test('an island in a hole is a patch of its own', () => {
  const patches = patchesOf(...mask('#####', '#...#', '#.#.#', '#...#', '#####'), 1)
  expect(patches.map(({ area, holes }) => [area, holes.length])).toEqual([
    [16, 1],
    [1, 0],
  ])
})

test('the patches of any mask hold its cells, no more and no fewer', () => {
  const random = new Random(9, 'outline')
  for (let round = 0; round < 20; round++) {
    const cells = Uint8Array.from({ length: 400 }, () => (random.next() < 0.55 ? 1 : 0))
    const area = patchesOf(cells, 20, 20, 1).reduce((sum, patch) => sum + patch.area, 0)
    expect(area).toBe(cells.reduce((sum, cell) => sum + cell, 0))
  }
})

test('rounding keeps a patch about its size', () => {
  const rows = Array.from({ length: 20 }, () => '#'.repeat(24))
  const [{ outer }] = patchesOf(...mask(...rows), 1)
  const smooth = rounded(outer, 0.1)
  expect(areaOf(smooth)).toBeGreaterThan(0.95 * areaOf(outer))
  expect(areaOf(smooth)).toBeLessThanOrEqual(areaOf(outer))
})
