import { describe, expect, test } from 'vitest'
import { Refusal } from '../../server/contract/errors.ts'
import { ROAD_FLAGS } from '../../server/contract/roads.ts'
import { ROAD_CLASSES } from '../../server/contract/settings.ts'
import { type Fixture, type FixtureNode, writePbf } from '../formats/pbf.fixture.ts'
import { openPbf } from '../formats/pbf.ts'
import { finish } from '../work.ts'
import { basemapOf } from './basemap.ts'
import { collectOsm } from './collect.ts'
import { roadWay, roadsOf } from './roads.ts'

const REFS = Float64Array.of(1, 2)
const read = (tags: Record<string, string>) => roadWay({ id: 1, refs: REFS, tags })
const classOf = (tags: Record<string, string>): string | undefined => ROAD_CLASSES[read(tags)?.cls ?? -1]
const flagged = (flag: keyof typeof ROAD_FLAGS, tags: Record<string, string>): boolean =>
  ((read({ highway: 'residential', ...tags })?.flags ?? 0) & ROAD_FLAGS[flag]) !== 0

test.each([
  ['motorway_link', 'motorway'],
  ['trunk', 'national'],
  ['primary', 'provincial'],
  ['secondary_link', 'county'],
  ['tertiary', 'township'],
  ['living_street', 'village'],
  ['service', 'service'],
  ['track', 'track'],
  ['footway', 'path'],
  ['steps', 'steps'],
  ['proposed', undefined],
  ['construction', undefined],
  ['platform', undefined],
  ['raceway', undefined],
  ['constructor', undefined],
])('highway=%s → %s', (highway, cls) => expect(classOf({ highway })).toBe(cls))

test('a ferry is no road', () => expect(read({ highway: 'primary', route: 'ferry' })).toBeNull())

describe('one-ways', () => {
  test.each([
    [{ oneway: 'yes' }, true, false],
    [{ oneway: '1' }, true, false],
    [{ oneway: '-1' }, false, true],
    [{ oneway: 'reverse' }, false, true],
    [{ oneway: 'no', junction: 'roundabout' }, false, false],
    [{ junction: 'roundabout' }, true, false],
    [{ junction: 'circular' }, true, false],
    [{ highway: 'motorway' }, true, false],
    [{ highway: 'motorway', oneway: 'no' }, false, false],
    [{}, false, false],
  ])('%o', (tags, forward, backward) => {
    expect(flagged('oneway', tags)).toBe(forward)
    expect(flagged('onewayBack', tags)).toBe(backward)
  })
  test('a lane that changes direction by the hour is not driven', () => {
    expect(flagged('noMotor', { oneway: 'reversible' })).toBe(true)
    expect(flagged('noMotor', { oneway: 'alternating' })).toBe(true)
  })
})

describe('access, most specific first', () => {
  test.each([
    [{ access: 'no' }, true],
    [{ access: 'private' }, true],
    [{ access: 'private', motor_vehicle: 'yes' }, false],
    [{ access: 'yes', vehicle: 'no' }, true],
    [{ vehicle: 'no', motor_vehicle: 'destination' }, false],
    [{ motor_vehicle: 'no', motorcar: 'yes' }, false],
    [{ access: 'no', emergency: 'yes' }, false],
    [{ access: 'no', emergency: 'designated' }, false],
    [{ access: 'agricultural' }, false],
    [{ access: 'forestry' }, false],
    [{ access: 'customers' }, false],
    [{ access: 'permit' }, false],
    [{ access: 'no;private' }, true],
    [{ access: 'agricultural;private' }, false],
    [{ highway: 'footway' }, true],
    [{ highway: 'footway', motor_vehicle: 'yes' }, false],
    [{ highway: 'pedestrian', emergency: 'yes' }, false],
    [{ highway: 'pedestrian', access: 'yes' }, true],
    [{ highway: 'steps', motor_vehicle: 'yes' }, true],
    [{ highway: 'busway' }, true],
  ])('%o → shut to motors: %s', (tags, shut) => expect(flagged('noMotor', tags)).toBe(shut))

  test('a footway that admits vehicles is driven like a track', () => {
    expect(classOf({ highway: 'footway', motor_vehicle: 'yes' })).toBe('track')
    expect(classOf({ highway: 'footway', bicycle: 'yes' })).toBe('path')
  })

  test.each([
    [{ foot: 'no' }, true],
    [{ access: 'no' }, true],
    [{ access: 'no', foot: 'yes' }, false],
    [{ highway: 'motorway' }, true],
    [{ highway: 'trunk', motorroad: 'yes' }, true],
    [{ highway: 'motorway', foot: 'yes' }, false],
    [{ motor_vehicle: 'no' }, false],
  ])('%o → shut to walkers: %s', (tags, shut) => expect(flagged('noFoot', tags)).toBe(shut))
})

test('bridges, tunnels, fords', () => {
  expect(flagged('bridge', { bridge: 'viaduct' })).toBe(true)
  expect(flagged('bridge', { bridge: 'no' })).toBe(false)
  expect(flagged('tunnel', { tunnel: 'building_passage' })).toBe(true)
  expect(flagged('tunnel', { tunnel: 'culvert' })).toBe(false)
  expect(flagged('ford', { ford: 'yes' })).toBe(true)
})

const line = (n: number, tags: Record<number, Record<string, string>> = {}): FixtureNode[] =>
  Array.from({ length: n }, (_, i) => ({ id: i + 1, lon: 112 + i / 100, lat: 36, tags: tags[i + 1] }))

const roads = (fixture: Fixture) => roadsOf(finish(collectOsm(openPbf(writePbf(fixture)))))

describe('the network', () => {
  test('holds the nodes of roads, sorted, and nothing else', () => {
    const { network, bbox } = roads({
      nodes: line(6).toReversed(),
      ways: [
        {
          id: 1,
          refs: [1, 2, 3],
          tags: { highway: 'primary', name: '滨河路', 'name:zh': '滨河路', ref: 'S329' },
        },
        { id: 2, refs: [5, 6], tags: { building: 'yes' } },
      ],
    })!
    expect([...network.nodeIds]).toEqual([1, 2, 3])
    expect(network.ways).toHaveLength(1)
    expect(network.ways[0]).toMatchObject({ id: 1, name: '滨河路', ref: 'S329' })
    expect(bbox).toEqual([112, 36, 112.02, 36])
  })

  test('no road at all is null', () => {
    expect(roads({ nodes: line(2), ways: [{ id: 1, refs: [1, 2], tags: { waterway: 'river' } }] })).toBeNull()
  })

  test('says that nodes are missing', () => {
    const { network, notes } = roads({
      nodes: line(3),
      ways: [{ id: 1, refs: [1, 2, 3, 99], tags: { highway: 'track' } }],
    })!
    expect([...network.nodeIds]).toEqual([1, 2, 3])
    expect(notes[0].en).toMatch(/1 nodes that the file does not hold/)
  })

  test('barriers on roads, by kind and access', () => {
    const tags = {
      1: { barrier: 'bollard' },
      2: { barrier: 'gate' },
      3: { barrier: 'gate', access: 'private' },
      4: { barrier: 'lift_gate', locked: 'yes', emergency: 'yes' },
      5: { barrier: 'swing_gate', locked: 'yes' },
      6: { barrier: 'bollard', motor_vehicle: 'destination' },
      7: { barrier: 'cattle_grid' },
      8: { barrier: 'block' },
    }
    const { network } = roads({
      nodes: line(8, tags),
      ways: [{ id: 1, refs: [1, 2, 3, 4, 5, 6, 7], tags: { highway: 'service' } }],
    })!
    expect(network.barriers.map(b => b.node)).toEqual([1, 3, 5])
  })

  test('a height restrictor limits its ways', () => {
    const { network } = roads({
      nodes: line(3, { 2: { barrier: 'height_restrictor', maxheight: '2.1' } }),
      ways: [
        { id: 1, refs: [1, 2], tags: { highway: 'service', maxheight: '1.9' } },
        { id: 2, refs: [2, 3], tags: { highway: 'service' } },
      ],
    })!
    expect(network.ways.map(w => w.maxheightM)).toEqual([1.9, 2.1])
  })
})

test('300 damaged files are read or refused all the way to roads and map, none crashes or hangs', () => {
  const whole = writePbf({
    packing: 'raw',
    nodes: line(5, { 2: { barrier: 'bollard' }, 3: { place: 'village', name: '村' } }),
    ways: [
      { id: 1, refs: [1, 2, 3], tags: { highway: 'primary', maxheight: '3' } },
      { id: 2, refs: [3, 4, 5, 3], tags: { highway: 'service', natural: 'water' } },
    ],
    relations: [
      {
        id: 1,
        tags: { type: 'restriction', restriction: 'no_u_turn' },
        members: [
          { type: 'way', ref: 1, role: 'from' },
          { type: 'node', ref: 3, role: 'via' },
          { type: 'way', ref: 2, role: 'to' },
        ],
      },
      {
        id: 2,
        tags: { type: 'multipolygon', natural: 'water' },
        members: [{ type: 'way', ref: 2, role: '' }],
      },
    ],
  })
  let seed = 7
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  let survived = 0
  for (let i = 0; i < 300; i++) {
    const bytes = whole.slice()
    // The first 80 bytes are the header block, which the reader's own test damages.
    for (let k = 0; k <= random(3); k++) bytes[80 + random(bytes.length - 80)] = random(256)
    try {
      const data = finish(collectOsm(openPbf(bytes)))
      const found = roadsOf(data)
      if (found) basemapOf(data, found.network.ways, [])
      survived++
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
    }
  }
  expect(survived).toBeGreaterThan(30)
  expect(survived).toBeLessThan(300)
})
