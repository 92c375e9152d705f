import { beforeAll, describe, expect, test } from 'vitest'
import { REGISTERS } from '../../contract/registers/index.ts'
import type { Viewer } from '../../contract/viewer.ts'
import { CLOSURE, testApp } from '../app.fixture.ts'
import type { TestApp } from '../app.fixture.ts'
import { LAYERS } from './layers.ts'

const duty: Viewer = { id: 'duty', name: '值班员', role: 'duty' }
let app: TestApp
const at = (i: number) => [1.45 + i / 100, 42.5]
const save = async (register: string, id: string, more: object) => {
  const record = {
    register,
    id,
    name: `${register} ${id}`,
    at: null,
    source: { name: '台账', asOf: null },
    fields: {},
    ...more,
  }
  const input = { record, ifRev: null }
  const answer = await app.send('POST', '/api/rooms/vale/commands', {
    key: `${register}/${id}`,
    name: 'saveRecord',
    input,
  })
  if (!answer.ok) throw new Error(await answer.text())
}
beforeAll(async () => {
  app = await testApp({ viewer: duty })
  for (let i = 0; i < 12; i++) {
    const asOf = ['2025', '2026-03', '2026-03-12', null][i % 4]
    await save('stores', `s${i}`, { name: `<b>${i}</b>`, at: at(i), source: { name: '台账', asOf } })
  }
  await save('stores', 'unplaced', {})
  const area = [
    [1.5, 42.5],
    [1.51, 42.5],
    [1.51, 42.51],
    [1.5, 42.5],
  ]
  const fields = { kind: 'landslide', area, means: ['人工巡查', 'GNSS'] }
  await save('geohazardPoints', 'g', { at: at(0), fields })
  await app.send('POST', '/api/counties/vale/closures', { id: 'c', feature: CLOSURE })
})
const get = async (path: string) => (await app.get(`/ogc${path}`)).json()
const ids = ({ features }: { features: { id: string }[] }) => features.map(f => f.id)

describe('what there is', () => {
  test('landing page, conformance and collections link to each other', async () => {
    const landing = await get('')
    const rels = landing.links.map((l: { rel: string }) => l.rel)
    for (const rel of ['self', 'alternate', 'conformance', 'data', 'service-desc', 'service-doc'])
      expect(rels).toContain(rel)
    for (const { href, rel, type } of landing.links) {
      const answer = await app.get(new URL(href).pathname + new URL(href).search)
      expect([rel, answer.status]).toEqual([rel, 200])
      if (type === 'text/html') expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    }
    expect((await get('/conformance')).conformsTo).toContain(
      'http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core',
    )
    const { collections } = await get('/collections')
    expect(collections.map((c: { id: string }) => c.id)).toEqual(LAYERS.map(l => l.id))
    for (const { key } of REGISTERS) expect(LAYERS.map(l => l.id)).toContain(key)
  })

  test('every collection answers, by its own address too, as JSON and as a page', async () => {
    for (const { id } of LAYERS) {
      expect(await get(`/collections/${id}`)).toMatchObject({ id, itemType: 'feature' })
      expect(await get(`/counties/vale/collections/${id}/items`)).toMatchObject({ type: 'FeatureCollection' })
      const page = await app.get(`/ogc/collections/${id}/items?f=html`)
      expect([id, page.status]).toEqual([id, 200])
    }
  })

  test('an invented county says so in every answer', async () => {
    for (const path of [
      '',
      '/collections',
      '/collections/stores',
      '/collections/stores/items',
      '/collections/stores/items/s1',
    ]) {
      expect((await get(path)).fictional).toContain('虚构示范数据')
      expect(await (await app.get(`/ogc${path}`, { accept: 'text/html' })).text()).toContain('虚构示范数据')
    }
  })
})

describe('items', () => {
  test('come in pages that lead through all of them once', async () => {
    let path: string | undefined = '/collections/stores/items?limit=5'
    const seen: string[] = []
    for (let pages = 0; path !== undefined; pages++) {
      expect(pages).toBeLessThan(4)
      const answer: {
        numberMatched: number
        features: { id: string }[]
        links: { rel: string; href: string }[]
      } = await get(path)
      expect(answer.numberMatched).toBe(13)
      seen.push(...ids(answer))
      path = answer.links.find(l => l.rel === 'next')?.href.split('/ogc')[1]
    }
    expect(new Set(seen).size).toBe(13)
    expect(seen).toHaveLength(13)
  })

  test('by box, time and property', async () => {
    expect(ids(await get('/collections/stores/items?bbox=1.455,42,1.485,43'))).toEqual(['s1', 's2', 's3'])
    expect(ids(await get('/collections/stores/items?bbox=1.455,42,0,1.485,43,9000'))).toEqual([
      's1',
      's2',
      's3',
    ])
    expect(ids(await get('/collections/stores/items?bbox=170,42,1.455,43'))).toEqual(['s0'])
    const march = ids(await get('/collections/stores/items?datetime=2026-03-12T08:00:00Z'))
    expect(march).toEqual(['s1', 's2', 's3', 's5', 's6', 's7', 's9', 's10', 's11', 'unplaced'])
    expect(ids(await get('/collections/stores/items?datetime=../2025-06-30&limit=2'))).toEqual(['s0', 's3'])
    expect(ids(await get('/collections/geohazardPoints/items?kind=landslide'))).toEqual(['g'])
    expect(ids(await get('/collections/geohazardPoints/items?kind=collapse'))).toEqual([])
  })

  test('are GeoJSON: a point, an area out of a column, none where it is still to be placed', async () => {
    expect(await get('/collections/stores/items/s1')).toMatchObject({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: at(1) },
      properties: { name: '<b>1</b>', source: '台账' },
    })
    expect(await get('/collections/stores/items/unplaced')).toMatchObject({ geometry: null })
    const [area] = (await get('/collections/geohazardPoints.area/items')).features
    expect(area).toMatchObject({
      id: 'g',
      geometry: { type: 'Polygon' },
      properties: { means: '人工巡查、GNSS' },
    })
    expect(ids(await get('/collections/closures/items'))).toEqual(['c'])
    expect((await app.get('/ogc/collections/stores/items')).headers.get('content-type')).toMatch(
      /^application\/geo\+json/,
    )
  })

  test('a page escapes what people wrote', async () => {
    const text = await (await app.get('/ogc/collections/stores/items?f=html')).text()
    expect(text).toContain('&lt;b&gt;1&lt;/b&gt;')
    expect(text).not.toContain('<b>1</b>')
    expect(text).not.toContain('<script')
  })

  test.each([
    ['/collections/ships', 404],
    ['/collections/stores/items/nobody', 404],
    ['/counties/nowhere', 404],
    ['/collections/stores/items?bbox=1,2,3', 400],
    ['/collections/stores/items?bbox=1,2,,4', 400],
    ['/collections/stores/items?bbox=1,50,2,40', 400],
    ['/collections/stores/items?limit=0', 400],
    ['/collections/stores/items?limit=many', 400],
    ['/collections/stores/items?datetime=yesterday', 400],
    ['/collections/stores/items?datetime=2026-05/2026-03', 400],
    ['/collections/stores/items?wings=2', 400],
    ['/collections/stores/items?f=xml', 400],
  ])('%s is refused with %i and what to do', async (path, status) => {
    const answer = await app.get(`/ogc${path}`)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: expect.any(String), remedy: expect.any(String) })
  })
})
