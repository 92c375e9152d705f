import * as fc from 'fast-check'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { applyChanges, canonicalText, emptyWorld } from '../contract/world.ts'
import { createMemoryStore } from '../db/memory.ts'
import type { Store } from '../db/store.ts'
import { readChange } from './hash.ts'
import type { Room } from './room.ts'
import { createRooms } from './rooms.ts'
import type { Rooms } from './rooms.ts'
import { feedOf } from '../http/feed.ts'
import { sightOf } from './sight.ts'

const MINUTE = 60_000
const DRILL = 'vale~drill'
const feature = { type: 'Feature' as const, geometry: null, properties: { kind: 'other' as const, way: 1 } }
const close = (id: string) => ({ name: 'close' as const, input: { id, feature } })
const by = (key: string) => ({ actor: 'x', key })

let ms: number
let store: Store
let rooms: Rooms
let opened: string[]
const make = (on: Store) =>
  createRooms({
    store: on,
    now: () => new Date(ms),
    onOpen: (_, room) => {
      opened.push(room.id)
      // As the computing threads do: they are no followers.
      room.subscribe(() => room.world())
    },
  })
beforeEach(async () => {
  ms = Date.parse('2026-07-01T08:00:00Z')
  opened = []
  store = createMemoryStore()
  rooms = await make(store)
  await rooms.begin('vale', 'drill', '演练', by('begin'))
})
afterEach(() => rooms.close())

/** Collects what nobody holds. */
async function collect(): Promise<void> {
  setFlagsFromString('--expose_gc')
  const gc = runInNewContext('gc') as () => void
  for (let i = 0; i < 5; i++) {
    await new Promise(setImmediate)
    gc()
  }
}
const idle = async (minutes = 20) => {
  ms += minutes * MINUTE
  await rooms.rest()
}

test('an exercise that nobody follows is let go, with its world kept, and opened again as it was', async () => {
  await (await rooms.get('vale', DRILL)).run(close('a'), by('a'))
  const before = canonicalText((await rooms.get('vale', DRILL)).world())
  expect(opened).toEqual(['vale', DRILL])
  await idle(14)
  await collect()
  await rooms.get('vale', DRILL)
  expect(opened).toEqual(['vale', DRILL])
  await idle()
  expect(await store.snapshot(DRILL)).toMatchObject({ seq: 2 })
  await collect()
  expect(canonicalText((await rooms.get('vale', DRILL)).world())).toBe(before)
  expect(opened).toEqual(['vale', DRILL, DRILL])
})

test('the real room stays, and so does an exercise that is followed; it goes when the last has left', async () => {
  const following = async () => {
    const told: number[] = []
    const leave = (await rooms.get('vale', DRILL)).subscribe(({ change }) => told.push(change.seq))
    await idle()
    await collect()
    await (await rooms.get('vale', DRILL)).run(close('a'), by('a'))
    await rooms.get('vale')
    expect([told, opened]).toEqual([[2], ['vale', DRILL]])
    leave()
    leave()
  }
  await following()
  await idle()
  await collect()
  await rooms.get('vale', DRILL)
  expect(opened).toEqual(['vale', DRILL, DRILL])
})

test('a stream that has been left holds no room', async () => {
  // Its own function: what it leaves behind is held by nobody.
  const following = async () => {
    const leave = feedOf(await rooms.get('vale', DRILL), sightOf({ role: 'duty' }), 'e').listen(() => {})
    await idle()
    await collect()
    await rooms.get('vale', DRILL)
    expect(opened).toEqual(['vale', DRILL])
    leave()
  }
  await following()
  await idle()
  await collect()
  await rooms.get('vale', DRILL)
  expect(opened).toEqual(['vale', DRILL, DRILL])
})

test('whoever still has it in hand has the one that others get, and hears of what they do', async () => {
  const mine = await rooms.get('vale', DRILL)
  await idle()
  await collect()
  const told: string[] = []
  mine.subscribe(({ change }) => told.push(change.key))
  const theirs = await rooms.get('vale', DRILL)
  expect(theirs).toBe(mine)
  await theirs.run(close('a'), by('a'))
  await mine.run(close('b'), by('b'))
  expect(told).toEqual(['a', 'b'])
})

test('one that is let go and in somebody’s hand hears of other processes too', async () => {
  const mine = await rooms.get('vale', DRILL)
  await idle()
  const other = await make(store)
  await (await other.get('vale', DRILL)).run(close('a'), by('a'))
  await expect.poll(() => mine.world().seq).toBe(2)
  await other.close()
})

test('somebody who comes while its world is written keeps it open', async () => {
  let written = () => {}
  const slow: Store = {
    ...store,
    keepSnapshot: (room, snapshot) =>
      new Promise<void>(resolve => (written = resolve)).then(() => store.keepSnapshot(room, snapshot)),
  }
  const own = await make(slow)
  const first = await own.get('vale', DRILL)
  await first.run(close('a'), by('a'))
  ms += 20 * MINUTE
  const resting = own.rest()
  await expect.poll(() => written.name).not.toBe('written')
  const second = await own.get('vale', DRILL)
  written()
  await resting
  opened = []
  await collect()
  expect(await own.get('vale', DRILL)).toBe(second)
  expect([second === first, opened]).toEqual([true, []])
  const closing = own.close()
  await new Promise(setImmediate)
  written()
  await closing
})

test('whatever comes in whatever order: no command is lost, none happens twice, all see one world', async () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('run' as const), key: fc.nat(20) }),
    fc.record({ do: fc.constant('get' as const) }),
    fc.record({ do: fc.constant('follow' as const) }),
    fc.record({ do: fc.constant('leave' as const) }),
    fc.record({ do: fc.constant('forget' as const) }),
    fc.record({ do: fc.constant('rest' as const), minutes: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ do: fc.constant('begin' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async steps => {
      const own = createMemoryStore()
      const here = await make(own)
      await here.begin('vale', 'drill', '演练', by('begin'))
      let inHand: Room[] = []
      const leaves: (() => void)[] = []
      const seen: number[][] = []
      const running: Promise<unknown>[] = []
      for (const one of steps) {
        if (one.do === 'run') {
          const room = inHand.at(-1)
          const sent = async (): Promise<unknown> => {
            const to = room ?? (await here.get('vale', DRILL))
            return to.run(close(`c${one.key}`), by(`k${one.key}`))
          }
          running.push(sent())
        } else if (one.do === 'get') inHand.push(await here.get('vale', DRILL))
        else if (one.do === 'follow') {
          const list: number[] = []
          seen.push(list)
          leaves.push((await here.get('vale', DRILL)).subscribe(({ change }) => list.push(change.seq)))
        } else if (one.do === 'leave') leaves.shift()?.()
        else if (one.do === 'forget') inHand = []
        else if (one.do === 'begin') running.push(here.begin('vale', 'drill', '演练', by('begin')))
        else {
          ms += one.minutes * MINUTE
          running.push(here.rest())
        }
      }
      await Promise.all(running)
      const rows = await own.read(DRILL, 0)
      expect(new Set(rows.map(row => row.key)).size).toBe(rows.length)
      const sent = new Set(steps.flatMap(one => (one.do === 'run' ? [`k${one.key}`] : [])))
      expect(rows.length).toBe(1 + sent.size)
      const world = canonicalText(applyChanges(emptyWorld(DRILL), rows.map(readChange)))
      for (const room of [...inHand, await here.get('vale', DRILL)])
        expect(canonicalText(room.world())).toBe(world)
      // Without a gap, and nothing twice.
      for (const list of seen) list.forEach((seq, i) => i > 0 && expect(seq).toBe(list[i - 1]! + 1))
      for (const leave of leaves) leave()
      await here.close()
    }),
    { numRuns: 60 },
  )
})
