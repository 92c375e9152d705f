import { beforeAll, describe, expect, test, vi } from 'vitest'
import { FICTIONAL_MARK } from '../contract/county.ts'
import { CLOSURE, INSIDE, NOW, refusal, testApp, vale } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
const zh = { 'accept-language': 'zh-CN,zh;q=0.9' }
const en = { 'accept-language': 'en-US' }
const post = (path: string, body: unknown, headers = en) => app.send('POST', path, body, headers)
const matrix = { county: 'vale', profile: 'heavy', from: [INSIDE], to: [INSIDE] }

describe('good requests reach the engine with room, defaults and clock', () => {
  test.each([
    ['matrix', '/api/matrix', matrix, [{ ...matrix, room: 'vale' }]],
    [
      'route',
      '/api/route',
      { county: 'vale', profile: { base: 'heavy', weightT: 30 }, from: INSIDE, to: INSIDE, room: 'vale' },
      [{ county: 'vale', profile: { base: 'heavy', weightT: 30 }, from: INSIDE, to: INSIDE, room: 'vale' }],
    ],
    [
      'isochrones',
      '/api/isochrones',
      { county: 'vale', points: 'teams', closures: [CLOSURE] },
      [
        {
          county: 'vale',
          points: 'teams',
          closures: [CLOSURE],
          profile: 'heavy',
          minutes: [15, 30, 60],
          direction: 'from',
          room: 'vale',
        },
      ],
    ],
    [
      'dispatch',
      '/api/dispatch',
      { county: 'vale', at: INSIDE },
      [{ county: 'vale', at: INSIDE, profile: 'heavy', count: 50, room: 'vale' }, NOW],
    ],
    ['nearestRoad', '/api/nearest-road', { county: 'vale', at: INSIDE }, [INSIDE, 1000]],
  ])('%s', async (method, path, body, args) => {
    const answer = await post(path, body)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    // The county of these tests is invented.
    expect(await answer.json()).toEqual({ fictional: FICTIONAL_MARK, fake: true })
    expect(app.calls.at(-1)).toEqual(['vale', method, ...args])
  })
})

test('an answer about a real county carries no mark', async () => {
  const real = vale()
  real.data.county.fictional = false
  const counties = { list: () => [real], get: () => real, problems: () => [] }
  const answer = await (await testApp({ counties })).send('POST', '/api/matrix', matrix)
  expect(await answer.json()).toEqual({ fake: true })
})

const from = (...points: unknown[]) => ({ ...matrix, from: points })
const shape = (coordinates: unknown, type = 'Point') => ({
  ...matrix,
  closures: [{ ...CLOSURE, geometry: { type, coordinates } }],
})

describe('bad requests are refused by a code, where, and the remedy', () => {
  test.each<[string, unknown, number, string, string | undefined]>([
    ['no JSON', '{"county": vale}', 400, 'bad_json', undefined],
    ['NaN', '{"county":"vale","from":[[NaN,1]]}', 400, 'bad_json', undefined],
    ['no object', [], 400, 'wrong_type', undefined],
    ['an empty object', {}, 400, 'missing_field', 'county'],
    ['an unknown county', { ...matrix, county: 'hill' }, 404, 'county_unknown', 'county'],
    ['a path for a county', { ...matrix, county: '../vale' }, 400, 'bad_format', 'county'],
    ['an unknown room', { ...matrix, room: 'vale~drill' }, 404, 'room_unknown', 'room'],
    ["another county's room", { ...matrix, room: 'hill' }, 404, 'room_unknown', 'room'],
    ['an unknown field', { ...matrix, form: [] }, 400, 'unknown_field', 'form'],
    [
      'an unknown field inside',
      { ...matrix, profile: { base: 'heavy', wieghtT: 3 } },
      400,
      'unknown_field',
      'profile.wieghtT',
    ],
    ['an unknown profile', { ...matrix, profile: 'tank' }, 400, 'not_one_of', 'profile'],
    ['an unknown base', { ...matrix, profile: { base: 'tank' } }, 400, 'not_one_of', 'profile.base'],
    [
      'a vehicle of text',
      { ...matrix, profile: { base: 'heavy', weightT: '3' } },
      400,
      'not_a_number',
      'profile.weightT',
    ],
    [
      'a vehicle too high',
      { ...matrix, profile: { base: 'heavy', heightM: 11 } },
      400,
      'out_of_range',
      'profile.heightM',
    ],
    ['null for a number', from(INSIDE, [1.5, null]), 400, 'not_a_number', 'from[1][1]'],
    ['text for a number', from(['1.5', 42.5]), 400, 'not_a_number', 'from[0][0]'],
    ['one number', from([1.5]), 400, 'bad_point', 'from[0]'],
    ['three numbers', from([1.5, 42.5, 900]), 400, 'bad_point', 'from[0]'],
    ['text for a point', from('1.5,42.5'), 400, 'wrong_type', 'from[0]'],
    ['swapped', from(INSIDE, [42.5, 1.5]), 400, 'lon_lat_swapped', 'from[1]'],
    ['swapped beyond the pole', from([42.5, 100.5]), 400, 'lon_lat_swapped', 'from[0]'],
    ['off the planet', from([200, 300]), 400, 'not_on_earth', 'from[0]'],
    ['outside', from([1.5, 43.5]), 422, 'outside_county', 'from[0]'],
    ['no source', from(), 400, 'too_few', 'from'],
    ['10,000 sources', from(...Array.from({ length: 10_000 }, () => INSIDE)), 400, 'too_many', 'from'],
    ['a negative delay', { ...matrix, delaysMs: [-1] }, 400, 'out_of_range', 'delaysMs[0]'],
    ['a closure elsewhere', shape([8, 50]), 422, 'outside_county', 'closures[0].geometry'],
    ['a closure swapped', shape([42.5, 1.5]), 400, 'lon_lat_swapped', 'closures[0].geometry'],
    ['a closure off the planet', shape([500, 500]), 400, 'not_on_earth', 'closures[0].geometry'],
    ['a closure of text', shape(['a', 'b']), 400, 'not_a_number', 'closures[0].geometry.coordinates[0]'],
    [
      'a ring of two points',
      shape([[INSIDE, INSIDE]], 'Polygon'),
      400,
      'too_few',
      'closures[0].geometry.coordinates[0]',
    ],
    [
      'a line of one point',
      shape([INSIDE], 'LineString'),
      400,
      'too_few',
      'closures[0].geometry.coordinates',
    ],
    ['a closure of no known shape', shape([], 'Circle'), 400, 'not_one_of', 'closures[0].geometry.type'],
    [
      'a closure with an unknown field',
      { ...matrix, closures: [{ ...CLOSURE, properties: { colour: 'red' } }] },
      400,
      'unknown_field',
      'closures[0].properties.colour',
    ],
  ])('%s', async (_, body, status, code, at) => {
    const answer = await post('/api/matrix', body)
    const said = await answer.json()
    expect([answer.status, said.code, said.at]).toEqual([status, code, at])
    expect(said.message).not.toMatch(/undefined|\[object/)
    expect(said.remedy).toBeTruthy()
  })

  test.each([
    ['route', { from: INSIDE, to: [42.5, 1.5] }, 'lon_lat_swapped', 'to'],
    ['isochrones', { points: [{ at: [1.5, 44] }] }, 'outside_county', 'points[0].at'],
    ['isochrones', { points: [] }, 'too_few', 'points'],
    ['isochrones', { points: Array.from({ length: 10_000 }, () => ({ at: INSIDE })) }, 'too_many', 'points'],
    ['isochrones', { points: 'team' }, 'not_one_of', 'points'],
    ['isochrones', { points: [{ at: INSIDE, wait: 3 }] }, 'unknown_field', 'points[0].wait'],
    ['isochrones', { points: 'teams', minutes: [15, 0] }, 'out_of_range', 'minutes[1]'],
    ['isochrones', { points: 'teams', direction: 'up' }, 'not_one_of', 'direction'],
    ['dispatch', { at: [1.5] }, 'bad_point', 'at'],
    ['dispatch', { at: INSIDE, count: 1.5 }, 'not_a_number', 'count'],
    ['nearest-road', { at: [42.5, 1.5] }, 'lon_lat_swapped', 'at'],
  ])('%s %o', async (path, q, code, at) => {
    const body = { county: 'vale', ...(path === 'route' && { profile: 'heavy' }), ...q }
    const said = await (await post(`/api/${path}`, body)).json()
    expect([said.code, said.at]).toEqual([code, at])
  })

  test('a body above 2 MB is refused, announced or not', async () => {
    const large = JSON.stringify({ ...matrix, room: 'x'.repeat(2_200_000) })
    expect((await post('/api/matrix', large)).status).toBe(413)
    const told = await post('/api/matrix', '{}', { ...en, 'content-length': '9999999' } as typeof en)
    expect(await told.json()).toMatchObject({ code: 'body_too_large' })
  })

  test('a form is no JSON', async () => {
    const answer = await post('/api/matrix', 'a=b', { ...en, 'content-type': 'text/plain' } as typeof en)
    expect(await answer.json()).toMatchObject({ code: 'not_json' })
  })
})

const say = async (headers: Record<string, string>) =>
  (await (await app.send('POST', '/api/matrix', from([42.5, 1.5]), headers)).json()) as {
    message: string
  }

describe('refusals', () => {
  test('speak the reader’s language, both where it is not known', async () => {
    expect((await say(zh)).message).toBe('from[0]：经纬度颠倒')
    expect((await say(en)).message).toBe('from[0]: lon and lat look swapped')
    expect((await say({ 'accept-language': 'fr, en;q=0.8' })).message).toMatch(/^from\[0\]: lon/)
    for (const unknown of ['*', '']) {
      expect((await say({ 'accept-language': unknown })).message).toMatch(/经纬度颠倒 \/ .*swapped/)
    }
  })

  test('of the engine pass with their particulars; its crashes are 500 and say nothing of the inside', async () => {
    const cut = await testApp({ answer: () => Promise.reject(refusal('cut_off')) })
    const answer = await cut.send('POST', '/api/matrix', matrix, zh)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toEqual({
      code: 'cut_off',
      message: '不行',
      at: 'to',
      remedy: '办法',
      closures: ['a'],
    })
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = await testApp({ answer: () => Promise.reject(new Error('/srv/secret')) })
    const crash = await broken.send('POST', '/api/matrix', matrix)
    expect(crash.status).toBe(500)
    expect(await crash.text()).not.toMatch(/secret/)
  })

  test('no road nearby is said with the distance', async () => {
    const lost = await testApp({ answer: () => null })
    const answer = await lost.send('POST', '/api/nearest-road', { county: 'vale', at: INSIDE }, en)
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({
      code: 'off_network',
      message: 'No road within 1000 m',
      at: 'at',
    })
  })
})
