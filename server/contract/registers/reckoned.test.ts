import { expect, test } from 'vitest'
import type { Settlement, Team } from '../entities.ts'
import type { RegisterRecord } from './record.ts'
import { settlementsNow, teamOf, teamsNow, villageOf } from './reckoned.ts'

const source = { name: '台账', asOf: null }
const row = (register: string, id: string, more: Partial<RegisterRecord> = {}): RegisterRecord => ({
  id,
  register,
  name: id,
  at: [82.8, 38.9],
  source,
  fields: {},
  ...more,
})
const station: Team = { id: 'osm', name: '消防站', kind: 'fire', at: [82, 38], turnoutMs: null, source }

test('teams follow their register: moved, renamed, out of use, without a position', () => {
  const imported = [teamOf(row('teams', 'a'))!, teamOf(row('teams', 'b'))!]
  const rows = [
    row('teams', 'a', { name: '改名', at: [82.9, 38.8], fields: { kind: 'mine', turnoutDayMin: 2.5 } }),
    row('teams', 'b', { fields: { state: 'out' } }),
    row('teams', 'c', { at: null }),
    row('teams', 'd'),
  ]
  expect(teamsNow(imported, rows)).toMatchObject([
    { id: 'a', name: '改名', at: [82.9, 38.8], kind: 'mine', turnoutMs: 150_000 },
    { id: 'd', kind: 'other', turnoutMs: null },
  ])
})

test('teams that came from elsewhere stay', () => {
  expect(teamsNow([station], [row('teams', 'a')])).toEqual([station])
  expect(teamsNow([], [row('teams', 'a')])).toHaveLength(1)
})

test('villages follow theirs; hamlets counted by themselves stay off their people', () => {
  const village = (id: string, people: number, counted?: number): Settlement => {
    const place = villageOf(row('villages', id, { fields: { people } }), [82.5, 38.5])
    return counted === undefined ? place : { ...place, people: people - counted, counted }
  }
  const hamlet: Settlement = { id: 'osm', name: '河湾', kind: 'hamlet', at: [82, 38], people: 40, source }
  const imported = [village('a', 500, 40), village('b', 300), village('gone', 100), hamlet]
  const rows = [
    row('villages', 'a', { at: null, fields: { people: 600 } }),
    row('villages', 'b', { fields: { people: null } }),
    row('villages', 'new', { fields: { people: 90 } }),
  ]
  expect(settlementsNow(imported, rows)).toMatchObject([
    { id: 'a', at: [82.5, 38.5], people: 560, counted: 40 },
    { id: 'b', at: [82.8, 38.9], people: null },
    { id: 'new', people: 90 },
    { id: 'osm', people: 40 },
  ])
  expect(settlementsNow([hamlet], rows)).toEqual([hamlet])
})
