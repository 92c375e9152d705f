import { expect, test } from 'vitest'
import { finish } from '../work.ts'
import type { Member } from './osm-block.ts'
import { openPbf } from './pbf.ts'
import { writeOsmPbf, type OsmContent } from './pbf-write.ts'

const many = Array.from({ length: 20_001 }, (_, i) => ({
  id: i + 1,
  lonE7: 828_000_000 + 37 * i,
  latE7: -389_000_000 + 11 * i,
  tags: i % 5000 === 0 ? { name: `点${i}`, place: 'hamlet' } : ({} as Record<string, string>),
}))
const members: Member[] = [
  { type: 'way', ref: 7, role: 'from' },
  { type: 'node', ref: 20_001, role: 'via' },
  { type: 'way', ref: 3, role: 'to' },
]
const content: OsmContent = {
  bbox: [82.5, -39.25, 83.125, 38.5],
  writtenBy: 'test',
  source: '来源',
  asOfS: 1_767_225_600,
  nodes: many,
  ways: [
    { id: 3, refs: [20_001, 1, 9], tags: { highway: 'track', name: '土路' } },
    { id: 7, refs: [9, 20_001], tags: {} },
  ],
  relations: [{ id: 1, members, tags: { type: 'restriction' } }],
}

test('what is written is read back, over several blocks', () => {
  const file = openPbf(writeOsmPbf(content))
  const nodes: unknown[] = []
  const ways: unknown[] = []
  const relations: unknown[] = []
  finish(
    file.read({
      node: (id, lonE7, latE7, tags) => nodes.push({ id, lonE7, latE7, tags: { ...tags } }),
      way: (id, refs, tags) => ways.push({ id, refs: [...refs], tags: { ...tags } }),
      relation: (id, some, tags) => relations.push({ id, members: some, tags: { ...tags } }),
    }),
  )
  expect(nodes).toEqual(many)
  expect(ways).toEqual(content.ways)
  expect(relations).toEqual(content.relations)
  const { bbox, writtenBy, source } = content
  expect(file.header).toEqual({ bbox, writtenBy, source, asOf: '2026-01-01T00:00:00.000Z' })
})

test('the same content gives the same bytes', () => {
  expect(Buffer.compare(writeOsmPbf(content), writeOsmPbf(structuredClone(content)))).toBe(0)
})

test('ids that do not rise are refused', () => {
  const ways = content.ways.toReversed()
  expect(() => writeOsmPbf({ ...content, ways })).toThrow(RangeError)
})
