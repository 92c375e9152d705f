import { beforeAll, expect, test } from 'vitest'
import { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { registerOf } from '../../../server/contract/registers/index.ts'
import { CLOSED, daysBefore } from './ledger.ts'
import { makeCounty } from './made.fixture.ts'

let records: Map<string, RegisterRecord[]>
beforeAll(() => {
  ;({ records } = makeCounty())
}, 240_000)

test('rows are records with every column of their register, ids and references that exist', () => {
  const ids = [...records.values()].flat().map(r => r.id)
  expect(new Set(ids).size).toBe(ids.length)
  const known = new Map([...records].map(([key, list]) => [key, new Set(list.map(r => r.id))]))
  for (const [key, list] of records) {
    const { columns } = registerOf(key)!
    for (const record of list) {
      expect(RegisterRecord.safeParse(record).success, record.id).toBe(true)
      expect(Object.keys(record.fields)).toEqual(columns.map(c => c.key))
      for (const { key: field, refers, needed } of columns) {
        const value = record.fields[field]
        if (needed) expect(value, `${record.id} ${field}`).not.toBeNull()
        if (!refers || value === null) continue
        for (const id of [value].flat())
          expect(known.get(refers)!.has(id as string), `${record.id} ${field}`).toBe(true)
      }
    }
  }
})

test('rows name persons as posts with numbers; telephone numbers begin with 000 and are never two persons’', () => {
  const holders = new Map<string, string>()
  for (const [key, list] of records) {
    const { columns } = registerOf(key)!
    const posts = columns.filter(c => c.type === 'person').map(c => c.key)
    for (const { id, fields } of list) {
      for (const column of posts) {
        if (fields[column] === null) continue
        expect(fields[column], `${id} ${column}`).toMatch(/^\D+ \d{3}$/)
        const phone = fields[`${column}Phone`] ?? fields[column === 'townAnswerable' ? 'townPhone' : '']
        if (phone === undefined) continue
        expect(holders.get(String(phone)) ?? fields[column], String(phone)).toBe(fields[column])
        holders.set(String(phone), String(fields[column]))
      }
      for (const { key: column } of columns.filter(c => c.type === 'phone')) {
        if (fields[column] !== null) expect(fields[column]).toMatch(/^000-\d{4}-\d{4}$/)
      }
    }
  }
  expect(holders.size).toBeGreaterThan(300)
})

test('one row in ten has no position or is older than three years', () => {
  const all = [...records.values()].flat()
  const old = daysBefore(CLOSED, 3 * 365)
  const missing = all.filter(r => r.at === null && registerOf(r.register)!.position !== 'none')
  const stale = all.filter(r => r.source.asOf! <= old)
  expect(missing.length).toBeGreaterThan(20)
  expect(missing.some(r => stale.includes(r))).toBe(false)
  expect((missing.length + stale.length) / all.length).toBeGreaterThan(0.08)
  expect((missing.length + stale.length) / all.length).toBeLessThan(0.12)
  expect(all.every(r => r.source.asOf! <= CLOSED && r.source.name.includes('虚构示范数据'))).toBe(true)
})

test('rows differ: names within a register, sizes of what has a size', () => {
  for (const [key, list] of records) {
    if (['equipment', 'stock'].includes(key)) continue
    expect(new Set(list.map(r => r.name)).size, key).toBe(list.length)
    expect(new Set(list.map(r => r.nameEn)).size, key).toBe(list.length)
  }
  for (const [key, field, least] of [
    ['shelters', 'usableM2', 12],
    ['teams', 'people', 10],
    ['tailingsPonds', 'volumeWanM3', 9],
    ['mines', 'peopleBelow', 10],
    ['reservoirs', 'volumeWanM3', 7],
  ] as const) {
    expect(new Set(records.get(key)!.map(r => r.fields[field])).size, key).toBeGreaterThanOrEqual(least)
  }
})
