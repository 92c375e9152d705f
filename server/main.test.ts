import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { CORNER, writeCounty } from './db/county.fixture.ts'
import { serve } from './main.ts'
import type { Serving } from './main.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'fengtu-main-'))
const options = { port: 0, host: '127.0.0.1', dataDir, clientDir: null }
const TEAM = CORNER
const VILLAGE: [number, number] = [CORNER[0] + 0.005, CORNER[1] + 0.005]
/** Across every street from the south-west corner. */
const RIVER = {
  type: 'Feature',
  geometry: {
    type: 'LineString',
    coordinates: [
      [CORNER[0] - 0.001, CORNER[1] + 0.0025],
      [CORNER[0] + 0.0025, CORNER[1] + 0.0025],
      [CORNER[0] + 0.0025, CORNER[1] - 0.001],
    ],
  },
  properties: { kind: 'landslide' },
}

let server: Serving
const api = async (method: string, path: string, body?: unknown) => {
  const headers = { 'content-type': 'application/json', 'accept-language': 'en' }
  const answer = await fetch(`${server.url}/api${path}`, { method, headers, body: JSON.stringify(body) })
  return { status: answer.status, ...(await answer.json()) }
}
const way = () => api('POST', '/route', { county: 'vale', profile: 'heavy', from: TEAM, to: VILLAGE })

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  server = await serve(options)
})
afterAll(async () => {
  await server.close()
  rmSync(dataDir, { recursive: true })
})

describe('the server on a port', () => {
  afterEach(() => api('DELETE', '/counties/vale/closures'))

  test('starts with nothing, says how to import, and takes an import while it runs', async () => {
    expect(vi.mocked(console.log).mock.calls.flat().join()).toMatch(
      /npm run import -- 文件夹.*npm run import -- FOLDER/,
    )
    expect((await api('GET', '/health')).counties).toEqual([])
    writeCounty(join(dataDir, 'counties'), 'vale')
    await expect
      .poll(async () => (await api('GET', '/health')).counties, { timeout: 5000 })
      .toMatchObject([{ id: 'vale', name: 'vale 县', nodes: expect.any(Number), arcs: expect.any(Number) }])
  })

  test('computes on the roads', async () => {
    const matrix = await api('POST', '/matrix', {
      county: 'vale',
      profile: 'heavy',
      from: [TEAM],
      to: [VILLAGE, TEAM],
    })
    expect(matrix.durationsMs[0][0]).toBeGreaterThan(60_000)
    expect(matrix.durationsMs[0][1]).toBe(0)
    const { teams } = await api('POST', '/dispatch', { county: 'vale', at: VILLAGE })
    expect(teams).toMatchObject([{ id: 't1', turnoutMs: 60_000, driveMs: matrix.durationsMs[0][0] }])
    const circles = await api('POST', '/isochrones', { county: 'vale', points: 'teams' })
    expect(circles.features.map((f: { properties: object }) => f.properties)).toMatchObject([
      { minutes: 60 },
      { minutes: 30 },
      { minutes: 15 },
    ])
  })

  test('a closure is in force for the next request, on every thread, and gone when opened', async () => {
    const before = await way()
    const id = (await api('POST', '/counties/vale/closures', { feature: RIVER })).closure.id
    for (const answer of await Promise.all([way(), way(), way(), way(), way(), way()])) {
      expect(answer).toMatchObject({ status: 409, code: 'cut_off' })
      expect(JSON.stringify(answer)).toContain(id)
    }
    await api('DELETE', `/counties/vale/closures/${id}`)
    expect(await way()).toEqual(before)
  })

  test('a closure is in force again after a restart', async () => {
    await api('POST', '/counties/vale/closures', { id: 'river', feature: RIVER })
    await server.close()
    server = await serve(options)
    expect(await way()).toMatchObject({ status: 409, code: 'cut_off' })
  })

  test('a point far from any road is refused with its distance', async () => {
    writeCounty(join(dataDir, 'counties'), 'wide', c => ({ ...c, bbox: [1, 42, 2, 43] }))
    await expect.poll(async () => (await api('GET', '/health')).counties.length, { timeout: 5000 }).toBe(2)
    const lost = { county: 'wide', profile: 'heavy', from: [[1.9, 42.9]], to: [TEAM] }
    expect(await api('POST', '/matrix', lost)).toMatchObject({ status: 422, code: 'off_network' })
  })

  test('a stream brings a change over the wire', async () => {
    const leave = new AbortController()
    const answer = await fetch(`${server.url}/api/counties/vale/closures/stream`, { signal: leave.signal })
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader.read()).value).toMatch(/event: ready/)
    await api('POST', '/counties/vale/closures', { id: 'river', feature: RIVER })
    expect((await reader.read()).value).toMatch(/event: change\ndata: \{"room":"[^"]+",.*"verb":"close"/)
    leave.abort()
  })

  test('a body that is too large is answered, not cut off', async () => {
    expect(await api('POST', '/matrix', { county: 'x'.repeat(3_000_000) })).toMatchObject({ status: 413 })
  })
})

describe('is not started', () => {
  test('on a folder that another one uses', async () => {
    await expect(serve(options)).rejects.toThrow(new RegExp(`process ${process.pid}`))
  })

  test('on an address that others can reach', async () => {
    await expect(serve({ ...options, host: '0.0.0.0' })).rejects.toThrow(/this machine only/)
  })

  test('on a port that is taken, and leaves its folder free', async () => {
    const other = mkdtempSync(join(tmpdir(), 'fengtu-main-'))
    const port = Number(new URL(server.url).port)
    for (let i = 0; i < 2; i++) {
      await expect(serve({ ...options, dataDir: other, port })).rejects.toThrow(/Port \d+ is in use/)
    }
    rmSync(other, { recursive: true })
  })
})
