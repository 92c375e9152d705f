import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entity } from './change.ts'
import { EntityMap } from './entity-map.ts'

const entity = (id: string, rev = 0) => ({ id, kind: 'k', rev }) as unknown as Entity

/** Few ids come again soon, many fill several chunks. */
const id = fc.oneof(fc.nat(8), fc.nat(300)).map(String)
/** `fork` goes on from the copy before the last: that one was thrown away. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), id }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('drop' as const), id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('copy' as const, 'fork' as const), id }) },
)

test('is a Map, in the order of a Map; no copy shows in another', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), steps => {
      let [map, oracle] = [new EntityMap(), new Map<string, Entity>()]
      const sealed: [EntityMap, Map<string, Entity>][] = []
      steps.forEach((s, rev) => {
        if (s.do === 'put') {
          map.put(entity(s.id, rev))
          oracle.set(s.id, entity(s.id, rev))
        } else if (s.do === 'drop') {
          map.drop(s.id)
          oracle.delete(s.id)
        } else {
          if (s.do === 'copy') sealed.push([map, oracle])
          const [from, like] = sealed.at(-1) ?? [new EntityMap(), new Map<string, Entity>()]
          ;[map, oracle] = [from.copy(), new Map(like)]
        }
      })
      for (const [got, wanted] of [...sealed, [map, oracle] as const]) {
        expect([...got]).toEqual([...wanted])
        expect(got.size).toBe(wanted.size)
        for (let n = 0; n <= 300; n++) expect(got.get(String(n))).toEqual(wanted.get(String(n)))
      }
    }),
    { numRuns: 200 },
  )
})

test('what was dropped and put again stands last, and gaps are closed in time', () => {
  let map = new EntityMap(Array.from({ length: 1000 }, (_, i) => entity(String(i))))
  for (let round = 0; round < 20; round++) {
    map = map.copy()
    for (let i = 0; i < 1000; i++) {
      map.drop(String(i))
      map.put(entity(String(i), round))
    }
  }
  expect([...map.keys()]).toEqual(Array.from({ length: 1000 }, (_, i) => String(i)))
  expect(map.get('7')).toMatchObject({ rev: 19 })
})

test('what a copy dropped and put again stays where it was in the one before', () => {
  const before = new EntityMap([entity('a'), entity('b')])
  const thrownAway = before.copy()
  thrownAway.drop('a')
  thrownAway.put(entity('a', 1))
  expect(before.get('a')).toEqual(entity('a'))
  const next = before.copy()
  next.put(entity('a', 2))
  expect([...next.values()]).toEqual([entity('a', 2), entity('b')])
})
