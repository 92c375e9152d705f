import { describe, expect, it } from 'vitest'
import type { CellFault, PreviewRow } from '../../../server/contract/registers/exchange.ts'
import { changeRow, countWarned, filtered } from './previewRows.ts'

const warning = { text: { zh: '远', en: 'far' } } as CellFault
const row = (line: number, what: PreviewRow['what'], more: Partial<PreviewRow> = {}): PreviewRow => ({
  sheet: '防护目标',
  row: line,
  register: 'shelters',
  id: `S${line}`,
  name: `S${line}`,
  what,
  ...more,
})
const rows = [
  row(3, 'same'),
  row(4, 'added'),
  row(5, 'changed'),
  row(6, 'changed', { warnings: [warning] }),
  row(7, 'refused', { warnings: [warning] }),
  row(8, 'refused'),
]

describe('the rows of a preview', () => {
  it('begin with what must be looked at', () => {
    expect(filtered(rows, 'all').map(r => r.row)).toEqual([7, 8, 6, 5, 4, 3])
  })
  it('are filtered by what becomes of them; a refused row is not also a warned one', () => {
    expect(filtered(rows, 'warned').map(r => r.row)).toEqual([6])
    expect(countWarned(rows)).toBe(1)
    expect(filtered(rows, 'changed').map(r => r.row)).toEqual([6, 5])
  })
})

describe('a changed value', () => {
  const nameOf = (key: string) => `<${key}>`
  const said = (column: string, from: unknown, to: unknown, lang: 'zh' | 'en' = 'zh') =>
    changeRow('shelters', { column, from, to }, lang, nameOf)
  it('has the head of its column, its unit, and the words of its choices', () => {
    expect(said('capacity', 1200, null)).toMatchObject({
      head: { en: 'Takes' },
      unit: { zh: '人' },
      from: '1,200',
      to: null,
    })
    expect(said('kind', null, 'fixed').to).not.toBe('fixed')
    expect(
      changeRow('geohazardPoints', { column: 'automatic', from: false, to: true }, 'en', nameOf),
    ).toMatchObject({ from: 'no', to: 'yes' })
  })
  it('is a place as it is read on a map, a row by its name, and what every row has', () => {
    expect(said('at', null, [110.5, 31.5]).to).toBe('31.500000 N　110.500000 E')
    expect(said('township', 'T1', 'T2')).toMatchObject({ from: '<townships/T1>', to: '<townships/T2>' })
    expect(said('source', '甲', '乙')).toMatchObject({ head: { zh: '来源' }, from: '甲', to: '乙' })
  })
  it('of a column that is not known keeps its key', () => {
    expect(said('elsewhere', 1, 2)).toEqual({
      key: 'elsewhere',
      head: { zh: 'elsewhere', en: 'elsewhere' },
      from: '1',
      to: '2',
    })
  })
})
