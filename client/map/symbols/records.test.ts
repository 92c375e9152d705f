import { describe, expect, it } from 'vitest'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { recordSymbols, shapesOf } from './records.ts'

const row = (register: string, id: string, more: Partial<RegisterRecord> = {}): RegisterRecord => ({
  id,
  register,
  name: id,
  at: [82.8, 38.9],
  source: { name: '示例', asOf: '2026-06-30' },
  fields: {},
  ...more,
})
const drawn = (records: RegisterRecord[], shown: string[], picked: string | null = null) =>
  recordSymbols({
    records,
    shown: new Set(shown),
    picked,
    nameOf: r => r.name,
    isStale: r => r.source.asOf === null,
  }).features.map(f => f.properties!)

describe('recordSymbols', () => {
  it('draws rows that have a place and whose register is on', () => {
    const rows = [row('mines', 'a'), row('mines', 'b', { at: null }), row('bridges', 'c')]
    expect(drawn(rows, ['mines']).map(p => p.key)).toEqual(['mines/a'])
  })
  it('draws the picked one even where its register is off', () => {
    expect(drawn([row('bridges', 'c')], [], 'bridges/c')).toMatchObject([{ key: 'bridges/c', picked: true }])
  })
  it('leaves teams and villages to their own layers', () => {
    expect(drawn([row('teams', 't'), row('villages', 'v')], ['teams', 'villages'])).toEqual([])
  })
  it('ranks hazards over targets, the grave over the slight, and marks what is stale', () => {
    const rows = [
      row('geohazardPoints', 'small', { fields: { level: '4' } }),
      row('geohazardPoints', 'large', { fields: { level: '2' }, source: { name: '示例', asOf: null } }),
      row('bridges', 'bridge'),
      row('reservoirs', 'lake'),
    ]
    const all = drawn(rows, ['geohazardPoints', 'bridges', 'reservoirs'])
    expect(all.sort((a, b) => a.rank - b.rank).map(p => p.key.split('/')[1])).toEqual([
      'lake',
      'large',
      'small',
      'bridge',
    ])
    expect(all.filter(p => p.stale).map(p => p.key)).toEqual(['geohazardPoints/large'])
  })
})

describe('shapesOf', () => {
  it('tells an area from a way', () => {
    const ring: [number, number][] = [
      [1, 1],
      [2, 1],
      [2, 2],
      [1, 1],
    ]
    const way: [number, number][] = [
      [1, 1],
      [2, 2],
    ]
    const shapes = shapesOf({ area: ring, wayOut: way, triggers: ['雨'], means: [] })
    expect(shapes).toEqual({ areas: [ring], ways: [way] })
    expect(shapesOf({ area: null })).toEqual({ areas: [], ways: [] })
  })
})
