import { describe, expect, test } from 'vitest'
import { faultsOfRecord } from './check.ts'
import { registerOf } from './index.ts'
import type { RegisterRecord } from './record.ts'
import type { FieldValue } from './register.ts'
import { tidyRecord } from './tidy.ts'

const teams = registerOf('teams')!
const team: RegisterRecord = {
  id: 't1',
  register: 'teams',
  name: '一队',
  at: [112.3, 36.1],
  source: { name: '县应急管理局', asOf: '2026-03-12' },
  fields: { kind: 'fire', people: 36, capabilities: ['fireFighting', 'drainage'], leader: '队长 000' },
}
const columnsOf = (key: string, change: Partial<RegisterRecord>): string[] =>
  faultsOfRecord(registerOf(key)!, { ...team, register: key, ...change }).map(({ column }) => column)
const withField = (key: string, fields: Record<string, FieldValue>): string[] => columnsOf(key, { fields })

test('a good record has no faults, with its persons or without', () => {
  expect(faultsOfRecord(teams, team)).toEqual([])
  expect(faultsOfRecord(teams, { ...team, at: null, nameEn: 'One', fields: { kind: 'fire' } })).toEqual([])
})

describe('named by its column', () => {
  test.each<[string, Partial<RegisterRecord>, string]>([
    ['teams', { register: 'mines' }, 'register'],
    ['teams', { id: '' }, 'id'],
    ['teams', { id: ' t1' }, 'id'],
    ['teams', { id: '示例-1' }, 'id'],
    ['teams', { id: '合计' }, 'id'],
    ['teams', { id: 'x'.repeat(65) }, 'id'],
    ['teams', { name: '　' }, 'name'],
    ['teams', { name: '不详' }, 'name'],
    ['teams', { name: '长'.repeat(121) }, 'name'],
    ['teams', { nameEn: '' }, 'nameEn'],
    ['teams', { at: [36.1, 112.3] }, 'at'],
    ['teams', { at: [181, 0] }, 'at'],
    ['vehicles', { at: [112.3, 36.1], fields: { team: 't1', kind: 'pickup' } }, 'at'],
    ['teams', { source: { name: '', asOf: null } }, 'source'],
    ['teams', { source: { name: '局', asOf: '2026-02-30' } }, 'asOf'],
  ])('%s %j', (key, change, column) => expect(columnsOf(key, change)).toEqual([column]))

  test.each<[string, Record<string, FieldValue>, string]>([
    ['teams', {}, 'kind'],
    ['teams', { kind: null }, 'kind'],
    ['teams', { kind: '消防' }, 'kind'],
    ['teams', { kind: 'fire', people: '36' }, 'people'],
    ['teams', { kind: 'fire', people: -1 }, 'people'],
    ['teams', { kind: 'fire', people: 1.5 }, 'people'],
    ['teams', { kind: 'fire', people: 2 ** 53 }, 'people'],
    ['teams', { kind: 'fire', turnoutDayMin: 1441 }, 'turnoutDayMin'],
    ['teams', { kind: 'fire', capabilities: ['flying'] }, 'capabilities'],
    ['teams', { kind: 'fire', capabilities: 'drainage' }, 'capabilities'],
    ['teams', { kind: 'fire', leaderPhone: '12' }, 'leaderPhone'],
    ['teams', { kind: 'fire', leaderPhone: '110\u0000' }, 'leaderPhone'],
    ['teams', { kind: 'fire', radio: '' }, 'radio'],
    ['teams', { kind: 'fire', radio: '\ud83d' }, 'radio'],
    ['teams', { kind: 'fire', radio: 'x'.repeat(2001) }, 'radio'],
    ['teams', { kind: 'fire', colour: 'red' }, 'colour'],
    ['villages', { township: 'a', hamlets: ['东沟、西坪'] }, 'hamlets'],
    ['villages', { township: 'a', hamlets: ['无'] }, 'hamlets'],
    ['villages', { township: 'a', phoneTested: '2026-3-1' }, 'phoneTested'],
    ['floodSpots', { kind: 'ford', gauge: 'yes' }, 'gauge'],
    ['flashFloodZones', { area: [[82.8, 38.9]] }, 'area'],
    ['flashFloodZones', { area: [[182.8, 38.9] as [number, number], [82.8, 38.9]] }, 'area'],
  ])('%s %j', (key, fields, column) => expect(withField(key, fields)).toEqual([column]))

  test('in both languages, with the head and what to do', () => {
    const [fault] = faultsOfRecord(teams, { ...team, fields: { kind: 'fire', people: -1 } })
    expect(fault).toEqual({
      column: 'people',
      head: { zh: '总人数', en: 'People' },
      text: { zh: '“-1”不是 0 以上的整数', en: '"-1" is no whole number from 0 up' },
      remedy: {
        zh: '请只填数字，单位人；不知道就留空。',
        en: 'Digits only, in people; leave it blank where unknown.',
      },
    })
  })
})

test('tidied, what a form gives by mistake is a good record with every open column', () => {
  const villages = registerOf('villages')!
  const tidy = tidyRecord(villages, {
    ...team,
    register: 'villages',
    name: ' 东沟\u00a0',
    nameEn: ' ',
    at: [-0, 1],
    source: { name: '局 ', asOf: '—' },
    fields: { township: ' a ', hamlets: ['', ' 东 ', '无'], access: '不详', people: -0, answerable: '' },
  })
  expect(faultsOfRecord(villages, tidy)).toEqual([])
  expect(tidy).toMatchObject({ name: '东沟', at: [0, 1], source: { name: '局', asOf: null } })
  expect(tidy.fields).toMatchObject({
    township: 'a',
    hamlets: ['东'],
    access: null,
    people: 0,
    answerable: null,
  })
  expect('nameEn' in tidy).toBe(false)
  const open = villages.columns
    .filter(({ type }) => type !== 'person' && type !== 'phone')
    .map(({ key }) => key)
  expect(Object.keys(tidy.fields).sort()).toEqual([...open, 'answerable'].sort())
})
