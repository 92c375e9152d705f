import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Change } from '../contract/change.ts'
import type { WorldText } from '../contract/world.ts'
import { applyChanges, canonicalText, emptyWorld, unflatten } from '../contract/world.ts'
import type { Viewer } from '../contract/viewer.ts'
import { createMemoryStore } from '../db/memory.ts'
import { readChange } from '../journal/hash.ts'
import { testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const ROOM = '/api/rooms/vale'
const duty: Viewer = { id: 'duty', name: '值班员', role: 'duty' }
let app: TestApp
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  app = await testApp({ store: createMemoryStore('e1'), viewer: duty })
})

let key = 0
const send = async (name: string, input: unknown, as = app, k = `k${key++}`) => {
  const answer = await as.send('POST', `${ROOM}/commands`, { key: k, name, input })
  return { status: answer.status, ...(await answer.json()) }
}
const team = (id: string, name = `队伍 ${id}`, people: number | null = 36) => ({
  register: 'teams',
  id,
  name,
  at: [1.5, 42.5],
  source: { name: '台账', asOf: '2026-03' },
  fields: { kind: 'fire', people },
})
const get = async (path: string, as = app) => (await as.get(`${ROOM}${path}`)).json()
const hash = (text: string) => createHash('sha256').update(text).digest('hex')

describe('commands', () => {
  test('a row is saved, changed and removed; the answer is the change', async () => {
    expect(await send('saveRecord', { record: team('a'), ifRev: null })).toMatchObject({
      status: 200,
      seq: 1,
      changes: [{ seq: 1, actor: 'duty', verb: 'saveRecord', put: [{ kind: 'teams', id: 'a', rev: 1 }] }],
    })
    await send('saveRecord', { record: team('a', '改名'), ifRev: 1 })
    expect((await get('/world')).entities).toMatchObject([{ id: 'a', name: '改名', rev: 2, was: 1 }])
    expect(await send('removeRecord', { register: 'teams', id: 'a', ifRev: 2 })).toMatchObject({ seq: 3 })
    expect((await get('/world')).entities).toEqual([])
  })

  test('sent twice under one key it happens once', async () => {
    const input = { record: team('a'), ifRev: null }
    const first = await send('saveRecord', input, app, 'same')
    expect(await send('saveRecord', input, app, 'same')).toEqual(first)
    expect(await send('saveRecord', { ...input, record: team('b') }, app, 'same')).toMatchObject({
      status: 409,
      code: 'key_reused',
    })
    expect((await get('/world')).seq).toBe(1)
  })

  test('the second of two editors is shown what the first one saved', async () => {
    await send('saveRecord', { record: team('a'), ifRev: null })
    await send('saveRecord', { record: team('a', '甲改的'), ifRev: 1 })
    expect(await send('saveRecord', { record: team('a', '乙改的'), ifRev: 1 })).toMatchObject({
      status: 409,
      code: 'record_changed',
      at: 'ifRev',
      current: { name: '甲改的', rev: 2, savedBy: 'duty' },
    })
  })

  test.each([
    ['an unknown command', 'fly', {}, 400],
    ['a field that is not there', 'saveRecord', { record: { ...team('a'), wings: 2 }, ifRev: null }, 400],
    [
      'longitude and latitude swapped',
      'saveRecord',
      { record: { ...team('a'), at: [38.9, 112] }, ifRev: null },
      400,
    ],
    [
      'no register of that name',
      'saveRecord',
      { record: { ...team('a'), register: 'ships' }, ifRev: null },
      404,
    ],
    ['a command of the server’s own', 'adoptRecords', { records: [], gone: [], done: null }, 403],
  ])('%s is refused with a code and what is wrong', async (_, name, input, status) => {
    const answer = await send(name, input)
    expect(answer).toMatchObject({ status, code: expect.any(String), message: expect.any(String) })
    expect((await get('/world')).seq).toBe(0)
  })

  test('whoever lacks the right is told which', async () => {
    const wall = await testApp({ viewer: { id: 'w', name: '大屏', role: 'wall' } })
    expect(await send('saveRecord', { record: team('a'), ifRev: null }, wall)).toMatchObject({
      status: 403,
      code: 'right_missing',
      message: expect.stringContaining('修改台账'),
    })
  })

  test.each(['', 'a\0b', 'half \ud83d', 'x'.repeat(129)])('the key %j is refused', async k => {
    expect(await send('openAll', {}, app, k)).toMatchObject({ status: 400, at: 'key' })
  })

  test('an unknown room is 404', async () => {
    for (const room of ['vale~drill', 'elsewhere']) {
      expect((await app.get(`/api/rooms/${room}/world`)).status).toBe(404)
    }
  })
})

describe('the world', () => {
  beforeEach(async () => {
    await send('saveRecord', { record: team('a'), ifRev: null })
    await send('saveRecord', { record: team('b'), ifRev: null })
    await send('saveRecord', { record: team('a', '改名'), ifRev: 1 })
    await send('removeRecord', { register: 'teams', id: 'b', ifRev: 2 })
  })

  test('live = over HTTP = the fold of the journal', async () => {
    const wire = (await get('/world')) as WorldText
    const journal = (await app.store.read('vale', 0)).map(readChange)
    const folded = applyChanges(emptyWorld('vale'), journal)
    expect(hash(canonicalText(unflatten(wire)))).toBe(hash(canonicalText(folded)))
    expect(wire).toMatchObject({ room: 'vale', seq: 4, epoch: 'e1' })
  })

  test('as it was after a change or at an instant', async () => {
    expect((await get('/world?at=2')).entities.map((e: { id: string }) => e.id)).toEqual(['a', 'b'])
    expect((await get('/world?at=0')).entities).toEqual([])
    expect((await get('/world?at=2020-01-01T00:00:00Z')).entities).toEqual([])
    expect((await get('/world?at=2030-01-01T00:00:00Z')).entities).toMatchObject([{ id: 'a', name: '改名' }])
    expect(await get('/world?at=yesterday')).toMatchObject({ code: 'out_of_range' })
  })

  test('is not sent again to one who has it', async () => {
    const answer = await app.get(`${ROOM}/world`)
    const again = await app.get(`${ROOM}/world`, { 'if-none-match': answer.headers.get('etag')! })
    expect(again.status).toBe(304)
  })
})

describe('changes', () => {
  beforeEach(async () => {
    for (const id of ['a', 'b']) await send('saveRecord', { record: team(id), ifRev: null })
    await send('saveRecord', { record: team('a', '一改'), ifRev: 1 })
    await send('saveRecord', { record: team('a', '二改'), ifRev: 3 })
    await send('removeRecord', { register: 'teams', id: 'a', ifRev: 4 })
    await send('saveRecord', { record: team('a', '又来'), ifRev: null })
  })
  const seqs = ({ changes }: { changes: Change[] }) => changes.map(change => change.seq)

  test('in order, from and up to', async () => {
    expect(seqs(await get('/changes'))).toEqual([1, 2, 3, 4, 5, 6])
    expect(seqs(await get('/changes?since=2&until=4'))).toEqual([3, 4])
    expect(await get('/changes?limit=2')).toMatchObject({ more: true, changes: [{ seq: 1 }, { seq: 2 }] })
  })

  test('of one row, newest first, across its removal', async () => {
    const history = await get('/changes?entity=teams/a')
    expect(seqs(history)).toEqual([6, 5, 4, 3, 1])
    expect(history.changes[1]).toMatchObject({ verb: 'removeRecord', actor: 'duty', drop: [{ id: 'a' }] })
    expect(history.changes[2].put[0]).toMatchObject({ name: '二改', was: 3 })
    expect(seqs(await get('/changes?entity=teams/b'))).toEqual([2])
    expect(seqs(await get('/changes?entity=teams/nobody'))).toEqual([])
    expect(await get('/changes?entity=teams')).toMatchObject({ code: 'out_of_range', at: 'entity' })
  })
})

test('a note that speaks of what some may not see is not theirs, live or later', async () => {
  const source = { name: '台账', asOf: null }
  const row = (register: string, id: string, fields: object) => {
    return { register, id, name: id, at: null, source, fields }
  }
  const officer = row('liaisonOfficers', 'p1', { township: 't', from: '应急局' })
  const put = [team('a'), row('townships', 't', { kind: 'town' }), officer].map(record => ({
    record,
    ifRev: null,
  }))
  expect(await send('saveRecords', { put, drop: [], note: '找老张' })).toMatchObject({ status: 200 })
  await send('saveRecord', { record: team('b'), ifRev: null, note: '新车' })
  const wall = await testApp({ store: app.store, viewer: { id: 'w', name: '大屏', role: 'wall' } })
  const notes = async (path: string, as: TestApp) =>
    (await get(path, as)).changes.map((change: Change) => change.note)
  expect(await notes('/changes', app)).toEqual(['找老张', '新车'])
  expect(await notes('/changes', wall)).toEqual([null, '新车'])
  expect(await notes('/changes?entity=teams/a', app)).toEqual(['找老张'])
  expect(await notes('/changes?entity=teams/a', wall)).toEqual([null])
  expect(await notes('/changes?entity=liaisonOfficers/p1', wall)).toEqual([])
})

describe('exercises', () => {
  const facilitator: Viewer = { id: 'f', name: '导调', role: 'facilitator' }
  const begin = async (as: TestApp, body: object) => {
    const answer = await as.send('POST', '/api/rooms', {
      key: 'b1',
      county: 'vale',
      slug: 'flood',
      name: '汛期演练',
      ...body,
    })
    return { status: answer.status, ...(await answer.json()) }
  }
  let drill: TestApp
  beforeEach(async () => {
    await send('saveRecord', { record: team('a'), ifRev: null })
    drill = await testApp({ store: app.store, viewer: facilitator })
  })

  test('one begins with the situation as it is, and from then on nothing crosses', async () => {
    const begun = await begin(drill, {})
    expect(begun).toMatchObject({
      status: 201,
      id: 'vale~flood',
      exercise: true,
      parent: { room: 'vale', seq: 1 },
      begunBy: 'f',
    })
    await send('saveRecord', { record: team('a', '改名'), ifRev: 1 })
    // Sent again when the situation has gone on, it is still the same exercise.
    expect(await begin(drill, {})).toEqual(begun)
    expect(await begin(drill, { key: 'b2' })).toMatchObject({ status: 409, code: 'room_exists' })
    const world = async (room: string) =>
      (await (await drill.get(`/api/rooms/${room}/world`)).json()) as WorldText
    const teams = ({ entities }: WorldText) => entities.filter(e => e.kind === 'teams')
    expect(teams(await world('vale~flood'))).toMatchObject([{ id: 'a', name: '队伍 a', rev: 1 }])

    const real = (await world('vale')).seq
    const close = {
      key: 'c',
      name: 'close',
      input: { id: 'x', feature: { type: 'Feature', geometry: null, properties: { way: 7 } } },
    }
    expect((await drill.send('POST', '/api/rooms/vale~flood/commands', close)).status).toBe(200)
    expect((await world('vale')).seq).toBe(real)
    expect((await world('vale')).entities.map(e => e.kind)).toEqual(['teams'])
    await send('saveRecord', { record: team('b'), ifRev: null })
    expect(teams(await world('vale~flood'))).toHaveLength(1)
    const { rooms } = await (await drill.get('/api/rooms?county=vale')).json()
    expect(rooms.map((r: { id: string }) => r.id)).toEqual(['vale', 'vale~flood'])
  })

  test('one that was looked for before it was there can still be begun', async () => {
    const early = drill.get('/api/rooms/vale~flood/world')
    expect(await begin(drill, {})).toMatchObject({ status: 201 })
    expect((await early).status).toBeOneOf([200, 404])
    expect((await drill.get('/api/rooms/vale~flood/world')).status).toBe(200)
  })

  test('their list does not read again what they began with', async () => {
    await begin(drill, {})
    const { read } = app.store
    let reads = 0
    app.store.read = (...of) => {
      reads++
      return read(...of)
    }
    for (let i = 0; i < 3; i++) await drill.get('/api/rooms?county=vale')
    expect(reads).toBe(1)
  })

  test('are for those who may run one', async () => {
    expect(await begin(app, {})).toMatchObject({ status: 403, code: 'right_missing' })
  })
})
