import { describe, expect, it } from 'vitest'
import type { Settlement } from '../../server/contract/entities.ts'
import { hatchShapes } from './hatch.ts'
import { alphaOver } from './layers/bandFill.ts'
import { rgba } from './palette.ts'
import { spacedMarks } from './symbols/spaced.ts'
import { teamSymbols } from './symbols/teams.ts'
import { middleTile, terrainZoom } from './terrainZoom.ts'

describe('spacedMarks', () => {
  it('puts at least one mark, in the middle, on the shortest line', () => {
    const marks = spacedMarks(
      [
        [0, 0],
        [0.0002, 0],
      ],
      10,
      24,
    )
    expect(marks).toHaveLength(1)
    expect(marks[0]!.at[0]).toBeCloseTo(0.0001)
    expect(marks[0]!.bearingDeg).toBeCloseTo(90)
  })
  it('spaces by the screen: twice as many a zoom level nearer', () => {
    const line: [number, number][] = [
      [0, 0],
      [0.3, 0.1],
      [0.5, 0.4],
    ]
    const [far, near] = [10, 11].map(z => spacedMarks(line, z, 24).length)
    expect(Math.abs(near! - 2 * far!)).toBeLessThanOrEqual(1)
  })
  it('survives a line without length', () => {
    expect(
      spacedMarks(
        [
          [1, 1],
          [1, 1],
        ],
        10,
        24,
      ),
    ).toEqual([])
  })
})

describe('colours', () => {
  it('adds just the tint that is missing over a wider band', () => {
    expect(alphaOver(0, 0.115)).toBeCloseTo(0.115)
    expect(1 - (1 - 0.115) * (1 - alphaOver(0.115, 0.22))).toBeCloseTo(0.22)
  })
  it('reads tokens', () => {
    expect(rgba('#0b1320', 0.5)).toEqual([11, 19, 32, 128])
    expect(rgba('rgb(52 196 180)')).toEqual([52, 196, 180, 255])
  })
})

const village = (id: string, lon: number): Settlement => ({
  id,
  name: id,
  kind: 'village',
  at: [lon, 42],
  people: null,
  source: { name: 't', asOf: null },
})
const areaOf = (ring: number[][]) =>
  Math.abs(ring.slice(1).reduce((sum, q, i) => sum + ring[i]![0]! * q[1]! - q[0]! * ring[i]![1]!, 0)) / 2
const cells = (places: Settlement[]) =>
  hatchShapes(places).features.flatMap(f =>
    f.geometry.type === 'Polygon' ? [areaOf(f.geometry.coordinates[0]!)] : [],
  )

describe('hatchShapes', () => {
  it('splits neighbours where they meet, so that no ground is washed twice', () => {
    const [alone] = cells([village('a', 1)])
    const [a, b] = cells([village('a', 1), village('b', 1.006)])
    expect(a).toBeLessThan(alone! * 0.9)
    expect(a! / b!).toBeCloseTo(1, 2)
  })
  it('leaves far ones whole', () => {
    const [a] = cells([village('a', 1), village('b', 2)])
    expect(a).toBeCloseTo(cells([village('a', 1)])[0]!)
  })
})

const team = (id: string, lon: number) => ({
  id,
  name: id,
  kind: 'fire' as const,
  at: [lon, 2] as [number, number],
  turnoutMs: null,
  source: { name: 's', asOf: null },
})
const ranked = ['a', 'b', 'c'].map((id, i) => ({
  id,
  etaMs: i * 40 * 60_000,
  arrivesAt: `2026-01-01T0${i}:00:00Z`,
}))
const shownAt = (lons: number[], flags: number) =>
  teamSymbols({
    teams: ['a', 'b', 'c', 'd'].map((id, i) => team(id, lons[i]!)),
    ranked: ranked as never,
    unreachable: [{ id: 'd' }] as never,
    picked: 'c',
    flags,
    zoom: 12,
    clock: iso => iso.slice(11, 16),
  }).features.map(f => f.properties!)

describe('teamSymbols', () => {
  it('flies flags for the one picked and for the first, as many as there is room for', () => {
    const all = shownAt([1, 2, 3, 4], 2)
    const flags = all.filter(p => p.flag)
    expect(flags.map(p => [p.id, p.text, p.late])).toEqual([
      ['c', '02:00', true],
      ['a', '00:00', false],
    ])
    const plates = Object.fromEntries(all.filter(p => !p.flag).map(p => [p.id, p.state]))
    expect(plates).toEqual({ a: 'ready', b: 'ready', c: 'picked', d: 'lost' })
  })
  it('stands teams that would cover each other in one row under the first arrival', () => {
    const all = shownAt([1, 1, 3, 1], 9)
    const row = all.filter(p => !p.flag && p.id !== 'c')
    expect(row.map(p => p.halfPlates)).toEqual([-2, 0, 2])
    expect(all.filter(p => p.flag).map(p => p.text)).toEqual(['02:00', '00:00'])
  })
})

describe('terrainZoom', () => {
  const bbox: [number, number, number, number] = [1.4, 42.4, 1.8, 42.7]
  it('finds the deepest zoom that there is', async () => {
    const asked: number[] = []
    const zoom = await terrainZoom(
      bbox,
      t => `${t.z}`,
      async url => (asked.push(Number(url)), { status: url === '11' ? 200 : 204 }),
    )
    expect(zoom).toBe(11)
    expect(asked).toEqual([12, 11])
  })
  it('numbers the middle tile as the web does', () => {
    expect(middleTile(bbox, 10)).toEqual({ z: 10, x: 516, y: 378 })
  })
})
