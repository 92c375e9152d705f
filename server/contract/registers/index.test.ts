import { expect, test } from 'vitest'
import { REGISTERS, registerOf } from './index.ts'

const SHARED = [
  '编号',
  '名称',
  '英文名',
  '经度',
  '纬度',
  '来源',
  '截至',
  'id',
  'name',
  'lon',
  'lat',
  'source',
  'asof',
]
const columns = REGISTERS.flatMap(register => register.columns.map(column => ({ register, column })))

test('each register has a key, a sheet and heads of its own', () => {
  expect(new Set(REGISTERS.map(r => r.key)).size).toBe(REGISTERS.length)
  expect(new Set(REGISTERS.map(r => r.sheet.zh)).size).toBe(REGISTERS.length)
  expect(new Set(REGISTERS.map(r => r.sheet.en)).size).toBe(REGISTERS.length)
  for (const register of REGISTERS) {
    expect(registerOf(register.key)).toBe(register)
    const keys = register.columns.map(c => c.key)
    expect(new Set(keys).size, register.key).toBe(keys.length)
    const heads = register.columns.flatMap(c => [c.head.zh, c.head.en, ...(c.also ?? [])])
    const lower = heads.map(h => h.toLowerCase())
    expect(
      lower.filter((h, i) => lower.indexOf(h) !== i || SHARED.includes(h)),
      register.key,
    ).toEqual([])
  }
})

test('a sheet can be made of it: names of at most 31 characters without the forbidden ones', () => {
  for (const { sheet, book } of REGISTERS) {
    for (const name of [sheet.zh, sheet.en]) {
      expect(name.length).toBeLessThanOrEqual(31)
      expect(name).not.toMatch(/[[\]:*?/\\]/)
    }
    expect(book).toMatch(/^\d\d-/)
  }
})

test('what a column refers to is a register, and an example fits its column', () => {
  for (const { register, column } of columns) {
    const at = `${register.key}.${column.key}`
    if (column.refers) expect(registerOf(column.refers), at).toBeDefined()
    if (column.type === 'choice') {
      expect(
        column.choices?.map(c => c.text.zh),
        at,
      ).toContain(column.example)
    }
    if (column.choices) {
      const words = column.choices.flatMap(c => [c.value, c.text.zh, c.text.en])
      expect(column.choices.length, at).toBeGreaterThan(1)
      expect(new Set(column.choices.map(c => c.text.zh)).size, at).toBe(column.choices.length)
      expect(
        words.every(w => w.length > 0 && !w.includes('、')),
        at,
      ).toBe(true)
    }
    if (column.example === '') continue
    if (column.type === 'whole') expect(column.example, at).toMatch(/^\d+$/)
    if (column.type === 'number') {
      const value = Number(column.example)
      expect(value, at).toBeGreaterThanOrEqual(column.min ?? -Infinity)
      expect(value, at).toBeLessThanOrEqual(column.max ?? Infinity)
    }
    if (column.type === 'date') expect(column.example, at).toMatch(/^\d{4}-\d\d-\d\d$/)
    if (column.type === 'flag') expect(['是', '否'], at).toContain(column.example)
    if (column.type === 'phone') expect(column.example, at).toBe('000-0000-0000')
    if (column.type === 'line') {
      expect(
        column.example.split('; ').every(p => /^\d+\.\d{6},\d+\.\d{6}$/.test(p)),
        at,
      ).toBe(true)
    }
  }
})

test('every column says in both languages what to put in; a person has a phone', () => {
  for (const { register, column } of columns) {
    const at = `${register.key}.${column.key}`
    for (const lang of ['zh', 'en'] as const) {
      expect(column.head[lang].length, at).toBeGreaterThan(0)
      expect(column.explain[lang].length, at).toBeGreaterThan(1)
    }
    expect(column.head.en, at).not.toMatch(/[\u4e00-\u9fff]/)
  }
  for (const register of REGISTERS) {
    const people = register.columns.filter(c => c.type === 'person')
    const phones = register.columns.filter(c => c.type === 'phone')
    expect(phones.length, register.key).toBeGreaterThanOrEqual(people.length)
  }
})
