import * as fc from 'fast-check'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { applyChanges, emptyWorld, entitiesOf } from '../contract/world.ts'
import { createMemoryStore } from '../db/memory.ts'
import type { Store } from '../db/store.ts'
import type { Command } from './decide.ts'
import { readChange } from './hash.ts'
import { createRoom } from './room.ts'
import type { Room } from './room.ts'
import { verifyJournal } from './verify.ts'

const point = { type: 'Point' as const, coordinates: [1.5, 42.5] }
const feature = { type: 'Feature' as const, geometry: point, properties: { kind: 'flood' as const } }
const close = (id: string): Command => ({ name: 'close', input: { id, feature } })
const open = (id: string): Command => ({ name: 'open', input: { id } })
const by = (key: string) => ({ actor: 'guest', key })
const now = () => new Date('2026-07-01T08:00:00Z')
const ids = (room: Room) => entitiesOf(room.world(), 'closure').map(c => c.id)

let store: Store
beforeEach(() => {
  store = createMemoryStore()
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
const enter = (clock = now) => createRoom({ store, room: 'vale', now: clock })

describe('a room', () => {
  test('what another process told of is read, though the first time the database does not answer', async () => {
    const [one, two] = [await enter(), await enter()]
    await one.run(close('a'), by('1'))
    const { read } = store
    const failing = vi.spyOn(store, 'read').mockRejectedValueOnce(new Error('gone for a moment'))
    two.refresh()
    await vi.waitFor(() => expect(ids(two)).toEqual(['a']), { timeout: 5000 })
    expect(failing.mock.calls.length).toBeGreaterThan(1)
    store.read = read
  })

  test('appends one change per command and publishes it once it is durable', async () => {
    const room = await enter()
    const seen: number[] = []
    const leave = room.subscribe(p => seen.push(p.change.seq))
    const change = await room.run(close('a'), by('1'))
    expect(change).toMatchObject({ v: 1, room: 'vale', seq: 1, verb: 'close', actor: 'guest', key: '1' })
    expect(change.put[0]).toMatchObject({ id: 'a', rev: 1, closedAt: '2026-07-01T08:00:00.000Z' })
    await room.run(open('a'), by('2'))
    leave()
    await room.run(close('a'), by('3'))
    expect(seen).toEqual([1, 2])
    expect(ids(room)).toEqual(['a'])
  })

  test('answers a key it has seen as it did then, after a restart too', async () => {
    const room = await enter()
    const first = await room.run(close('a'), by('1'))
    expect(await room.run(close('a'), by('1'))).toEqual(first)
    expect(await (await enter()).run(close('a'), by('1'))).toEqual(first)
    await expect(room.run(open('a'), by('1'))).rejects.toMatchObject({ code: 'key_reused', status: 409 })
    expect(room.world().seq).toBe(1)
  })

  test('a refused command leaves no trace and may be sent again under its key', async () => {
    const room = await enter()
    await expect(room.run(open('a'), by('1'))).rejects.toMatchObject({ code: 'closure_unknown' })
    await room.run(close('a'), by('2'))
    await room.run(open('a'), by('1'))
    expect(room.world().seq).toBe(2)
  })

  test('`at` is never before the last, though the clock goes back', async () => {
    const times = ['2026-07-01T08:00:01Z', '2026-07-01T08:00:00Z', '2026-07-01T08:00:02Z']
    const room = await enter(() => new Date(times.shift()!))
    for (const id of ['a', 'b', 'c']) await room.run(close(id), by(id))
    const at = (await room.changes(0)).map(c => c.at)
    expect(at).toEqual(['2026-07-01T08:00:01.000Z', '2026-07-01T08:00:01.000Z', '2026-07-01T08:00:02.000Z'])
  })

  test('two writers on one store decide again on what the other did', async () => {
    const [one, two] = [await enter(), await enter()]
    await one.run(close('a'), by('1'))
    await expect(two.run(close('a'), by('2'))).rejects.toMatchObject({ code: 'closure_exists' })
    await Promise.all([
      one.run(close('b'), by('3')),
      two.run(close('c'), by('4')),
      two.run(open('a'), by('5')),
    ])
    await one.run(open('b'), by('6'))
    expect(ids(one)).toEqual(['c'])
    expect(verifyJournal('vale', await store.read('vale', 0))).toBeNull()
  })

  test('a store that fails refuses the command and changes nothing', async () => {
    const room = await enter()
    await room.run(close('a'), by('1'))
    const { append } = store
    store.append = async () => Promise.reject(new Error('SQLITE_FULL'))
    await expect(room.run(close('b'), by('2'))).rejects.toMatchObject({
      code: 'store_unavailable',
      status: 503,
    })
    expect(ids(room)).toEqual(['a'])
    store.append = append
    await room.run(close('b'), by('2'))
    expect(ids(room)).toEqual(['a', 'b'])
  })

  test('an append that was written though its answer was lost counts as done', async () => {
    const room = await enter()
    const { append } = store
    store.append = async rows => append(rows).then(() => Promise.reject(new Error('torn')))
    expect(await room.run(close('a'), by('1'))).toMatchObject({ seq: 1 })
    store.append = append
    expect(await room.run(close('b'), by('2'))).toMatchObject({ seq: 2 })
  })

  test('an entity above 64 KB is refused', async () => {
    const room = await enter()
    const coordinates = Array.from({ length: 5000 }, (_, i) => [1.5 + i / 1e6, 42.5 + i / 1e6])
    const long = { ...feature, geometry: { type: 'LineString' as const, coordinates } }
    const sent = room.run({ name: 'close', input: { id: 'a', feature: long } }, by('1'))
    await expect(sent).rejects.toMatchObject({ code: 'entity_too_large', status: 413 })
  })

  test('what it answers is what the journal holds', async () => {
    const room = await enter()
    const change = await room.run(close('a'), by('1'))
    const [row] = await store.read('vale', 0)
    expect(readChange(row!)).toEqual(change)
    expect(room.head()).toBe(row!.hash)
  })

  test('commands that come together are appended together, each decided on those before it', async () => {
    const room = await enter()
    const batches: number[] = []
    const { append } = store
    store.append = rows => {
      batches.push(rows.length)
      return append(rows)
    }
    const first = room.run(close('a'), by('1'))
    const rest = Array.from({ length: 50 }, (_, i) => room.run(close(`b${i}`), by(`b${i}`)))
    const twice = [room.run(close('c'), by('c')), room.run(close('c'), by('c'))]
    const refused = room.run(close('b7'), by('late'))
    await expect(refused).rejects.toMatchObject({ code: 'closure_exists' })
    await Promise.all([first, ...rest])
    expect(await twice[0]).toEqual(await twice[1])
    expect(batches.length).toBeLessThan(5)
    expect(batches.reduce((a, b) => a + b)).toBe(52)
    expect(room.world().seq).toBe(52)
    expect(verifyJournal('vale', await store.read('vale', 0))).toBeNull()
  })

  test('what failed together leaves what it took away and put again as it was', async () => {
    const room = await enter()
    await room.run(close('a'), by('1'))
    const { append } = store
    store.append = async () => Promise.reject(new Error('SQLITE_FULL'))
    await Promise.allSettled([room.run(open('a'), by('2')), room.run(close('a'), by('3'))])
    store.append = append
    await expect(room.run(close('a'), by('4'))).rejects.toMatchObject({ code: 'closure_exists' })
    await room.run(open('a'), by('5'))
    expect(room.world()).toEqual(applyChanges(emptyWorld('vale'), await room.changes(0)))
    expect(ids(room)).toEqual([])
  })

  test('a key sent many times at once happens once, and each is answered', async () => {
    const room = await enter()
    const many = (command: Command, key: string) =>
      Promise.all(Array.from({ length: 300 }, () => room.run(command, by(key))))
    const closed = await many(close('a'), '1')
    expect(new Set(closed.map(({ seq }) => seq))).toEqual(new Set([1]))
    // Decided anew it would be a change again: only the store knows the key.
    const opened = await many({ name: 'openAll', input: {} }, '2')
    const again = await many({ name: 'openAll', input: {} }, '2')
    expect(new Set([...opened, ...again].map(({ seq }) => seq))).toEqual(new Set([2]))
    expect(room.world().seq).toBe(2)
  })

  test('a long journal without a kept world is read piece by piece', async () => {
    const room = await enter()
    const rounds = Array.from({ length: 2600 }, (_, i) => [
      room.run(close('a'), by(`c${i}`)),
      room.run(open('a'), by(`o${i}`)),
    ])
    await Promise.all(rounds.flat())
    store.snapshot = async () => null
    const { read } = store
    const found: number[] = []
    store.read = async (id, since, limit) => {
      const rows = await read(id, since, limit)
      found.push(rows.length)
      return rows
    }
    const again = await enter()
    expect(found).toEqual([5000, 200])
    expect(again.head()).toBe(room.head())
    expect(again.world()).toEqual(room.world())
  })

  test('starts from a kept world and the changes since', async () => {
    const room = await enter()
    await room.run(close('a'), by('1'))
    await room.run(close('b'), by('2'))
    await room.rest()
    await room.run(open('a'), by('3'))
    const { read } = store
    const reads: number[] = []
    store.read = (id, since, limit) => {
      reads.push(since)
      return read(id, since, limit)
    }
    const again = await enter()
    // The last ones again, for whoever comes back; only what is new is folded.
    expect(reads).toEqual([0, 2])
    expect(again.world()).toEqual(room.world())
    expect(again.head()).toBe(room.head())
    // A key from before the kept world still counts.
    expect(await again.run(close('b'), by('2'))).toMatchObject({ seq: 2 })
    await expect(again.run(open('b'), by('1'))).rejects.toMatchObject({ code: 'key_reused' })
  })

  test('a kept world that is not the journal’s is not used', async () => {
    const room = await enter()
    await room.run(close('a'), by('1'))
    await store.keepSnapshot('vale', { seq: 1, hash: room.head(), text: '{"form":1,"room":"vale","seq":7' })
    expect((await enter()).world()).toEqual(room.world())
  })

  test('folds in what another process appended when it is told', async () => {
    const [one, two] = [await enter(), await enter()]
    await one.run(close('a'), by('1'))
    const heard = new Promise(resolve => two.subscribe(p => resolve(p.change.seq)))
    two.refresh()
    expect(await heard).toBe(1)
    expect(two.world()).toEqual(one.world())
  })
})

const step = fc.record({
  verb: fc.constantFrom('close', 'open'),
  id: fc.constantFrom('a', 'b', 'c'),
  key: fc.nat(20).map(String),
  writer: fc.nat(1),
  fault: fc.constantFrom('none', 'none', 'none', 'before', 'after', 'blind'),
  ms: fc.integer({ min: -5000, max: 5000 }),
})

test('whatever happens: live worlds = the replayed world, keys happen once, the journal verifies', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      store = createMemoryStore()
      const { append, read } = store
      let ms = now().getTime()
      const rooms = [await enter(() => new Date(ms)), await enter(() => new Date(ms))]
      const acknowledged = new Map<string, number>()
      for (const { verb, id, key, writer, fault, ms: drift } of steps) {
        ms += drift
        store.append = async rows => {
          if (fault === 'before') throw new Error('before')
          const answer = await append(rows)
          if (fault === 'blind') store.read = async () => Promise.reject(new Error('blind'))
          if (fault !== 'none') throw new Error('after')
          return answer
        }
        const sent = rooms[writer]!.run(verb === 'close' ? close(id) : open(id), by(key))
        const done = await sent.catch((e: { code: string }) => e.code)
        store.read = read
        if (typeof done === 'string') continue
        expect(acknowledged.get(key) ?? done.seq).toBe(done.seq)
        acknowledged.set(key, done.seq)
      }
      store.append = append
      await rooms[0]!.run(close('last'), by('last'))
      await rooms[1]!.run(open('last'), by('end'))
      await rooms[0]!.run(close('newest'), by('newest'))

      const rows = await store.read('vale', 0)
      expect(verifyJournal('vale', rows)).toBeNull()
      const keys = rows.map(r => r.key)
      expect(new Set(keys).size).toBe(keys.length)
      for (const [key, seq] of acknowledged) expect(rows[seq - 1]!.key).toBe(key)
      const replayed = applyChanges(emptyWorld('vale'), rows.map(readChange))
      expect(rooms[0]!.world()).toEqual(replayed)
    }),
    { numRuns: 200 },
  )
})
