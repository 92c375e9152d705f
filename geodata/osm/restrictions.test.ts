import { describe, expect, test } from 'vitest'
import { type FixtureWay, writePbf } from '../formats/pbf.fixture.ts'
import { openPbf } from '../formats/pbf.ts'
import { finish } from '../work.ts'
import { collectOsm } from './collect.ts'
import { roadsOf } from './roads.ts'

const NODES = Array.from({ length: 5 }, (_, i) => ({ id: i + 1, lon: 112 + i / 100, lat: 36 }))

describe('turn restrictions', () => {
  const ways: FixtureWay[] = [
    { id: 1, refs: [1, 2], tags: { highway: 'primary' } },
    { id: 2, refs: [2, 3], tags: { highway: 'primary' } },
    { id: 3, refs: [3, 4], tags: { highway: 'primary' } },
    { id: 4, refs: [4, 5], tags: { waterway: 'river' } },
  ]
  const of = (tags: Record<string, string>, ...members: [string, 'node' | 'way', number][]) =>
    roadsOf(
      finish(
        collectOsm(
          openPbf(
            writePbf({
              nodes: NODES,
              ways,
              relations: [
                {
                  id: 7,
                  tags: { type: 'restriction', ...tags },
                  members: members.map(([role, type, ref]) => ({ role, type, ref })),
                },
              ],
            }),
          ),
        ),
      ),
    )!
  const PLAIN: [string, 'node' | 'way', number][] = [
    ['from', 'way', 1],
    ['via', 'node', 2],
    ['to', 'way', 2],
  ]

  test('over a node, over a way, several from', () => {
    expect(of({ restriction: 'only_straight_on' }, ...PLAIN).network.restrictions).toEqual([
      { id: 7, kind: 'only', fromWay: 1, viaNode: 2, viaWays: [], toWay: 2 },
    ])
    expect(
      of({ restriction: 'no_u_turn' }, ['from', 'way', 1], ['via', 'way', 2], ['to', 'way', 3]).network
        .restrictions,
    ).toEqual([{ id: 7, kind: 'no', fromWay: 1, viaNode: null, viaWays: [2], toWay: 3 }])
    const several = of({ restriction: 'no_entry' }, ['from', 'way', 2], ...PLAIN)
    expect(several.network.restrictions.map(r => r.fromWay)).toEqual([2, 1])
  })

  test('those not meant for us leave no note', () => {
    const others: Record<string, string>[] = [
      { restriction: 'no_left_turn', except: 'bus;emergency' },
      { 'restriction:conditional': 'no_left_turn @ (07:00-09:00)' },
      { 'restriction:hgv': 'no_left_turn' },
    ]
    for (const tags of others) {
      const { network, notes } = of(tags, ...PLAIN)
      expect(network.restrictions).toEqual([])
      expect(notes).toEqual([])
    }
  })

  test('those that cannot be followed are noted', () => {
    const broken: [string, 'node' | 'way', number][][] = [
      [
        ['from', 'way', 1],
        ['to', 'way', 2],
      ],
      [
        ['from', 'way', 1],
        ['via', 'node', 2],
        ['to', 'way', 99],
      ],
      [
        ['from', 'way', 1],
        ['via', 'node', 2],
        ['to', 'way', 3],
      ],
      [
        ['from', 'way', 1],
        ['via', 'way', 4],
        ['to', 'way', 3],
      ],
      [
        ['from', 'way', 3],
        ['via', 'node', 4],
        ['to', 'way', 4],
      ],
    ]
    for (const members of broken) {
      const { network, notes } = of({ restriction: 'no_left_turn' }, ...members)
      expect(network.restrictions).toEqual([])
      expect(notes[0].en).toMatch(/1 turn restrictions could not be resolved/)
    }
  })
})
