import { describe, expect, it } from 'vitest'
import { placeName, type PlaceKind } from './names.ts'
import { Random } from './random.ts'

const KINDS: PlaceKind[] = [
  'river',
  'stream',
  'mountain',
  'reservoir',
  'town',
  'subdistrict',
  'village',
  'hamlet',
  'street',
]

describe('placeName', () => {
  it('finds names for the largest county, each its own in both languages', () => {
    const random = new Random(1, 'names')
    const taken = new Set<string>()
    const names = [
      ...Array.from({ length: 500 }, () => placeName(random, 'village', taken)),
      ...Array.from({ length: 700 }, () => placeName(random, 'hamlet', taken)),
      ...Array.from({ length: 500 }, () => placeName(random, 'stream', taken)),
      ...Array.from({ length: 150 }, () => placeName(random, 'street', taken)),
    ]
    expect(new Set(names.map(name => name.zh)).size).toBe(names.length)
    expect(new Set(names.map(name => name.en)).size).toBe(names.length)
    expect(taken.size).toBe(2 * names.length)
  })

  it.each(KINDS)('writes a %s in characters and in pinyin', kind => {
    const random = new Random(2, kind)
    const taken = new Set<string>()
    for (let k = 0; k < 40; k++) {
      const { zh, en } = placeName(random, kind, taken)
      expect(zh).toMatch(/^[\u4e00-\u9fff]{2,6}$/)
      expect(en).toMatch(/^[A-Z][a-z']+( [A-Z][a-z]+)?$/)
    }
  })

  it('parts syllables where they could be read otherwise', () => {
    const random = new Random(3, 'apostrophe')
    const taken = new Set<string>()
    const names = Array.from({ length: 2000 }, () => placeName(random, 'hamlet', taken))
    const open = names.filter(name => name.zh.endsWith('家凹'))
    expect(open.length).toBeGreaterThan(3)
    expect(open.every(name => name.en.endsWith("jia'ao"))).toBe(true)
  })

  it('gives the same names for the same seed', () => {
    const draw = () => placeName(new Random(4, 'same'), 'town', new Set())
    expect(draw()).toEqual(draw())
  })

  it('says so when no name is left', () => {
    const random = new Random(5, 'all')
    const taken = new Set<string>()
    expect(() => {
      for (let k = 0; k < 20_000; k++) placeName(random, 'subdistrict', taken)
    }).toThrow(/No subdistrict name is left after \d+/)
  })
})
