import { expect, test } from 'vitest'
import { Random } from '../random.ts'
import { CLOSED, daysBefore, Ledger } from './ledger.ts'
import { shared, weighted } from './make.ts'
import { unique } from './naming.ts'
import { Posts } from './posts.ts'

const NAME = { zh: '一', en: 'One' }

test('a field that its register does not have, or of another type, is refused', () => {
  const ledger = new Ledger(1)
  expect(() => ledger.add('nowhere', { name: NAME, fields: {} })).toThrow('No register nowhere')
  expect(() => ledger.add('shelters', { name: NAME, fields: { colour: 'red' } })).toThrow('no column colour')
  expect(() => ledger.add('shelters', { name: NAME, fields: { kind: 'palace' } })).toThrow(
    'may not be "palace"',
  )
  expect(() => ledger.add('shelters', { name: NAME, fields: { capacity: 1.5 } })).toThrow('may not be 1.5')
  expect(() => ledger.add('shelters', { name: NAME, fields: { capacity: -1 } })).toThrow('may not be -1')
  expect(() => ledger.add('teams', { name: NAME, fields: { capabilities: ['magic'] } })).toThrow('magic')
  expect(ledger.of('shelters')).toEqual([])
})

test('rows are numbered, blanks are null, no two stand on one place', () => {
  const ledger = new Ledger(1)
  const at: [number, number] = [82.8, 38.9]
  const ids = [1, 2].map(() => ledger.add('shelters', { name: NAME, at, fields: { capacity: 10 } }))
  expect(ids).toEqual(['990001-BN-001', '990001-BN-002'])
  const [first, second] = ledger.of('shelters')
  expect(first.fields.areaM2).toBeNull()
  expect(second.at).not.toEqual(first.at)
  expect(Math.abs(second.at![0] - at[0])).toBeLessThan(1e-4)
  expect(first.source.asOf! <= CLOSED && first.source.asOf! >= daysBefore(CLOSED, 90)).toBe(true)
})

test('the same key is the same person; no number is given twice', () => {
  const posts = new Posts()
  expect(posts.of('村支书', 'a')).toEqual({ name: '村支书 001', phone: '000-0000-0001' })
  expect(posts.of('村支书', 'b').name).toBe('村支书 002')
  expect(posts.of('村支书', 'a').phone).toBe('000-0000-0001')
  expect(posts.of('监测员').phone).not.toBe(posts.of('监测员').phone)
})

test('parts sum to the total within their bounds; impossible ones are refused', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = new Random(seed, 'parts')
    const weights = Array.from({ length: 14 }, () => random.between(0.2, 3))
    const total = random.whole(280, 700)
    const parts = shared(total, weights, 20, 50)
    expect(parts.reduce((a, b) => a + b, 0)).toBe(total)
    expect(Math.min(...parts) >= 20 && Math.max(...parts) <= 50).toBe(true)
  }
  expect(() => shared(100, [1, 1], 60, 90)).toThrow(RangeError)
})

test('a choice by weight comes as often as its weight', () => {
  const random = new Random(1, 'weights')
  const drawn = Array.from({ length: 4000 }, () =>
    weighted(random, [
      ['a', 3],
      ['b', 1],
      ['c', 0],
    ]),
  )
  expect(drawn.filter(x => x === 'a').length / 4000).toBeCloseTo(0.75, 1)
  expect(drawn).not.toContain('c')
})

test('a second thing of one name gets a number in both languages', () => {
  const taken = new Set<string>()
  const stem = { zh: '柳家湾', en: 'Liujiawan' }
  const ending = { zh: '滑坡', en: ' Landslide' }
  expect(unique(taken, stem, ending)).toEqual({ zh: '柳家湾滑坡', en: 'Liujiawan Landslide' })
  expect(unique(taken, stem, ending)).toEqual({ zh: '柳家湾2 号滑坡', en: 'Liujiawan No. 2 Landslide' })
})
