import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Viewer } from '../contract/viewer.ts'
import { openPersons } from '../db/persons.ts'
import { testApp, vale } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const ROOM = '/api/rooms/vale'
const PHONE = '0000-1234567'
const as = (role: Viewer['role']): Viewer => ({ id: role, name: role, role })
let folder: string
let kept: ReturnType<typeof openPersons>
let app: TestApp

const said = vi.spyOn(console, 'info')
beforeAll(() => void said.mockImplementation(() => {}))
afterAll(() => said.mockRestore())
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fengtu-persons-'))
  const imported = [{ register: 'teams', id: 'a', fields: { leader: '甲', leaderPhone: '0000-7654321' } }]
  writeFileSync(join(folder, 'persons.json'), JSON.stringify(imported))
  const { county } = vale().data
  const part = { file: 'persons.json', version: 1, sha256: '0', bytes: 1, madeFrom: [] }
  kept = openPersons(join(folder, 'persons.sqlite'), () => ({
    folder,
    county: { ...county, parts: { ...county.parts, persons: part } },
  }))
  app = await testApp({ persons: kept, viewer: as('duty') })
  for (const id of ['a', 'b']) {
    const record = {
      register: 'teams',
      id,
      name: id,
      at: null,
      source: { name: '台账', asOf: null },
      fields: { kind: 'fire' },
    }
    await app.send('POST', `${ROOM}/commands`, {
      key: id,
      name: 'saveRecord',
      input: { record, ifRev: null },
    })
  }
})
afterEach(() => {
  kept.close()
  rmSync(folder, { recursive: true })
})

const put = (id: string, body: object, who = app) =>
  who.send('PUT', `${ROOM}/persons/teams/${id}`, { key: `k${id}`, ifRev: null, ...body })
const all = async () => (await (await app.get(`${ROOM}/persons`)).json()).persons
const of = async (id: string) => (await all()).find((one: { id: string }) => one.id === id)

describe('names and telephone numbers', () => {
  test('a command sent again late does not undo what was saved since', async () => {
    const save = (leader: string, at: string) =>
      kept.save('vale', [{ register: 'teams', id: 'b', fields: { leader } }], { by: 'duty', at })
    await save('旧', '2026-07-01T08:00:00.000Z')
    await save('新', '2026-07-01T08:00:01.000Z')
    await save('旧', '2026-07-01T08:00:00.000Z')
    expect(await of('b')).toMatchObject({ fields: { leader: '新' } })
  })

  test('are the import’s until saved at a desk; the journal knows that, not what', async () => {
    expect(await of('a')).toMatchObject({ fields: { leader: '甲' } })
    expect((await put('b', { fields: { leader: '乙', leaderPhone: PHONE } })).status).toBe(200)
    expect(await of('b')).toMatchObject({ fields: { leader: '乙', leaderPhone: PHONE }, savedBy: 'duty' })
    const world = await (await app.get(`${ROOM}/world`)).text()
    expect(world).toContain('"personsSaved"')
    const journal = JSON.stringify(await app.store.read('vale', 0))
    for (const text of [world, journal]) {
      expect(text).not.toContain('乙')
      expect(text).not.toContain(PHONE)
    }
    // An edit of the row leaves the trace.
    const record = {
      register: 'teams',
      id: 'b',
      name: '新名',
      at: null,
      source: { name: '台账', asOf: null },
      fields: { kind: 'fire' },
    }
    await app.send('POST', `${ROOM}/commands`, { key: 'e', name: 'saveRecord', input: { record, ifRev: 3 } })
    expect(await (await app.get(`${ROOM}/world`)).text()).toContain('"personsSaved"')
  })

  test('of one row, edited by two: the second is refused with what stands there now', async () => {
    const rev = (await of('a')).rev
    expect(rev).toBeNull()
    expect((await put('a', { key: '1', ifRev: rev, fields: { leader: '丙' } })).status).toBe(200)
    const second = await put('a', { key: '2', ifRev: rev, fields: { leader: '丁' } })
    expect([second.status, await second.json()]).toMatchObject([
      409,
      { code: 'record_changed', current: { id: 'a', fields: { leader: '丙' }, savedBy: 'duty', rev: 3 } },
    ])
    const erased = await app.send('DELETE', `${ROOM}/persons/teams/a?ifRev=2`)
    expect((await erased.json()).code).toBe('record_changed')
    expect(await of('a')).toMatchObject({ fields: { leader: '丙' } })
    expect((await put('a', { key: '3', ifRev: 3, fields: { leader: '丁' } })).status).toBe(200)
    // Sent again because its answer was lost, it is the same save.
    expect(await (await put('a', { key: '3', ifRev: 3, fields: { leader: '丁' } })).json()).toEqual({
      seq: 4,
    })
    expect(await of('a')).toMatchObject({ fields: { leader: '丁' }, rev: 4 })
    expect(JSON.stringify(await app.store.read('vale', 0))).not.toMatch(/丙|丁/)
  })

  test('many edits of one row at once: one is saved, the others see it', async () => {
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(n => put('b', { key: `n${n}`, fields: { leader: `人${n}` } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409])
    const saved = (await of('b')).fields.leader
    for (const answer of answers.filter(({ status }) => status === 409))
      expect((await answer.json()).current.fields.leader).toBe(saved)
  })

  test('whose save ended at its trace can be read and saved again', async () => {
    const dying = { all: kept.all, save: () => Promise.reject(new Error('killed')) }
    const silent = vi.spyOn(console, 'error').mockImplementation(() => {})
    const dies = await testApp({ persons: dying, store: app.store, viewer: as('duty') })
    expect((await put('b', { fields: { leader: '乙' } }, dies)).status).toBe(500)
    silent.mockRestore()
    const after = await testApp({
      persons: kept,
      store: app.store,
      viewer: as('duty'),
      now: () => new Date('2026-07-01T09:00:00.000Z'),
    })
    const [, row] = (await (await after.get(`${ROOM}/persons`)).json()).persons
    expect(row).toEqual({ register: 'teams', id: 'b', fields: {}, rev: 3 })
    expect((await put('b', { key: 'x', ifRev: row.rev, fields: { leader: '乙' } }, after)).status).toBe(200)
  })

  test('erased they are nowhere, though the import had them', async () => {
    await put('b', { fields: { leader: '乙', leaderPhone: PHONE } })
    for (const id of ['a', 'b'])
      expect((await app.send('DELETE', `${ROOM}/persons/teams/${id}`)).status).toBe(200)
    expect(await of('a')).toMatchObject({ erased: true, fields: {}, savedBy: 'duty' })
    expect(JSON.stringify(await all())).not.toContain('甲')
    kept.close()
    expect(readFileSync(join(folder, 'persons.sqlite')).includes(PHONE)).toBe(false)
    kept = openPersons(join(folder, 'persons.sqlite'), () => undefined)
  })

  test('of a row that was removed are shown to nobody, and may be erased', async () => {
    const input = { register: 'teams', id: 'a', ifRev: 1 }
    await app.send('POST', `${ROOM}/commands`, { key: 'gone', name: 'removeRecord', input })
    expect(await of('a')).toBeUndefined()
    expect((await app.send('DELETE', `${ROOM}/persons/teams/a`)).status).toBe(200)
    const record = {
      register: 'teams',
      id: 'a',
      name: 'a',
      at: null,
      source: { name: '台账', asOf: null },
      fields: { kind: 'fire' },
    }
    await app.send('POST', `${ROOM}/commands`, {
      key: 'back',
      name: 'saveRecord',
      input: { record, ifRev: null },
    })
    expect(await of('a')).toMatchObject({ erased: true, fields: {} })
  })

  test('are for those with the right; others are told which, and it is logged', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {})
    for (const role of ['wall', 'field', 'reader', 'facilitator', 'guest'] as const) {
      const other = await testApp({ persons: kept, store: app.store, viewer: as(role) })
      const answer = await other.get(`${ROOM}/persons`)
      expect([role, answer.status]).toEqual([role, 403])
      expect(await answer.json()).toMatchObject({ code: 'right_missing', right: 'readPersons' })
    }
    expect(warned).toHaveBeenCalled()
    warned.mockRestore()
    said.mockClear()
    await app.get(`${ROOM}/persons?register=teams&id=a`)
    expect(said.mock.calls.flat()).toEqual([
      expect.stringMatching(/persons read: duty \(duty\) GET \/api\/rooms\/vale\/persons – 1$/),
    ])
  })

  test.each([
    ['a', { fields: { leaderPhone: 'call me' } }, 422],
    ['a', { fields: { kind: 'fire' } }, 422],
    ['a', { name: '张三', fields: {} }, 422],
    ['nobody', { fields: {} }, 404],
  ])('%s with %j is refused', async (id, body, status) => {
    expect((await put(id, body)).status).toBe(status)
  })
})
