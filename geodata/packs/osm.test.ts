import { expect, test } from 'vitest'
import { openPbf } from '../formats/pbf.ts'
import { areasOf } from '../osm/areas.ts'
import { collectOsm } from '../osm/collect.ts'
import { landKind, waterKind } from '../osm/land.ts'
import { settlementsOf } from '../osm/places.ts'
import { roadsOf } from '../osm/roads.ts'
import { finish } from '../work.ts'
import { osmOf, osmWayId } from './osm.ts'
import { madeRoads } from './roads/made.fixture.ts'

const { brief, land, people, network } = madeRoads(2)
const bytes = osmOf(brief, land, people, network)
const data = finish(collectOsm(openPbf(bytes)))

test('the importer reads every road, with no note', () => {
  const roads = roadsOf(data)!
  const wanted = network.ways.filter(({ tags }) => tags.highway !== undefined)
  expect(roads.network.ways.length).toBe(wanted.length)
  expect(roads.notes).toEqual([])
  expect(roads.network.restrictions.length).toBe(network.restrictions.length)
  const byId = new Map(roads.network.ways.map(way => [way.id, way]))
  for (const { way, maxWeightT } of network.bridges) {
    const read = byId.get(osmWayId(way))
    if (read) expect(read.maxweightT).toBe(maxWeightT ?? 0)
  }
})

test('the header says whose file it is and of when', () => {
  const { header } = openPbf(bytes)
  expect(header.writtenBy).toBe('fengtu')
  expect(header.asOf).toBe('2026-01-01T00:00:00.000Z')
  const [west, south, east, north] = header.bbox!
  for (const [lon, lat] of land.border) {
    expect(lon > west && lon < east && lat > south && lat < north).toBe(true)
  }
  expect(new TextDecoder().decode(bytes.subarray(0, 400))).not.toContain('/work')
})

test('people are counted once over all places', () => {
  const places = settlementsOf(data, { name: 'test', asOf: null })
  expect(places.some(({ people: count }) => count === null)).toBe(false)
  expect(places.reduce((sum, { people: count }) => sum + count!, 0)).toBe(100_000)
  expect(places.filter(({ kind }) => kind === 'town').length).toBe(9)
  expect(places.filter(({ kind }) => kind === 'city').length).toBe(1)
})

test('every area is closed: reservoirs by name, rivers, houses, fields, woods', () => {
  const water = areasOf(data, tags => waterKind(tags) !== null)
  const cover = areasOf(data, tags => landKind(tags) !== null)
  expect(water.open + cover.open).toBe(0)
  const reservoirs = water.areas.filter(({ tags }) => tags.water === 'reservoir')
  expect(new Set(reservoirs.map(({ tags }) => tags.name)).size).toBe(land.reservoirs.length)
  const kinds = new Set(cover.areas.map(({ tags }) => landKind(tags)))
  for (const kind of ['residential', 'farm', 'forest']) expect(kinds, kind).toContain(kind)
})

test('the same county is the same file to the byte', () => {
  expect(Buffer.compare(osmOf(brief, land, people, network), bytes)).toBe(0)
})
