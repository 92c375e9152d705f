import { describe, expect, it } from 'vitest'
import { registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import {
  cellText,
  columnsOf,
  filterColumns,
  hasChoices,
  inPart,
  matches,
  sorted,
  textToSearch,
  wordsOf,
  type Reading,
} from './rows.ts'

const points = registerOf('geohazardPoints')!
const row = (
  id: string,
  fields: RegisterRecord['fields'],
  more: Partial<RegisterRecord> = {},
): RegisterRecord => ({
  id,
  register: 'geohazardPoints',
  name: `${id}号坡`,
  at: [82.8, 38.9],
  source: { name: '台账', asOf: '2026-06-30' },
  fields,
  ...more,
})
const by: Reading = {
  lang: 'zh',
  nameOf: r => r.name,
  nameOfKey: key => (key === 'townships/T1' ? '石桥镇' : key),
  isStale: r => r.source.asOf === null,
}
const columns = columnsOf(points, 'zh')
const column = (key: string) => columns.find(c => c.key === key)!
const ids = (rows: RegisterRecord[]) => rows.map(r => r.id)

describe('rows', () => {
  it('have a column for everything but persons, the name first', () => {
    expect(columns[0]!.key).toBe('name')
    expect(columns.map(c => c.key)).not.toContain('monitorPhone')
    expect(columnsOf(registerOf('vehicles')!, 'en').some(c => c.key === 'at')).toBe(false)
  })
  it('say what they refer to by its name', () => {
    expect(cellText(column('township'), row('1', { township: 'T1' }), by)).toBe('石桥镇')
    expect(cellText(column('people'), row('1', { people: null }), by)).toBeNull()
  })
  it('are found by any word, in any column, or by the pinyin of the name', () => {
    const text = textToSearch(columns, row('Z1', { kind: 'landslide', township: 'T1' }), by)
    expect(matches(wordsOf('滑坡 石桥'), text, '')).toBe(true)
    expect(matches(wordsOf('ｚ1'), text, '')).toBe(true)
    expect(matches(wordsOf('hsp'), text, 'hsp houshanpo')).toBe(true)
    expect(matches(wordsOf('滑坡 泥石流'), text, '')).toBe(false)
  })
  it('sort by number, by the order of choices, by name; unknown last up and down', () => {
    const rows = [
      row('a', { people: 9, level: '3' }),
      row('b', { people: null, level: null }),
      row('c', { people: 120, level: '1' }),
    ]
    expect(ids(sorted(rows, column('people'), false, by))).toEqual(['a', 'c', 'b'])
    expect(ids(sorted(rows, column('people'), true, by))).toEqual(['c', 'a', 'b'])
    expect(ids(sorted(rows, column('level'), false, by))).toEqual(['c', 'a', 'b'])
    const named = [row('10', {}), row('9', {}), row('1', {})]
    expect(ids(sorted(named, column('name'), false, by))).toEqual(['1', '9', '10'])
  })
  it('are filtered by a choice, by an unknown one, by what they lack', () => {
    expect(hasChoices(row('1', { kind: 'landslide' }), { kind: 'landslide' })).toBe(true)
    expect(hasChoices(row('1', { kind: 'landslide' }), { kind: 'rockfall' })).toBe(false)
    expect(hasChoices(row('1', { kind: null }), { kind: '' })).toBe(true)
    expect(filterColumns(points).map(c => c.key)).toContain('stability')
    const unplaced = row('1', {}, { at: null, source: { name: 'x', asOf: null } })
    expect(inPart(unplaced, 'unplaced', points, by)).toBe(true)
    expect(inPart(unplaced, 'stale', points, by)).toBe(true)
    expect(inPart(row('2', {}), 'stale', points, by)).toBe(false)
    expect(inPart({ ...unplaced, register: 'stock' }, 'unplaced', registerOf('stock')!, by)).toBe(false)
  })
})
