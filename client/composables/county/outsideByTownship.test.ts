import { expect, test } from 'vitest'
import { outsideByTownship } from './outsideByTownship.ts'

const place = (id: string, people: number | null, fresh = false) => ({
  id,
  name: id,
  people,
  fresh,
  durationMs: null,
  reason: 'cut_off' as const,
})

test('villages outside are summed by township, most people first, unknown kept apart', () => {
  const outside = [place('a1', 300), place('a2', null, true), place('b1', 900, true), place('c', 10)]
  const found = outsideByTownship(outside, id => ({ a: 'A', b: 'B' })[id[0]!] ?? null)
  expect(found).toEqual([
    { township: 'B', places: 1, fresh: 1, people: { known: 900, placesUnknown: 0 } },
    { township: 'A', places: 2, fresh: 1, people: { known: 300, placesUnknown: 1 } },
    { township: null, places: 1, fresh: 0, people: { known: 10, placesUnknown: 0 } },
  ])
  expect(found.reduce((sum, { places }) => sum + places, 0)).toBe(outside.length)
})

test('nobody outside is no township', () => expect(outsideByTownship([], () => null)).toEqual([]))
