import { describe, expect, test } from 'vitest'
import type { Draft, Entity } from '../contract/change.ts'
import type { RegisterRecord } from '../contract/registers/record.ts'
import { applyChanges, emptyWorld } from '../contract/world.ts'
import type { World } from '../contract/world.ts'
import { adoptRecords, isSaving, removeRecord, saveRecord, saveRecords } from './record.ts'

const now = '2026-07-01T08:00:00.000Z'
const env = (actor: string) => ({ now, clock: now, actor, key: 'k' })
const source = { name: '县局台账', asOf: '2026-03' }
const team = (id: string, more: Partial<RegisterRecord> = {}): RegisterRecord => ({
  id,
  register: 'teams',
  name: `队伍 ${id}`,
  at: [82.8, 38.9],
  source,
  fields: { kind: 'fire', people: 36 },
  ...more,
})
const vehicle = (id: string, ofTeam: string): RegisterRecord => ({
  id,
  register: 'vehicles',
  name: `车 ${id}`,
  at: null,
  source,
  fields: { team: ofTeam, kind: 'tanker' },
})

function fold(world: World, draft: Draft): World {
  const seq = world.seq + 1
  const put = draft.put.map(entity => ({ ...entity, rev: seq }) as unknown)
  return applyChanges(world, [{ seq, at: now, put: put as Entity[], drop: draft.drop }])
}
const save = (world: World, record: RegisterRecord, ifRev: number | null, actor = '王') =>
  saveRecord(world, { record, ifRev, note: null }, env(actor))
const withRows = (...records: RegisterRecord[]): World =>
  fold(
    emptyWorld('vale'),
    saveRecords(
      emptyWorld('vale'),
      { put: records.map(record => ({ record, ifRev: null })), drop: [], note: null },
      env('王'),
    ),
  )

describe('saving a row', () => {
  test('puts it whole, with who saved it and when', () => {
    expect(save(emptyWorld('vale'), team('a'), null)).toMatchObject({
      put: [
        {
          id: 'a',
          kind: 'teams',
          audience: 'all',
          source: '县局台账',
          asOf: '2026-03',
          name: '队伍 a',
          at: [82.8, 38.9],
          fields: { kind: 'fire', people: 36 },
          savedBy: '王',
          savedAt: now,
        },
      ],
      drop: [],
      note: null,
    })
  })

  test('is refused when somebody else was first, and shows what that was', () => {
    const world = withRows(team('a'))
    expect(() => save(world, team('a'), null)).toThrow(
      expect.objectContaining({ code: 'record_exists', status: 409 }),
    )
    const later = fold(world, save(world, team('a', { name: '改名' }), 1, '李'))
    expect(() => save(later, team('a'), 1)).toThrow(
      expect.objectContaining({
        code: 'record_changed',
        details: { current: expect.objectContaining({ name: '改名', rev: 2, savedBy: '李' }) },
      }),
    )
    const gone = fold(
      world,
      removeRecord(world, { register: 'teams', id: 'a', ifRev: 1, note: null }, env('李')),
    )
    expect(() => save(gone, team('a'), 1)).toThrow(expect.objectContaining({ code: 'record_unknown' }))
  })

  test.each<[string, RegisterRecord, string]>([
    ['a count below 0', team('a', { fields: { kind: 'fire', people: -1 } }), 'people'],
    ['a word that is no choice', team('a', { fields: { kind: 'navy' } }), 'kind'],
    ['a needed column left blank', team('a', { fields: {} }), 'kind'],
    ['a column that is not there', team('a', { fields: { kind: 'fire', wings: 2 } }), 'wings'],
    ['a name of a person', team('a', { fields: { kind: 'fire', leader: '张三' } }), 'leader'],
    ['a telephone number', team('a', { fields: { kind: 'fire', dutyPhone: '0000' } }), 'dutyPhone'],
    ['a row that is not there', vehicle('v', 'nobody'), 'team'],
  ])('is refused for %s, naming the column', (_, record, column) => {
    expect(() => save(withRows(team('b')), record, null)).toThrow(
      expect.objectContaining({
        code: 'record_bad',
        status: 422,
        details: { faultCount: 1, faults: [expect.objectContaining({ column, row: 0 })] },
      }),
    )
  })

  test('does not ask an edit to mend what was dangling before it', () => {
    const world = withRows(team('b'))
    const held = { ...vehicle('v', 'gone') }
    const dangling = fold(
      world,
      adoptRecords(world, { records: [held], gone: [], done: null }, env('import')),
    )
    expect(() => save(dangling, { ...held, name: '新名' }, 2)).not.toThrow()
  })

  test('the same key sent again is told from another edit under it', () => {
    const input = { record: team('a'), ifRev: null, note: null }
    const draft = saveRecord(emptyWorld('vale'), input, env('王'))
    const change = JSON.parse(JSON.stringify({ ...draft, seq: 1 }))
    expect(isSaving(change, input)).toBe(true)
    expect(isSaving(change, { ...input, record: team('a', { name: '别的' }) })).toBe(false)
  })
})

describe('removing a row', () => {
  test('is refused while others name it', () => {
    const world = withRows(team('a'), vehicle('v', 'a'))
    expect(() =>
      removeRecord(world, { register: 'teams', id: 'a', ifRev: 1, note: null }, env('王')),
    ).toThrow(
      expect.objectContaining({
        code: 'record_named',
        details: expect.objectContaining({ by: [{ register: 'vehicles', id: 'v', name: '车 v' }] }),
      }),
    )
    const both = [
      { register: 'teams', id: 'a', ifRev: 1 },
      { register: 'vehicles', id: 'v', ifRev: 1 },
    ]
    expect(saveRecords(world, { put: [], drop: both, note: null }, env('王')).drop).toHaveLength(2)
  })
})

describe('many rows', () => {
  test('may name each other, and all or none are saved', () => {
    const put = [vehicle('v', 'a'), team('a')].map(record => ({ record, ifRev: null }))
    expect(saveRecords(emptyWorld('vale'), { put, drop: [], note: '台账.xlsx' }, env('王'))).toMatchObject({
      put: [{ id: 'v' }, { id: 'a' }],
      note: '台账.xlsx',
    })
    const bad = [...put, { record: team('b', { fields: { kind: 'fire', people: -3 } }), ifRev: null }]
    expect(() => saveRecords(emptyWorld('vale'), { put: bad, drop: [], note: null }, env('王'))).toThrow(
      expect.objectContaining({
        details: { faultCount: 1, faults: [expect.objectContaining({ row: 2, id: 'b' })] },
      }),
    )
  })

  test('a row that is there twice is refused', () => {
    const put = [team('a'), team('a')].map(record => ({ record, ifRev: null }))
    expect(() => saveRecords(emptyWorld('vale'), { put, drop: [], note: null }, env('王'))).toThrow(
      expect.objectContaining({ code: 'record_twice', at: 'teams/a' }),
    )
  })
})
