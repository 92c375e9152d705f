import { describe, expect, it } from 'vitest'
import type { Settlement } from '../../server/contract/entities.ts'
import { hatchShapes } from './hatch.ts'
import { alphaOver } from './layers/bandFill.ts'
import { rgba } from './palette.ts'
import { spacedMarks } from './symbols/spaced.ts'
import { teamSymbols } from './symbols/teams.ts'

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

describe('hatchShapes', () => {
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

describe('teamSymbols', () => {
  const team = (id: string) => ({
    id,
    name: id,
    kind: 'fire' as const,
    at: [1, 2] as [number, number],
    turnoutMs: null,
    source: { name: 's', asOf: null },
  })
  it('flies flags for the first and for the one picked', () => {
    const ranked = ['a', 'b', 'c'].map((id, i) => ({
      id,
      etaMs: i * 40 * 60_000,
      arrivesAt: `2026-01-01T0${i}:00:00Z`,
    }))
    const { features } = teamSymbols({
      teams: ['a', 'b', 'c', 'd'].map(team),
      ranked: ranked as never,
      unreachable: [{ id: 'd' }] as never,
      picked: 'c',
      flags: 1,
      clock: iso => iso.slice(11, 16),
    })
    expect(features.map(f => f.properties!.time)).toEqual(['00:00', undefined, '02:00', undefined])
    expect(features.map(f => f.properties!.state)).toEqual(['ready', 'ready', 'picked', 'lost'])
    expect(features.map(f => f.properties!.late)).toEqual([false, false, true, false])
  })
})
