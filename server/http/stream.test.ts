import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { NotWritable, Writable } from '../contract/writable.ts'
import { createMemoryStore } from '../db/memory.ts'
import { createRooms } from '../journal/rooms.ts'
import { CLOSURE, NOW, testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const PATH = '/api/counties/vale/closures'
let app: TestApp
let stop: AbortController
const open: { cancel(): Promise<void> }[] = []
beforeEach(async () => {
  stop = new AbortController()
  app = await testApp({ store: createMemoryStore('e1'), stop: stop.signal })
})
afterEach(() => Promise.all(open.splice(0).map(reader => reader.cancel())))

const close = (id: string) => app.send('POST', PATH, { id, feature: CLOSURE })

/** Listens; `next` gives each frame as [id, event, data]. */
async function listen(headers: Record<string, string> = {}, query = '') {
  const answer = await app.get(`${PATH}/stream${query}`, headers)
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const reader = answer.body!.getReader()
  open.push(reader)
  let text = ''
  const next = async (): Promise<[string, string, { seq: number }] | null> => {
    while (!text.includes('\n\n')) {
      const { value, done } = await reader.read()
      if (done) return null
      text += new TextDecoder().decode(value)
    }
    const [frame] = text.split('\n\n', 1)
    text = text.slice(frame!.length + 2)
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(frame!)?.[1]
    if (!field('event')) return next()
    return [field('id') ?? '', field('event')!, JSON.parse(field('data')!)]
  }
  return { next, cancel: () => reader.cancel() }
}

test('a new listener is told where the room stands, then each change as it is stored', async () => {
  await close('a')
  const { next } = await listen()
  expect(await next()).toEqual(['e1-1', 'ready', { seq: 1 }])
  await close('b')
  const [id, event, change] = (await next())!
  expect([id, event]).toEqual(['e1-2', 'change'])
  expect(change).toMatchObject({
    seq: 2,
    verb: 'close',
    after: 1,
    put: [{ id: 'b', rev: 2 }],
  })
  // Neither the key nor the chain of hashes is anybody's but the journal's.
  expect(Object.keys(change)).not.toContain('key')
  expect(Object.keys(change)).not.toContain('hash')
})

test('one that comes back misses nothing and gets nothing twice', async () => {
  for (const id of ['a', 'b', 'c']) await close(id)
  for (const { next } of [await listen({ 'last-event-id': 'e1-1' }), await listen({}, '?since=e1-1')]) {
    expect((await next())![0]).toBe('e1-2')
    expect((await next())![0]).toBe('e1-3')
  }
  const { next } = await listen({ 'last-event-id': 'e1-2' })
  const sent = Promise.all(['d', 'e', 'f'].map(close))
  const got = []
  for (let i = 0; i < 5; i++) got.push((await next())!.slice(0, 2))
  await sent
  expect(got.filter(([, event]) => event === 'change').map(([id]) => id)).toEqual([
    'e1-3',
    'e1-4',
    'e1-5',
    'e1-6',
  ])
  // It is told when it has caught up: until then a screen says how old it is.
  expect(got[1]).toEqual(['e1-3', 'ready'])
})

test.each(['e0-1', 'e1-9', 'e1', 'nonsense', ''])(
  'one that followed something else (%j) fetches anew',
  async last => {
    await close('a')
    const { next } = await listen({ 'last-event-id': last })
    expect(await next()).toEqual(['e1-1', 'refetch', { seq: 1 }])
    await close('b')
    expect((await next())![0]).toBe('e1-2')
  },
)

test('one that comes back after the server was restarted misses nothing either', async () => {
  const store = createMemoryStore('e1')
  const rooms = await createRooms({ store, now: () => new Date(NOW) })
  const before = await testApp({ store, rooms, stop: stop.signal })
  for (const id of ['a', 'b', 'c']) await before.send('POST', PATH, { id, feature: CLOSURE })
  await rooms.close()
  app = await testApp({ store, stop: stop.signal })
  const { next } = await listen({ 'last-event-id': 'e1-1' })
  expect([await next(), await next(), await next()].map(frame => frame!.slice(0, 2))).toEqual([
    ['e1-2', 'change'],
    ['e1-3', 'change'],
    ['e1-3', 'ready'],
  ])
})

test('one that missed too much fetches anew', async () => {
  for (let i = 0; i < 502; i++) await close(`c${i}`)
  const { next } = await listen({ 'last-event-id': 'e1-1' })
  expect((await next())![1]).toBe('refetch')
})

test('asked for its head alone, nothing goes on listening', async () => {
  const held = new Set<unknown>()
  const { signal } = stop
  vi.spyOn(signal, 'addEventListener').mockImplementation((_, listener) => void held.add(listener))
  expect((await app.send('HEAD', `${PATH}/stream`)).status).toBe(200)
  expect(held.size).toBe(0)
  await listen()
  expect(held.size).toBe(1)
})

test('streams end when the server stops, and a listener that left is forgotten', async () => {
  const [stays, leaves] = [await listen(), await listen()]
  await stays.next()
  await leaves.cancel()
  await close('a')
  expect((await stays.next())![0]).toBe('e1-1')
  stop.abort()
  expect(await stays.next()).toBeNull()
  await close('b')
})

test('a desk that asks hears who is there; whoever may not see names does not', async () => {
  const store = createMemoryStore('e1')
  const rooms = await createRooms({ store, now: () => new Date(NOW) })
  const at = async (role: 'duty' | 'wall' | 'commander') => {
    app = await testApp({ store, rooms, stop: stop.signal, viewer: { id: role, name: role, role } })
    return listen({}, '?presence=1')
  }
  const [duty, wall, commander] = [await at('duty'), await at('wall'), await at('commander')]
  for (const one of [duty, wall, commander]) expect((await one.next())![1]).toBe('ready')
  const there = (role: string) => ({ id: role, name: role, role, screens: 1, since: NOW })
  expect(await duty.next()).toEqual(['', 'presence', ['duty', 'wall', 'commander'].map(there)])
  await commander.cancel()
  expect(await duty.next()).toEqual(['', 'presence', ['duty', 'wall'].map(there)])
  await app.send('POST', PATH, { id: 'a', feature: CLOSURE })
  expect((await wall.next())![1]).toBe('change')
})

test('a stream says that commands are refused for want of a disk, at once and when it is over', async () => {
  let tell: (held: NotWritable | null) => void = () => {}
  const held = { since: NOW, reason: { zh: '磁盘已满', en: 'the disk is full' } }
  const journal: Writable = { notWritable: () => held, watchWritable: fn => ((tell = fn), () => {}) }
  app = await testApp({ store: createMemoryStore('e1'), stop: stop.signal, journal })
  const { next } = await listen()
  expect([(await next())![1], await next()]).toEqual(['ready', ['', 'writable', held]])
  tell(null)
  expect(await next()).toEqual(['', 'writable', null])
})
