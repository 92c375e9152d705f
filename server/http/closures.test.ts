import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CLOSURE, INSIDE, NOW, refusal, testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const PATH = '/api/counties/vale/closures'
let app: TestApp
beforeEach(async () => {
  app = await testApp()
})
const close = async (body: object, headers?: Record<string, string>) => {
  const answer = await app.send('POST', PATH, { feature: CLOSURE, ...body }, headers)
  return { status: answer.status, ...(await answer.json()) }
}
const open = async (path = '') => {
  const answer = await app.send('DELETE', PATH + path)
  return { status: answer.status, ...(await answer.json()) }
}
const ids = async () => {
  const { features } = await (await app.get(PATH)).json()
  return features.map((f: { id: string }) => f.id)
}

describe('closures in force', () => {
  test('close, list, open', async () => {
    expect(await close({ id: 'bridge' })).toEqual({
      status: 201,
      seq: 1,
      closure: {
        type: 'Feature',
        id: 'bridge',
        geometry: { type: 'Point', coordinates: INSIDE },
        properties: { kind: 'flood', name: '桥头', id: 'bridge', closedAt: NOW, closedBy: 'guest', rev: 1 },
      },
    })
    expect(app.calls).toEqual([['vale', 'checkClosure', CLOSURE]])
    const listed = await (await app.get(PATH)).json()
    expect(listed).toMatchObject({ type: 'FeatureCollection', seq: 1, features: [{ id: 'bridge' }] })
    expect(await open('/bridge')).toEqual({ status: 200, seq: 2 })
    expect(await ids()).toEqual([])
  })

  test('an id is taken from the request, the feature, its properties, or made', async () => {
    await close({ feature: { ...CLOSURE, id: 7 } })
    await close({ feature: { ...CLOSURE, properties: { id: 'own' } } })
    await close({ feature: { ...CLOSURE, properties: null } })
    expect(await ids()).toEqual(['7', 'own', expect.stringMatching(/^c-[0-9a-f]{12}$/)])
    await close({ id: '桥 1/2' })
    expect(await open(`/${encodeURIComponent('桥 1/2')}`)).toEqual({ status: 200, seq: 5 })
  })

  test('a key happens once, in the body or as a header, though no id was named', async () => {
    const first = await close({ key: 'k' })
    expect(await close({ key: 'k' })).toEqual(first)
    expect(await close({}, { 'idempotency-key': 'k' })).toEqual(first)
    expect(await ids()).toHaveLength(1)
  })

  test('a key sent again with another closure is refused, and what it closed stays closed', async () => {
    await close({ key: 'k' })
    const other = { ...CLOSURE, properties: { kind: 'flood' } }
    expect(await close({ key: 'k', feature: other })).toMatchObject({ status: 409, code: 'key_reused' })
    expect(await ids()).toHaveLength(1)
  })

  test('an id too long to be kept is refused, not cut', async () => {
    const long = { ...CLOSURE, id: 'x'.repeat(65) }
    expect(await close({ feature: long })).toMatchObject({
      status: 400,
      code: 'out_of_range',
      at: 'feature.id',
    })
  })

  test('closing twice is 409, opening what is not closed 404', async () => {
    await close({ id: 'a' })
    expect(await close({ id: 'a' })).toMatchObject({ status: 409, code: 'closure_exists' })
    expect(await open('/b')).toMatchObject({ status: 404, code: 'closure_unknown' })
  })

  test('all can be opened at once', async () => {
    for (const id of ['a', 'b', 'c']) await close({ id })
    expect(await open()).toEqual({ status: 200, seq: 4 })
    expect(await ids()).toEqual([])
    expect(await open()).toEqual({ status: 200, seq: 4 })
  })

  test('what the engine refuses is not written', async () => {
    app = await testApp({ answer: () => Promise.reject(refusal('self_crossing', 422)) })
    expect(await close({ id: 'a' })).toMatchObject({ status: 422, code: 'self_crossing' })
    expect(await ids()).toEqual([])
  })

  test.each([
    ['no feature', { feature: undefined }, 400, 'missing_field', 'feature'],
    ['an unknown field', { id: 'a', why: 'rain' }, 400, 'unknown_field', 'why'],
    [
      'an unknown kind',
      { feature: { ...CLOSURE, properties: { kind: 'snow' } } },
      400,
      'not_one_of',
      'feature.properties.kind',
    ],
    ['an empty id', { id: '' }, 400, 'out_of_range', 'id'],
    [
      'elsewhere',
      { feature: { ...CLOSURE, geometry: { type: 'Point', coordinates: [9, 9] } } },
      422,
      'outside_county',
      'feature.geometry',
    ],
  ])('%s is refused', async (_, body, status, code, at) => {
    expect(await close(body)).toMatchObject({ status, code, at })
    expect(await ids()).toEqual([])
  })

  test('a county that is not there is 404', async () => {
    for (const path of ['', '/closures', '/roads.graph', '/settings', '/closures/stream']) {
      const answer = await app.get(`/api/counties/hill${path}`)
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'county_unknown'])
    }
  })

  test('a store that fails is 503, and reading goes on', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await close({ id: 'a' })
    app.store.append = () => Promise.reject(new Error('SQLITE_FULL'))
    expect(await close({ id: 'b' })).toMatchObject({ status: 503, code: 'store_unavailable' })
    expect(await ids()).toEqual(['a'])
  })
})
