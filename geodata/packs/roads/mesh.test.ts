import { expect, test } from 'vitest'
import { SMALL_BRIEF, syntheticLand } from '../land.fixture.ts'
import { RANK } from './classes.ts'
import { crossing, joinCrossings } from './cross.ts'
import { leastEarthM } from './fit.ts'
import { offGround } from './grade-line.ts'
import { Ground } from './ground.ts'
import type { Line, Mesh } from './mesh.ts'
import { prune } from './mend.ts'
import { simplify } from './simplify.ts'

const line = (points: number[], more: Partial<Line> = {}): Line => ({
  points,
  rank: RANK.village,
  road: -1,
  named: -1,
  street: false,
  ...more,
})

/** A cross of two lines, and a third that touches neither. */
const cross = (more: Partial<Line> = {}): Mesh => ({
  x: [0, 100, 50, 50, 300, 400],
  y: [50, 50, 0, 100, 0, 0],
  lines: [line([0, 1]), line([2, 3], more), line([4, 5])],
})

test('segments cross where they do', () => {
  expect(crossing(0, 0, 10, 0, 5, -5, 5, 5)).toEqual({ t: 0.5, u: 0.5 })
  expect(crossing(0, 0, 10, 0, 0, 1, 10, 1)).toBeNull()
  expect(crossing(0, 0, 10, 0, 11, -5, 11, 5)).toBeNull()
})

test('roads that cross share a point there; a motorway is crossed on another level', () => {
  const mesh = cross()
  joinCrossings(mesh)
  expect(mesh.lines.map(({ points }) => points)).toEqual([
    [0, 6, 1],
    [2, 6, 3],
    [4, 5],
  ])
  expect([mesh.x[6], mesh.y[6]]).toEqual([50, 50])
  const grand = cross({ rank: RANK.motorway })
  joinCrossings(grand)
  expect(grand.lines[0].points).toEqual([0, 1])
})

test('what nothing joins to the rest is dropped, a railway is not', () => {
  const mesh = cross()
  joinCrossings(mesh)
  mesh.lines[2].rank = RANK.railway
  prune(mesh)
  expect(mesh.lines.length).toBe(3)
  mesh.lines[2].rank = RANK.track
  prune(mesh)
  expect(mesh.lines.length).toBe(2)
})

test('points on a straight line go, shared ones stay', () => {
  const mesh: Mesh = {
    x: [0, 50, 100, 150, 150],
    y: [0, 1, 0, 0, 90],
    lines: [line([0, 1, 2, 3]), line([2, 4])],
  }
  simplify(mesh, 2, new Set())
  expect(mesh.lines[0].points).toEqual([0, 2, 3])
})

test('a road over a wall needs earth by half of what is too steep, and lets go of the wall alone', () => {
  const land = syntheticLand(SMALL_BRIEF, 60)
  const { cols } = land.grid
  land.heightM.fill(1000)
  // A wall of 100 m across the twentieth column.
  for (let cell = 20; cell < land.heightM.length; cell += cols) land.heightM[cell] = 1100
  const ground = new Ground(land)
  const x = Array.from({ length: 39 }, (_, i) => (i + 1.5) * ground.cellW)
  const y = x.map(() => 30 * ground.cellH)
  const road = line(
    x.map((_, i) => i),
    { rank: RANK.provincial },
  )
  // Grade 8 % over one cell of 60 m: 4.8 of the 100 m.
  expect(leastEarthM(ground, { x, y }, road)).toBeCloseTo((100 - 4.8) / 2, 1)
  const off = offGround(ground, { x, y }, road)
  expect(off.filter(metres => Math.abs(metres) > 10).length).toBe(1)
  expect(Math.min(...off)).toBeLessThan(-90)
})
