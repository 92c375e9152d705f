import { describe, expect, test } from 'vitest'
import { writePbf } from '../formats/pbf.fixture.ts'
import { openPbf } from '../formats/pbf.ts'
import { finish } from '../work.ts'
import { collectOsm } from './collect.ts'
import { nameLines, straightened } from './name-lines.ts'
import type { LonLat } from '../../server/contract/geo.ts'

/** A course that runs east and swings 200 m to each side every 400 m. */
const wild = Array.from({ length: 200 }, (_, i): LonLat => [
  82.8 + i * 0.0005,
  38.9 + 0.0018 * Math.sin((i * Math.PI) / 5),
])

describe('straightened', () => {
  test('keeps the course and loses its bends', () => {
    const line = straightened(wild, 1200, 5000)!
    const middle = line.slice(4, -4)
    expect(Math.max(...middle.map(p => Math.abs(p[1] - 38.9)))).toBeLessThan(0.0006)
    expect(line[0]).toEqual(wild[0])
    expect(line.at(-1)![0]).toBeCloseTo(wild.at(-1)![0], 2)
  })
  test('leaves out what is too short for a name', () => {
    expect(straightened(wild.slice(0, 10), 1200, 5000)).toBeNull()
  })
})

describe('nameLines', () => {
  const nodes = wild.map(([lon, lat], i) => ({ id: i + 1, lon, lat }))
  const refs = nodes.map(n => n.id)
  const river = (id: number, from: number, to: number, tags: Record<string, string>) => ({
    id,
    refs: refs.slice(from, to + 1),
    tags: { waterway: 'river', ...tags },
  })
  const linesOf = (ways: ReturnType<typeof river>[]) =>
    nameLines(finish(collectOsm(openPbf(writePbf({ nodes, ways })))))

  test('joins ways of one name, at both scales', () => {
    const lines = linesOf([river(2, 100, 199, { name: '清溪河' }), river(1, 0, 100, { name: '清溪河' })])
    expect(lines.map(l => l.scale).sort()).toEqual(['far', 'near'])
    expect(lines[0]!.line[0]![0]).toBeCloseTo(82.8, 6)
    expect(lines[0]!.line.at(-1)![0]).toBeGreaterThan(82.89)
  })
  test('keeps names apart, and leaves out what has none', () => {
    const lines = linesOf([river(1, 0, 100, { name: '清溪河' }), river(2, 100, 199, { name: '黑河' })])
    expect(new Set(lines.map(l => l.tags.name))).toEqual(new Set(['清溪河', '黑河']))
    expect(linesOf([river(1, 0, 199, {})])).toEqual([])
  })
  test('a ring of water ends', () => {
    const round = { id: 3, refs: [...refs.slice(0, 50), refs[0]!], tags: { waterway: 'river', name: '环河' } }
    expect(linesOf([round]).length).toBeGreaterThan(0)
  })
})
