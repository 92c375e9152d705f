import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges, canonicalText, emptyWorld, entitiesOf } from '../contract/world.ts'
import { createMemoryStore } from '../db/memory.ts'
import { worldAt } from './history.ts'
import { readChange } from './hash.ts'
import { PAST_EVERY, keepPast, thinned } from './past.ts'
import { createRoom } from './room.ts'
import { worldText } from './snapshots.ts'

const feature = { type: 'Feature' as const, geometry: null, properties: { kind: 'other' as const, way: 1 } }

test('past worlds are made one at a time, and one that fails keeps none waiting', async () => {
  const room = await createRoom({ store: createMemoryStore(), room: 'vale', now: () => new Date() })
  for (const id of ['a', 'b', 'c'])
    await room.run({ name: 'close', input: { id, feature } }, { actor: 'x', key: id })
  let [reading, most] = [0, 0]
  const watched = {
    ...room,
    changes: async (since: number, limit?: number) => {
      most = Math.max(most, ++reading)
      await new Promise(setImmediate)
      reading--
      return room.changes(since, limit)
    },
  }
  const torn = { ...room, changes: () => Promise.reject(new Error('torn')) }
  const [one, failed, three] = await Promise.allSettled([
    worldAt(watched, 1),
    worldAt(torn, 2),
    worldAt(watched, 3),
  ])
  expect(most).toBe(1)
  expect(failed).toMatchObject({ status: 'rejected', reason: { message: 'torn' } })
  const idsOf = (r: typeof one) =>
    r.status === 'fulfilled' ? entitiesOf(r.value, 'closure').map(c => c.id) : null
  expect([idsOf(one), idsOf(three)]).toEqual([['a'], ['a', 'b', 'c']])
})

test('a past world is the fold from the start, from whatever world of the past it is made', async () => {
  const store = createMemoryStore()
  const room = await createRoom({ store, room: 'vale', now: () => new Date() })
  const COUNT = 60
  const close = (i: number) => ({ name: 'close' as const, input: { id: `c${i % 9}`, feature } })
  for (let i = 0; i < COUNT * 2 && room.world().seq < COUNT; i++) {
    const by = { actor: 'x', key: `k${i}` }
    const open = { name: 'open' as const, input: { id: `c${(i * 5) % 9}` } }
    await (i % 3 === 2 ? room.run(open, by) : room.run(close(i), by)).catch(() => {})
  }
  const rows = await store.read('vale', 0)
  const head = rows.length
  expect(head).toBeGreaterThan(20)
  const upTo = (seq: number) => applyChanges(emptyWorld('vale'), rows.slice(0, seq).map(readChange))
  const seqOf = fc.integer({ min: 1, max: head })
  const askedOf = fc.integer({ min: 0, max: head })
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(seqOf, { maxLength: 5 }), askedOf, async (at, asked) => {
      const held = await store.pastSeqs('vale')
      for (const seq of at) {
        const text = await worldText(upTo(seq), { form: 1 })
        const fresh = createMemoryStore()
        // Packed as it is kept, whatever seq it is at.
        let packed = ''
        const catching = {
          ...fresh,
          keepPast: async (_: string, s: { text: string }) => void (packed = s.text),
        }
        await keepPast({ ...catching, pastSeqs: async () => [-PAST_EVERY] }, 'vale', {
          seq: seq + PAST_EVERY,
          hash: '',
          text,
        })
        await store.keepPast('vale', { seq, hash: rows[seq - 1]!.hash, text: packed }, held)
      }
      const read: number[] = []
      const watched = {
        ...room,
        changes: async (since: number, limit?: number) => {
          read.push(since)
          return room.changes(since, limit)
        },
      }
      expect(canonicalText(await worldAt(watched, asked))).toBe(canonicalText(upTo(asked)))
      const nearest = Math.max(0, ...(await store.pastSeqs('vale')).filter(seq => seq <= asked))
      expect(read[0] ?? asked).toBe(nearest === asked ? asked : nearest)
    }),
    { numRuns: 60 },
  )
})

test('a world of the past that cannot be read, or of another form, is passed over', async () => {
  const store = createMemoryStore()
  const room = await createRoom({ store, room: 'vale', now: () => new Date() })
  for (const id of ['a', 'b'])
    await room.run({ name: 'close', input: { id, feature } }, { actor: 'x', key: id })
  const [first] = await store.read('vale', 0)
  await store.keepPast('vale', { seq: 1, hash: first!.hash, text: 'no gzip' }, [])
  expect((await worldAt(room, 2)).seq).toBe(2)
})

test('of the past few are kept, none of them far from where somebody may ask', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 500, max: 20_000 }), { minLength: 1, maxLength: 400 }), steps => {
      let held: number[] = []
      let [head, widest] = [0, 0]
      for (const step of steps) {
        head += step
        widest = Math.max(widest, step)
        if (Math.floor(head / PAST_EVERY) <= Math.floor(Math.max(0, ...held) / PAST_EVERY)) continue
        held = [...held, head]
        const gone = new Set(thinned(held, head))
        held = held.filter(seq => !gone.has(seq))
        expect(held.at(-1)).toBe(head)
      }
      const spans = head / PAST_EVERY
      expect(held.length).toBeLessThanOrEqual(8 * (2 + Math.log2(1 + spans)))
      for (let i = 1; i < held.length; i++) {
        const age = head - held[i]!
        expect(held[i]! - held[i - 1]!).toBeLessThanOrEqual(2 * (PAST_EVERY + widest) + age)
      }
    }),
  )
})
