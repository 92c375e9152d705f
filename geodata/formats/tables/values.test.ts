import { describe, expect, test } from 'vitest'
import type { Column, ColumnType } from '../../../server/contract/registers/register.ts'
import { type CellValue, CellTrouble } from '../workbook.ts'
import { degrees, type Read, readValue } from './values.ts'

const column = (type: ColumnType, more: Partial<Column> = {}): Column => ({
  key: 'x',
  head: { zh: '列', en: 'column' },
  type,
  explain: { zh: '', en: '' },
  example: '',
  ...more,
})
const WRONG = 'wrong' as const
const valueOf = <T>(read: Read<T>): T | typeof WRONG => ('value' in read ? read.value : WRONG)
const read = (type: ColumnType, cell: CellValue, more?: Partial<Column>) =>
  valueOf(readValue(column(type, more), cell))
const day = (iso: string): Date => new Date(`${iso}Z`)

describe('unknown is null in every column, never 0', () => {
  const types: ColumnType[] = [
    'text',
    'whole',
    'number',
    'date',
    'flag',
    'choice',
    'person',
    'phone',
    'list',
    'line',
  ]
  test.each(types)('%s', type => {
    for (const cell of [null, '', '  ', '—', '/', '不详', '未知', 'N/A', '－'])
      expect(read(type, cell)).toBeNull()
    expect(read(type, new CellTrouble({ zh: '是错误', en: 'is an error' }))).toBe(WRONG)
  })
})

test.each<[CellValue, unknown, Partial<Column>?]>([
  [12, 12],
  ['12', 12],
  [' １２ ', 12],
  ['1,204', 1204],
  ['1，204', 1204],
  ['36人', 36, { unit: { zh: '人', en: 'people' } }],
  ['36 people', 36, { unit: { zh: '人', en: 'people' } }],
  ['12.0', 12],
  [0, 0],
  ['无', null],
  [12.5, WRONG],
  ['12,04', WRONG],
  ['约300', WRONG],
  ['12-15', WRONG],
  ['36人', WRONG],
  [-1, WRONG, { min: 0 }],
  [25, WRONG, { max: 24 }],
  [true, WRONG],
])('whole number %o → %o', (cell, expected, more) => {
  expect(read('whole', cell, more)).toBe(expected)
})

test.each<[CellValue, unknown, Partial<Column>?]>([
  [0.1 + 0.2, 0.1 + 0.2],
  ['3.20', 3.2],
  ['-1.5e-3', -0.0015],
  ['−7', -7],
  ['3.2m', 3.2, { unit: { zh: '米', en: 'm' } }],
  ['12万立方米', 12, { unit: { zh: '万立方米', en: '10⁴ m³' } }],
  ['3.2.1', WRONG],
  ['1e400', WRONG],
  ['3千', WRONG],
  [100.1, WRONG, { min: 0, max: 100 }],
])('number %o → %o', (cell, expected, more) => {
  expect(read('number', cell, more)).toBe(expected)
})

test.each<[CellValue, unknown]>([
  [day('2026-03-12T00:00:00'), '2026-03-12'],
  [day('2026-03-12T08:30:00'), '2026-03-12T08:30'],
  ['2026-03-12', '2026-03-12'],
  ['2026/3/12', '2026-03-12'],
  ['2026.3.12', '2026-03-12'],
  ['2026年3月12日', '2026-03-12'],
  ['2026年3月', '2026-03'],
  ['2026-03', '2026-03'],
  ['2026', '2026'],
  [2026, '2026'],
  ['2026年', '2026'],
  ['20260312', '2026-03-12'],
  [20260312, '2026-03-12'],
  ['2026-03-12 8:30', '2026-03-12T08:30'],
  ['2026年3月12日 8时30分', '2026-03-12T08:30'],
  ['2026-03-12T08:30:00', '2026-03-12T08:30'],
  [46093, '2026-03-12'],
  ['46093', '2026-03-12'],
  [46093.354166667, '2026-03-12T08:30'],
  ['2028-02-29', '2028-02-29'],
  ['2026-02-29', WRONG],
  ['2026-13-01', WRONG],
  ['2026-00-10', WRONG],
  ['12/3/2026', WRONG],
  ['2026-03-12 25:00', WRONG],
  ['去年', WRONG],
  [5, WRONG],
])('day %o → %o', (cell, expected) => {
  expect(read('date', cell)).toBe(expected)
})

test('yes and no in the usual ways', () => {
  for (const cell of ['是', '有', '√', 'Y', 'yes', 1, true, '1']) expect(read('flag', cell)).toBe(true)
  for (const cell of ['否', '无', '×', 'N', 'no', 0, false]) expect(read('flag', cell)).toBe(false)
  expect(read('flag', '也许')).toBe(WRONG)
})

test('choices by value or word in either language; lists of them', () => {
  const choices = [
    { value: 'inUse', text: { zh: '在用', en: 'in use' } },
    { value: '1', text: { zh: 'Ⅰ 类', en: 'Ⅰ' } },
  ]
  for (const cell of ['inUse', 'IN USE', '在用', ' 在 用 '])
    expect(read('choice', cell, { choices })).toBe('inUse')
  for (const cell of [1, '1', 'I类', 'Ⅰ 类']) expect(read('choice', cell, { choices })).toBe('1')
  const wrong = readValue(column('choice', { choices }), '停用')
  expect(wrong).toMatchObject({ wrong: { remedy: { zh: '可用：在用、Ⅰ 类。' } } })
  expect(read('list', '在用、1', { choices })).toEqual(['inUse', '1'])
  expect(read('list', '在用、停用', { choices })).toBe(WRONG)
  expect(read('list', '东沟；西坪，南岭\n北坡')).toEqual(['东沟', '西坪', '南岭', '北坡'])
  expect(read('list', '无')).toEqual([])
})

test('telephone numbers keep what they are; a cell of digits too', () => {
  expect(read('phone', 13900000000)).toBe('13900000000')
  expect(read('phone', '0354-1234567、13900000000（张某）')).toBe('0354-1234567、13900000000（张某）')
  expect(read('phone', '无')).toBeNull()
  expect(read('phone', '办公室')).toBe(WRONG)
})

test('ids typed as numbers keep every digit; stray characters go', () => {
  expect(read('text', 990001101201)).toBe('990001101201')
  expect(read('text', '\u200b王家庄\u0007 ')).toBe('王家庄')
  expect(read('text', day('2026-03-12T00:00:00'))).toBe('2026-03-12')
  expect(read('text', 'x'.repeat(2001))).toBe(WRONG)
})

test('lines as lon,lat; … or WKT', () => {
  const way = [
    [82.8, 38.9],
    [82.81, 38.91],
  ]
  for (const cell of [
    '82.8,38.9; 82.81,38.91',
    '82.8 38.9；82.81 38.91',
    'LINESTRING (82.8 38.9, 82.81 38.91)',
    'LINESTRING(82.8 38.9 0,82.81 38.91 0)',
  ]) {
    expect(read('line', cell)).toEqual(way)
  }
  for (const cell of ['82.8,38.9', '82.8; 38.9', '38.9,182.8; 1,2', 'a,b; c,d'])
    expect(read('line', cell)).toBe(WRONG)
})

test.each<[CellValue, number | null | typeof WRONG]>([
  [112.34, 112.34],
  ['112.34', 112.34],
  ['112.34°E', 112.34],
  ['东经112.34度', 112.34],
  ['112°20′30″', 112.3416667],
  ['112°20\'30.5"', 112.3418056],
  ['112度20分30秒', 112.3416667],
  ['E112°20′', 112.3333333],
  ['-0.5', -0.5],
  ['', null],
  ['待查', null],
  ['112°60′00″', WRONG],
  [181, WRONG],
  ['112,34', WRONG],
  ['一百一十二', WRONG],
])('degrees %o → %o', (cell, expected) => {
  expect(valueOf(degrees(cell, 180))).toBe(expected)
})
