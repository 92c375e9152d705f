import { describe, expect, test } from 'vitest'
import type { Facility, Settlement } from '../../../server/contract/entities.ts'
import type { LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { facilitiesOfRecords, settlementsOfRecords, teamsOfRecords } from './entities.ts'

const source = { name: 'a.xlsx', asOf: '2026-03-12' }
const record = (
  register: string,
  name: string,
  at: LonLat | null,
  fields: RegisterRecord['fields'] = {},
): RegisterRecord => ({ id: `id-${name}`, register, name, at, source, fields })
const HERE: LonLat = [112, 36]
const osm = { name: 'OpenStreetMap', asOf: null }

describe('teams', () => {
  test('with position and not out of use; turnout in minutes becomes milliseconds', () => {
    const teams = teamsOfRecords([
      record('teams', '消防', HERE, { kind: 'fire', turnoutDayMin: 1.5, state: 'ready' }),
      record('teams', '休整', HERE, { kind: 'mine', turnoutDayMin: null, state: 'resting' }),
      record('teams', '停用', HERE, { kind: 'fire', state: 'out' }),
      record('teams', '无位置', null, { kind: 'fire', state: null }),
      record('schools', '学校', HERE),
    ])
    expect(teams?.rows).toEqual([
      { id: 'id-消防', name: '消防', at: HERE, kind: 'fire', turnoutMs: 90_000, register: true, source },
      { id: 'id-休整', name: '休整', at: HERE, kind: 'mine', turnoutMs: null, register: true, source },
    ])
    expect(teams?.notes.map(note => note.en)).toEqual([
      '1 teams have no position and are left out of every calculation',
    ])
  })

  test('none in the registers leaves them to the roads’ data', () => {
    expect(teamsOfRecords([record('schools', '学校', HERE)])).toBeNull()
  })
})

test('facilities: a register replaces what the roads’ data says of its kind, not of others', () => {
  const known = (kind: Facility['kind']): Facility => ({ id: kind, name: kind, kind, at: HERE, source: osm })
  const found = facilitiesOfRecords(
    [
      record('shelters', '避难所', HERE),
      record('refuges', '避险点', HERE),
      record('shelters', '待落图', null),
    ],
    [known('shelter'), known('school'), known('assembly'), known('fire')],
  )
  expect(found?.rows.map(({ kind, name }) => [kind, name])).toEqual([
    ['shelter', '避难所'],
    ['assembly', '避险点'],
    ['school', 'school'],
    ['fire', 'fire'],
  ])
  expect(facilitiesOfRecords([record('teams', '队', HERE)], [])).toBeNull()
})

describe('settlements', () => {
  const place = (
    name: string,
    kind: Settlement['kind'],
    at: LonLat,
    people: number | null = null,
  ): Settlement => ({
    id: `osm-${name}-${at[0]}`,
    name,
    kind,
    at,
    people,
    source: osm,
  })
  const people = (rows: Settlement[]): [string, number | null, LonLat][] =>
    rows.map(row => [row.name, row.people, row.at])

  test('villages of the register, hamlets of the roads’ data; towns are names alone', () => {
    const found = settlementsOfRecords(
      [
        record('villages', '王家庄', HERE, { people: 1300, kind: 'village', hamlets: ['北沟', '南沟'] }),
        record('villages', '城南社区', [112.1, 36], { people: null, kind: 'community', hamlets: null }),
      ],
      [
        place('王家庄', 'village', [112.01, 36], 900),
        place('王家庄', 'village', [112.3, 36], 70),
        place('北沟', 'hamlet', [112.02, 36], 130),
        place('南沟', 'hamlet', [112.03, 36]),
        place('城关镇', 'town', HERE, 40_000),
      ],
    )
    expect(people(found!.rows)).toEqual([
      ['王家庄', 1170, HERE],
      ['城南社区', null, [112.1, 36]],
      // Of the same name but 27 km away: another village.
      ['王家庄', 70, [112.3, 36]],
      ['北沟', 130, [112.02, 36]],
      ['南沟', null, [112.03, 36]],
    ])
    expect(found!.rows.map(row => row.kind)).toEqual(['village', 'suburb', 'village', 'hamlet', 'hamlet'])
    expect(found!.notes).toEqual([])
  })

  test('nobody is counted twice, and nobody is lost', () => {
    const found = settlementsOfRecords(
      [record('villages', '甲村', HERE, { people: 500, hamlets: ['东沟', '西沟'] })],
      [place('东沟', 'hamlet', [112.02, 36], 80), place('西沟', 'hamlet', [112.03, 36], 60)],
    )
    expect(found!.rows.reduce((sum, row) => sum + row.people!, 0)).toBe(500)
  })

  test('a hamlet that two villages list, or larger than its village, takes nobody away', () => {
    const found = settlementsOfRecords(
      [
        record('villages', '甲村', HERE, { people: 50, hamlets: ['东沟', '大沟'] }),
        record('villages', '乙村', HERE, { people: 60, hamlets: ['东沟'] }),
      ],
      [place('东沟', 'hamlet', HERE, 20), place('大沟', 'hamlet', HERE, 90)],
    )
    expect(found!.rows.map(row => row.people)).toEqual([50, 60, 20, 90])
  })

  test('without a position: that of the only place of its name, else it is named', () => {
    const found = settlementsOfRecords(
      [
        record('villages', '李家庄', null, { people: 10 }),
        record('villages', '张家庄', null, { people: 20 }),
        record('villages', '无名庄', null, { people: null }),
      ],
      [
        place('李家庄', 'village', HERE, 8),
        place('张家庄', 'village', HERE),
        place('张家庄', 'hamlet', [113, 36]),
      ],
    )
    expect(people(found!.rows)).toEqual([
      ['李家庄', 10, HERE],
      ['张家庄', null, HERE],
      ['张家庄', null, [113, 36]],
    ])
    expect(found!.notes.map(note => note.zh)).toEqual([
      '1 个村在台账中没有位置，测算时用道路数据中的同名地点',
      '2 个村（张家庄、无名庄，至少 20 人）没有位置，不参加测算',
    ])
  })
})
