import { describe, expect, test } from 'vitest'
import { Refusal } from '../../server/contract/errors.ts'
import { finish } from '../work.ts'
import type { Member, Tags } from './osm-block.ts'
import { type Fixture, blob, writePbf } from './pbf.fixture.ts'
import { openPbf } from './pbf.ts'

const TOWN: Fixture = {
  asOf: '2026-04-04T20:20:37.000Z',
  nodes: [
    { id: 1, lon: 112.5, lat: 35.9, tags: { place: 'village', name: '王家庄' } },
    { id: 2, lon: 112.5000001, lat: -35.9 },
    { id: 9_000_000_000, lon: -179.9999999, lat: 89.5, tags: { barrier: 'gate' } },
    { id: -7, lon: 0, lat: 0 },
  ],
  ways: [
    { id: 10, refs: [1, 2, 9_000_000_000, -7], tags: { highway: 'track', __proto__x: 'y' } },
    { id: 11, refs: [2, 1] },
  ],
  relations: [
    {
      id: 20,
      tags: { type: 'restriction', restriction: 'no_left_turn' },
      members: [
        { type: 'way', ref: 10, role: 'from' },
        { type: 'node', ref: 1, role: 'via' },
        { type: 'way', ref: 11, role: 'to' },
      ],
    },
  ],
}

interface Seen {
  nodes: [number, number, number, Tags][]
  ways: [number, number[], Tags][]
  relations: [number, Member[], Tags][]
}

function readAll(bytes: Uint8Array): Seen {
  const seen: Seen = { nodes: [], ways: [], relations: [] }
  finish(
    openPbf(bytes).read({
      node: (id, lon, lat, tags) => seen.nodes.push([id, lon, lat, { ...tags }]),
      way: (id, refs, tags) => seen.ways.push([id, [...refs], { ...tags }]),
      relation: (id, members, tags) => seen.relations.push([id, members, { ...tags }]),
    }),
  )
  return seen
}

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'read'
}

describe('reads what was written', () => {
  for (const packing of ['zlib', 'raw'] as const) {
    for (const plainNodes of [false, true]) {
      test(`${packing}, ${plainNodes ? 'plain' : 'dense'} nodes`, () => {
        const seen = readAll(writePbf({ ...TOWN, packing, plainNodes }))
        expect(seen.nodes).toEqual([
          [1, 1_125_000_000, 359_000_000, { place: 'village', name: '王家庄' }],
          [2, 1_125_000_001, -359_000_000, {}],
          [9_000_000_000, -1_799_999_999, 895_000_000, { barrier: 'gate' }],
          [-7, 0, 0, {}],
        ])
        expect(seen.ways).toEqual([
          [10, [1, 2, 9_000_000_000, -7], { highway: 'track', __proto__x: 'y' }],
          [11, [2, 1], {}],
        ])
        expect(seen.relations).toEqual([[20, TOWN.relations![0].members, TOWN.relations![0].tags]])
      })
    }
  }

  test('header time and passes that skip what they do not want', () => {
    const file = openPbf(writePbf(TOWN))
    expect(file.header.asOf).toBe(TOWN.asOf)
    const ids: number[] = []
    for (let pass = 0; pass < 2; pass++) finish(file.read({ way: id => ids.push(id) }))
    expect(ids).toEqual([10, 11, 10, 11])
  })

  test('a tag named __proto__ stays a tag', () => {
    const tags = JSON.parse('{"__proto__":"x","highway":"path"}') as Record<string, string>
    let seen: Tags = {}
    finish(
      openPbf(writePbf({ ways: [{ id: 1, refs: [1, 2], tags }] })).read({ way: (_, __, t) => (seen = t) }),
    )
    expect(Object.entries(seen)).toEqual([
      ['__proto__', 'x'],
      ['highway', 'path'],
    ])
  })
})

const text = (s: string): Uint8Array => new TextEncoder().encode(s)

describe('refuses with a code', () => {
  test.each([
    ['an empty file', new Uint8Array(0), 'pbf_empty'],
    ['three bytes', text('abc'), 'pbf_not_osm'],
    ['a web page', text('<!DOCTYPE html><html><body>404 Not Found</body></html>'), 'pbf_not_osm'],
    ['OSM XML', text('<?xml version="1.0"?><osm version="0.6"></osm>'), 'pbf_not_osm'],
    ['a zip', text('PK\x03\x04 and so on'), 'pbf_not_osm'],
    ['zeros', new Uint8Array(1000), 'pbf_not_osm'],
    ['a file without a header block', blob('OSMData', new Uint8Array(3)), 'pbf_not_osm'],
    ['history', writePbf({ ...TOWN, requiredFeatures: ['HistoricalInformation'] }), 'pbf_feature'],
    ['an unknown feature', writePbf({ ...TOWN, requiredFeatures: ['Sparkles'] }), 'pbf_feature'],
    ['lzma', writePbf({ ...TOWN, packing: 'lzma' }), 'pbf_compression'],
    ['bzip2', writePbf({ ...TOWN, packing: 'bzip2' }), 'pbf_compression'],
    ['lz4', writePbf({ ...TOWN, packing: 'lz4' }), 'pbf_compression'],
    ['zstd', writePbf({ ...TOWN, packing: 'zstd' }), 'pbf_compression'],
  ])('%s', (_, bytes, code) => {
    expect(codeOf(() => readAll(bytes))).toBe(code)
  })

  test('the sentence names the compression and the remedy, in both languages', () => {
    try {
      readAll(writePbf({ ...TOWN, packing: 'zstd' }))
    } catch (error) {
      const { text: said, remedy } = error as Refusal
      expect(said.zh + said.en).toMatch(/zstd.*zstd/)
      expect(remedy!.zh + remedy!.en).toMatch(/osmium cat.*osmium cat/)
    }
    expect.assertions(2)
  })

  test('every cut of a file', () => {
    const bytes = writePbf(TOWN)
    const whole = new Set<number>()
    for (let end = 1; end < bytes.length; end++) {
      const code = codeOf(() => readAll(bytes.subarray(0, end)))
      if (code === 'read') whole.add(end)
      else expect(code).toMatch(/^pbf_(truncated|not_osm)$/)
    }
    // Only a cut exactly between two blocks looks like a whole file: header, nodes, ways.
    expect(whole.size).toBe(3)
  })

  const header = writePbf({})
  const withData = (content: Uint8Array, packing: 'raw' | 'zlib' = 'zlib', rawSize?: number): Uint8Array =>
    Buffer.concat([header, blob('OSMData', content, packing, rawSize)])

  test('a blob that unpacks to more than 32 MiB, whatever it says of itself', () => {
    const bomb = new Uint8Array(33 * 1024 * 1024)
    expect(codeOf(() => readAll(withData(bomb, 'zlib', 1000)))).toBe('pbf_too_large')
    expect(codeOf(() => readAll(withData(new Uint8Array(8), 'zlib', 2 ** 31)))).toBe('pbf_too_large')
  })

  test('a size that is not what was said, a string index out of range, garbage', () => {
    expect(codeOf(() => readAll(withData(new Uint8Array(8), 'zlib', 9)))).toBe('pbf_damaged')
    // PrimitiveBlock { group { way { id: 1, keys: [5], vals: [6] } } } without any string.
    const way = [0x08, 1, 0x12, 1, 5, 0x1a, 1, 6]
    const group = [0x1a, way.length, ...way]
    expect(codeOf(() => readAll(withData(Uint8Array.from([0x12, group.length, ...group]))))).toBe(
      'pbf_damaged',
    )
    expect(codeOf(() => readAll(withData(new Uint8Array(64).fill(0xff))))).toBe('pbf_damaged')
  })
})

test('300 mutants are read or refused, none crashes or hangs', () => {
  let seed = 20_260_404
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const outcomes: Record<string, number> = {}
  const started = performance.now()
  for (let i = 0; i < 300; i++) {
    const bytes = writePbf({ ...TOWN, packing: i % 2 ? 'raw' : 'zlib', plainNodes: i % 3 === 0 }).slice()
    for (let k = 0; k <= random(4); k++) bytes[random(bytes.length)] = random(256)
    const code = codeOf(() => readAll(bytes))
    outcomes[code] = (outcomes[code] ?? 0) + 1
  }
  expect(Object.keys(outcomes).every(code => code === 'read' || code.startsWith('pbf_'))).toBe(true)
  expect(outcomes.pbf_damaged).toBeGreaterThan(20)
  expect(performance.now() - started).toBeLessThan(10_000)
})
