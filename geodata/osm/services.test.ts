import { expect, test } from 'vitest'
import { type Fixture, writePbf } from '../formats/pbf.fixture.ts'
import { openPbf } from '../formats/pbf.ts'
import { finish } from '../work.ts'
import { collectOsm } from './collect.ts'
import { readPeople, settlementsOf } from './places.ts'
import { facilitiesOf, teamsOf } from './services.ts'

const SOURCE = { name: 'OpenStreetMap', asOf: null }
const collect = (fixture: Fixture) => finish(collectOsm(openPbf(writePbf(fixture))))

/** Corners of a square of 20 m or so, and the way around it. */
const square = (first: number, lon: number, lat: number) => ({
  nodes: [
    [0, 0],
    [2e-4, 0],
    [2e-4, 2e-4],
    [0, 2e-4],
  ].map(([dx, dy], i) => ({ id: first + i, lon: lon + dx, lat: lat + dy })),
  refs: [first, first + 1, first + 2, first + 3, first],
})

test('a station drawn as a point and as a building is one; areas stand at their centroid', () => {
  const house = square(100, 112, 36)
  const far = square(200, 112.1, 36)
  const data = collect({
    nodes: [
      { id: 1, lon: 112.0001, lat: 36.0001, tags: { amenity: 'fire_station', name: '县消防站' } },
      { id: 2, lon: 112.3, lat: 36, tags: { amenity: 'fire_station' } },
      { id: 3, lon: 112.4, lat: 36, tags: { amenity: 'fire_station' } },
      { id: 4, lon: 112.4, lat: 36, tags: { emergency: 'mountain_rescue', name: '蓝天' } },
      ...house.nodes,
      ...far.nodes,
    ],
    ways: [
      { id: 1, refs: house.refs, tags: { amenity: 'fire_station', name: '县消防站', building: 'yes' } },
      { id: 2, refs: far.refs, tags: { amenity: 'hospital', name: '医院', 'name:en': 'Hospital' } },
    ],
  })
  const teams = teamsOf(data, SOURCE)
  expect(teams.map(t => [t.id, t.kind, t.name])).toEqual([
    ['n1', 'fire', '县消防站'],
    ['n2', 'fire', '消防站（未命名 1）'],
    ['n3', 'fire', '消防站（未命名 2）'],
    ['n4', 'rescue', '蓝天'],
    ['w2', 'medical', '医院'],
  ])
  expect(teams[1].nameEn).toBe('Fire station (unnamed 1)')
  expect(teams[4].at[0]).toBeCloseTo(112.1001, 6)
  expect(facilitiesOf(data, SOURCE).map(f => f.kind)).toEqual(['fire', 'fire', 'fire', 'hospital'])
})

test('shelters, but not those of a bus stop', () => {
  const data = collect({
    nodes: [
      { id: 1, lon: 1, lat: 1, tags: { amenity: 'shelter', shelter_type: 'public_transport' } },
      { id: 2, lon: 1, lat: 1, tags: { amenity: 'shelter', shelter_type: 'basic_hut' } },
      { id: 3, lon: 1, lat: 1, tags: { emergency: 'assembly_point' } },
      { id: 4, lon: 1, lat: 1, tags: { amenity: 'school', name: '二小' } },
      { id: 5, lon: 1, lat: 1, tags: { emergency: 'fire_hydrant' } },
    ],
  })
  expect(facilitiesOf(data, SOURCE).map(f => [f.id, f.kind])).toEqual([
    ['n2', 'shelter'],
    ['n3', 'assembly'],
    ['n4', 'school'],
  ])
})

test('settlements: Chinese name first, an area only where no node has its name', () => {
  const area = square(100, 112, 36)
  const other = square(200, 112.2, 36)
  const data = collect({
    nodes: [
      {
        id: 1,
        lon: 112,
        lat: 36,
        tags: { place: 'village', name: 'Wang', 'name:zh': '王家庄', population: '1 204' },
      },
      { id: 2, lon: 112.1, lat: 36, tags: { place: 'locality', name: 'not a settlement' } },
      { id: 3, lon: 112.1, lat: 36, tags: { place: 'hamlet' } },
      ...area.nodes,
      ...other.nodes,
    ],
    ways: [
      { id: 1, refs: area.refs, tags: { place: 'village', name: 'Wang', 'name:zh': '王家庄' } },
      { id: 2, refs: other.refs, tags: { place: 'hamlet', name: '上庄', 'name:en': 'Upper' } },
    ],
  })
  expect(settlementsOf(data, SOURCE).map(s => [s.id, s.name, s.nameEn, s.kind, s.people])).toEqual([
    ['n1', '王家庄', 'Wang', 'village', 1204],
    ['w2', '上庄', 'Upper', 'hamlet', null],
  ])
})

test.each([
  ['1234', 1234],
  ['1 234', 1234],
  ['1,234,567', 1234567],
  ['ca. 300', 300],
  ['约300人', 300],
  ['0', 0],
  ['12.5', null],
  ['100-200', null],
  ['1,2', null],
  ['1,234 567', null],
  ['many', null],
  ['', null],
  ['-3', null],
])('population %s → %s', (text, people) => expect(readPeople(text)).toBe(people))
