import { expect, test } from 'vitest'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { countyFacts } from './facts.ts'

const now = new Date('2026-07-01T00:00:00Z')
const row = (
  register: string,
  id: string,
  fields: object,
  asOf: string | null = '2026-05-01',
): RegisterRecord => ({
  id,
  register,
  name: id,
  at: null,
  source: { name: '县局台账', asOf },
  fields: fields as RegisterRecord['fields'],
})
const facts = (...rows: RegisterRecord[]) =>
  countyFacts(
    new Map([...new Set(rows.map(r => r.register))].map(key => [key, rows.filter(r => r.register === key)])),
    now,
  )

test('rows are counted by state, those not known apart, never as any other', () => {
  const [teams] = facts(
    row('teams', 'a', { state: 'ready' }),
    row('teams', 'b', { state: 'ready' }),
    row('teams', 'c', { state: 'resting' }),
    row('teams', 'd', {}),
  )
  expect(teams!.parts.map(({ choice, n, shape }) => [choice?.value ?? null, n, shape])).toEqual([
    ['ready', 2, 'full'],
    ['resting', 1, 'hollow'],
    [null, 1, 'dashed'],
  ])
  expect(teams).toMatchObject({
    rows: 4,
    people: null,
    oldest: '2026-05-01',
    stale: 0,
    sources: ['县局台账'],
  })
})

test('people whose number nobody wrote down are said to be unknown, not 0', () => {
  const [points, shelters] = facts(
    row('shelters', 's', { capacity: 1200 }),
    row('shelters', 't', {}),
    row('geohazardPoints', 'p', { people: 31, level: '3' }),
    row('geohazardPoints', 'q', { people: 0 }),
  )
  expect(points).toMatchObject({ key: 'points', people: { known: 31, placesUnknown: 0 } })
  expect(shelters).toMatchObject({ key: 'shelters', parts: [], people: { known: 1200, placesUnknown: 1 } })
})

test('a fact is as old as its oldest row; of unknown age when one of them is', () => {
  const rows = [row('mines', 'a', {}, '2024-03-01'), row('mines', 'b', {}, '2026-06-01')]
  expect(facts(...rows)[0]).toMatchObject({ oldest: '2024-03-01', stale: 1 })
  expect(facts(...rows, row('mines', 'c', {}, null))[0]).toMatchObject({ oldest: null, stale: 2 })
})

test('of what the county has no row there is no fact', () => {
  expect(facts()).toEqual([])
  expect(facts(row('weatherStations', 'w', { state: 'silent' })).map(({ key }) => key)).toEqual([
    'instruments',
  ])
})
