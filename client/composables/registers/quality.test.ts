import { describe, expect, it } from 'vitest'
import { registerOf } from '../../../server/contract/registers/index.ts'
import type { LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import {
  isInside,
  metresInside,
  missing,
  olderThan,
  outside,
  twice,
  unplaced,
  untried,
  waysThroughHazard,
  type Rows,
} from './quality.ts'

const NOW = new Date('2026-11-01T00:00:00Z')
const row = (
  register: string,
  id: string,
  fields: RegisterRecord['fields'] = {},
  more: Partial<RegisterRecord> = {},
): RegisterRecord => ({
  id,
  register,
  name: id,
  at: [82.8, 38.9],
  source: { name: '台账', asOf: '2026-10-01' },
  fields,
  ...more,
})
const rowsOf = (key: string, ...rows: RegisterRecord[]): Rows[] => [{ register: registerOf(key)!, rows }]
const ids = (found: { record: RegisterRecord }[]) => found.map(({ record }) => record.id)
const square: LonLat[] = [
  [0, 0],
  [0.01, 0],
  [0.01, 0.01],
  [0, 0.01],
  [0, 0],
]

describe('quality', () => {
  it('finds what has no place, but not what never has one', () => {
    expect(ids(unplaced(rowsOf('mines', row('mines', 'a', {}, { at: null }), row('mines', 'b'))))).toEqual([
      'a',
    ])
    expect(unplaced(rowsOf('stock', row('stock', 'a', {}, { at: null })))).toEqual([])
  })
  it('finds what is old, of unknown age first', () => {
    const at = (id: string, asOf: string | null) => row('mines', id, {}, { source: { name: 'x', asOf } })
    const all = rowsOf(
      'mines',
      at('new', '2026-10-30'),
      at('old', '2020-01-01'),
      at('older', '2019'),
      at('never', null),
    )
    expect(ids(olderThan(all, 365, NOW))).toEqual(['never', 'older', 'old'])
    expect(ids(olderThan(all, 1, NOW))).toHaveLength(4)
  })
  it('finds means that were never tried, or long ago', () => {
    const all = rowsOf(
      'communications',
      row('communications', 'fresh', { tested: '2026-10-20' }),
      row('communications', 'long', { tested: '2025-01-01' }),
      row('communications', 'never'),
    )
    expect(ids(untried(all, 90, NOW))).toEqual(['never', 'long'])
    expect(untried(rowsOf('mines', row('mines', 'a')), 90, NOW)).toEqual([])
  })
  it('knows inside from outside, holes and parts too', () => {
    const hole: LonLat[] = [
      [0.004, 0.004],
      [0.006, 0.004],
      [0.006, 0.006],
      [0.004, 0.004],
    ]
    const border = { type: 'MultiPolygon' as const, coordinates: [[square, hole]] }
    expect(isInside(border, [0.002, 0.002])).toBe(true)
    expect(isInside(border, [0.0055, 0.0045])).toBe(false)
    expect(isInside(border, [0.02, 0.002])).toBe(false)
    const round: LonLat[] = Array.from({ length: 720 }, (_, i) => [
      Math.cos((i * Math.PI) / 360),
      Math.sin((i * Math.PI) / 360),
    ])
    const circle = { type: 'Polygon' as const, coordinates: [[...round, round[0]!]] }
    for (let i = 0; i < 400; i++) {
      const at: LonLat = [((i * 7919) % 400) / 160 - 1.25, ((i * 104_729) % 400) / 160 - 1.25]
      const far = Math.hypot(...at)
      if (Math.abs(far - 1) > 1e-3) expect(isInside(circle, at), at.join()).toBe(far < 1)
    }
    expect(ids(outside(rowsOf('mines', row('mines', 'far')), border))).toEqual(['far'])
    expect(outside(rowsOf('mines', row('mines', 'far')), null)).toEqual([])
  })
  it('measures how far a way out leads through its own hazard', () => {
    expect(
      metresInside(
        [
          [-0.01, 0.005],
          [0.02, 0.005],
        ],
        square,
      ),
    ).toBeCloseTo(1112, -1)
    expect(
      metresInside(
        [
          [0.01, 0.005],
          [0.02, 0.005],
        ],
        square,
      ),
    ).toBe(0)
    expect(
      metresInside(
        [
          [0.005, 0.005],
          [0.02, 0.005],
          [0.02, 0.02],
          [0.005, 0.008],
        ],
        square,
      ),
    ).toBeGreaterThan(800)
    const good = row('geohazardPoints', 'good', {
      area: square,
      wayOut: [
        [0.0101, 0.005],
        [0.02, 0.005],
      ],
    })
    const bad = row('geohazardPoints', 'bad', {
      area: square,
      wayOut: [
        [0, 0.005],
        [0.02, 0.005],
      ],
    })
    expect(
      ids(waysThroughHazard(rowsOf('geohazardPoints', good, bad, row('geohazardPoints', 'none')))),
    ).toEqual(['bad'])
  })
  it('names the columns that are empty', () => {
    const [found] = missing(rowsOf('geohazardPoints', row('geohazardPoints', 'a', { kind: null, people: 0 })))
    expect(found!.columns!.map(c => c.key)).toContain('kind')
    expect(found!.columns!.map(c => c.key)).not.toContain('people')
    expect(found!.columns!.map(c => c.key)).not.toContain('monitor')
  })
  it('finds one thing entered twice, not two of one name', () => {
    const mine = (id: string, at: LonLat | null) => row('mines', id, {}, { name: '黑石 三矿', at })
    const all = rowsOf('mines', mine('a', [82.8, 38.9]), mine('b', [82.801, 38.9]), mine('c', [82.9, 38.9]))
    expect(twice(all).map(f => [f.record.id, f.twin!.id])).toEqual([['b', 'a']])
    const tents = (id: string, store: string) => row('stock', id, { store }, { name: '帐篷', at: null })
    expect(ids(twice(rowsOf('stock', tents('1', 'K1'), tents('2', 'K2'), tents('3', 'K1'))))).toEqual(['3'])
  })
})
