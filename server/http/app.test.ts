import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ClosureFeature } from '../contract/closure.ts'
import { createMemoryStore } from '../db/memory.ts'
import { createRoom } from '../journal/room.ts'
import { CLOSURE, GRAPH_SHA, INSIDE, VALE, refusal, testApp, vale } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const dist = mkdtempSync(join(tmpdir(), 'fengtu-dist-'))
mkdirSync(join(dist, 'assets'))
writeFileSync(join(dist, 'index.html'), '<title>烽图</title>')
writeFileSync(join(dist, 'assets/a.js'), 'let a = 1\n'.repeat(500))
afterAll(() => rmSync(dist, { recursive: true }))

const gz = gzipSync('a tile')
let app: TestApp
const read = async (_: string, layer: string, z: number) =>
  z === 9 ? null : layer === 'base' ? gz : Buffer.from('png')
beforeAll(async () => {
  app = await testApp({ clientDir: dist, tiles: { read } })
})

describe('doors', () => {
  test.each(['127.0.0.1:8787', 'localhost:8787', '[::1]:80', 'localhost'])('Host %s may ask', async host => {
    expect((await app.get('/api/health', { host })).status).toBe(200)
    expect((await app.get('/api/health', { host, origin: `http://${host}` })).status).toBe(200)
  })
  test.each(['evil.example', '127.0.0.1.evil.example', '192.168.1.9:8787', 'localhost:1/x'])(
    'Host %s may not',
    async host => {
      const answer = await app.get('/', { host })
      expect([answer.status, (await answer.json()).code]).toEqual([403, 'host_refused'])
    },
  )
  test.each(['http://evil.example', 'null', 'http://localhost:3000', 'https://localhost'])(
    'Origin %s may not',
    async origin => {
      const answer = await app.send('DELETE', '/api/counties/vale/closures', undefined, { origin })
      expect([answer.status, (await answer.json()).code]).toEqual([403, 'origin_refused'])
    },
  )
  test('every answer carries the security headers, refusals too', async () => {
    for (const path of ['/', '/api/health', '/api/nothing', '/tiles/vale/base/1/0/0.mvt']) {
      const { headers } = await app.get(path)
      expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*worker-src 'self' blob:/)
      expect(headers.get('content-security-policy')).not.toMatch(/https?:/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })
})

describe('service', () => {
  test('health names each county and its graph', async () => {
    const answer = await app.get('/api/health')
    const counties = [{ id: 'vale', name: '谷县', bbox: VALE, nodes: 12, arcs: 34 }]
    expect(await answer.json()).toEqual({ status: 'ok', counties, journal: 'writing' })
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  })

  test('health is degraded when a county was left out or its graph cannot be used', async () => {
    const problems = [refusal('county_broken', 500)]
    const counties = { list: () => [vale()], get: () => undefined, problems: () => problems }
    const compute = { size: () => Promise.reject(refusal('graph_unreadable', 500)) } as never
    const broken = await testApp({ counties, compute })
    const said = await (await broken.get('/api/health')).json()
    expect(said).toMatchObject({
      status: 'degraded',
      counties: [],
      problems: [{ code: 'county_broken' }, { code: 'graph_unreadable' }],
    })
  })

  test('an unknown path is 404 in JSON, a wrong method 405 that names the right one', async () => {
    for (const path of ['/api/nope', '/api', '/api/counties/vale/nope', '/tiles/nope']) {
      const answer = await app.get(path)
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'not_found'])
    }
    for (const [method, path, allow] of [
      ['GET', '/api/matrix', 'POST'],
      ['DELETE', '/api/health', 'GET'],
      ['PUT', '/api/counties/vale/closures', 'GET, POST, DELETE'],
      ['POST', '/tiles/vale/base/1/0/0.mvt', 'GET'],
    ] as const) {
      const answer = await app.send(method, path, method === 'GET' || method === 'DELETE' ? undefined : {})
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow])
      expect((await answer.json()).code).toBe('method_not_allowed')
    }
  })

  test('the API is documented: every route with its parameters, body and answer', async () => {
    const doc = await (await app.get('/api/openapi.json')).json()
    expect(Object.keys(doc.paths).sort()).toEqual([
      '/api/counties',
      '/api/counties/{id}',
      '/api/counties/{id}/closures',
      '/api/counties/{id}/closures/stream',
      '/api/counties/{id}/closures/{closureId}',
      '/api/counties/{id}/roads.graph',
      '/api/counties/{id}/settings',
      '/api/dispatch',
      '/api/health',
      '/api/isochrones',
      '/api/matrix',
      '/api/nearest-road',
      '/api/rooms',
      '/api/rooms/{room}/changes',
      '/api/rooms/{room}/commands',
      '/api/rooms/{room}/stream',
      '/api/rooms/{room}/world',
      '/api/route',
      '/ogc',
      '/ogc/collections',
      '/ogc/collections/{layer}',
      '/ogc/collections/{layer}/items',
      '/ogc/collections/{layer}/items/{item}',
      '/ogc/conformance',
      '/ogc/counties/{county}',
      '/ogc/counties/{county}/collections',
      '/ogc/counties/{county}/collections/{layer}',
      '/ogc/counties/{county}/collections/{layer}/items',
      '/ogc/counties/{county}/collections/{layer}/items/{item}',
      '/ogc/counties/{county}/conformance',
      '/tiles/{county}/base/{z}/{x}/{y}',
      '/tiles/{county}/terrain/{z}/{x}/{y}',
    ])
    const { post } = doc.paths['/api/matrix']
    const body = JSON.stringify(post.requestBody)
    for (const field of ['county', 'profile', 'from', 'to', 'delaysMs', 'closures', 'room'])
      expect(body).toContain(`"${field}"`)
    expect(JSON.stringify(post.responses['200'])).toContain('durationsMs')
    const params = doc.paths['/api/counties/{id}/closures/{closureId}'].delete.parameters
    expect(params.map((p: { name: string }) => p.name).sort()).toEqual(['closureId', 'id'])
  })

  test('the docs page needs no network', async () => {
    const page = await (await app.get('/api/docs')).text()
    expect(page).not.toMatch(/https?:/)
    for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g))
      expect((await app.get(path!)).status).toBe(200)
    expect((await app.get('/api/docs/package.json')).status).toBe(404)
  })
})

describe('counties', () => {
  test('list, data, settings', async () => {
    expect((await (await app.get('/api/counties')).json()).counties).toMatchObject([
      { id: 'vale', bbox: VALE },
    ])
    const answer = await app.get('/api/counties/vale')
    expect(await answer.json()).toMatchObject({
      county: { id: 'vale' },
      settlements: [],
      teams: [],
      facilities: [],
      border: null,
    })
    const again = await app.get('/api/counties/vale', { 'if-none-match': answer.headers.get('etag')! })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await (await app.get('/api/counties/vale/settings')).json()).snapLimitM.value).toBe(1000)
  })

  test('the road graph has its hash for an ETag', async () => {
    const answer = await app.get('/api/counties/vale/roads.graph')
    expect(answer.headers.get('etag')).toBe(`"${GRAPH_SHA}"`)
    expect(answer.headers.get('content-length')).toBe('600000')
    expect(Buffer.from(await answer.arrayBuffer()).equals(Buffer.from(new Uint8Array(vale().graph)))).toBe(
      true,
    )
    for (const tag of [`"${GRAPH_SHA}"`, `"x", W/"${GRAPH_SHA}"`, '*']) {
      expect((await app.get('/api/counties/vale/roads.graph', { 'if-none-match': tag })).status).toBe(304)
    }
    expect((await app.get('/api/counties/vale/roads.graph', { 'if-none-match': '"x"' })).status).toBe(200)
  })

  test('a room that the journal holds may be asked about, another may not', async () => {
    const store = createMemoryStore()
    const drill = await createRoom({ store, room: 'vale~drill', now: () => new Date() })
    const input = { id: 'a', feature: CLOSURE as ClosureFeature }
    await drill.run({ name: 'close', input }, { actor: 'guest', key: '1' })
    const asked = await testApp({ store })
    const body = { county: 'vale', profile: 'heavy', from: INSIDE, to: INSIDE }
    expect((await asked.send('POST', '/api/route', { ...body, room: 'vale~drill' })).status).toBe(200)
    expect(asked.calls.at(-1)![2]).toMatchObject({ room: 'vale~drill' })
    expect((await asked.send('POST', '/api/route', { ...body, room: 'vale~other' })).status).toBe(404)
  })
})

describe('tiles', () => {
  test('come as they are stored, gzip said, kept by the hash of their part', async () => {
    const answer = await app.get('/tiles/vale/base/5/16/11.mvt')
    expect(answer.headers.get('content-type')).toBe('application/vnd.mapbox-vector-tile')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    expect(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString()).toBe('a tile')
    const etag = answer.headers.get('etag')!
    expect((await app.get('/tiles/vale/base/5/16/11.mvt', { 'if-none-match': etag })).status).toBe(304)
    const named = await app.get(`/tiles/vale/terrain/5/16/11.png?v=${'cd'.repeat(32)}`)
    expect(named.headers.get('cache-control')).toMatch(/immutable/)
    expect(named.headers.get('content-type')).toBe('image/png')
    expect(named.headers.get('content-encoding')).toBeNull()
  })

  test.each([
    ['/tiles/vale/base/9/0/0.mvt', 204],
    ['/tiles/hill/base/5/0/0.mvt', 404],
    ['/tiles/vale/base/5/32/0.mvt', 400],
    ['/tiles/vale/base/99/0/0.mvt', 400],
    ['/tiles/vale/base/x/0/0.mvt', 400],
    ['/tiles/vale/base/5/-1/0.mvt', 400],
    ['/tiles/vale/base/5/0/0.png', 404],
    ['/tiles/vale/base/5/0/..%2f0.mvt', 404],
  ])('%s is %i', async (path, status) => {
    expect((await app.get(path)).status).toBe(status)
  })
})

describe('the client', () => {
  test('is served with the page for every route of its own', async () => {
    for (const path of ['/', '/map/vale', '/index.html']) {
      const answer = await app.get(path)
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(await answer.text()).toContain('烽图')
    }
    const asset = await app.get('/assets/a.js')
    expect(asset.headers.get('cache-control')).toMatch(/immutable/)
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  test.each(['/assets/b.js', '/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/%ff.js'])(
    '%s is not there',
    async path => {
      expect((await app.get(path)).status).toBe(404)
    },
  )

  test('text is compressed as the browser can', async () => {
    const plain = await (await app.get('/assets/a.js')).text()
    for (const [accept, unpack] of [
      ['gzip, br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const answer = await app.get('/assets/a.js', { 'accept-encoding': accept })
      const bytes = Buffer.from(await answer.arrayBuffer())
      expect(answer.headers.get('content-length')).toBe(String(bytes.length))
      expect(answer.headers.get('vary')).toBe('accept-encoding')
      expect(unpack(bytes).toString()).toBe(plain)
    }
    const small = await app.get('/api/health', { 'accept-encoding': 'br' })
    expect(small.headers.get('content-encoding')).toBeNull()
  })

  test('without a built client the page is 404 that says so', async () => {
    const bare = await testApp()
    expect((await bare.get('/')).status).toBe(404)
  })
})
