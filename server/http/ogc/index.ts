import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Feature, FeatureCollection } from 'geojson'
import { z } from 'zod'
import { FICTIONAL_MARK } from '../../contract/county.ts'
import { Refusal, sayBoth } from '../../contract/errors.ts'
import { sightOf } from '../../journal/sight.ts'
import { viewWorld } from '../../journal/view.ts'
import type { Deps, Env, ServedCounty } from '../context.ts'
import { describe } from '../describe.ts'
import { countyUnknown } from '../errors.ts'
import { need } from '../rights.ts'
import { countyOf } from '../situation.ts'
import { valid } from '../valid.ts'
import { viewerOf } from '../viewer.ts'
import { itemsPage, listPage } from './html.ts'
import type { Link } from './html.ts'
import { LAYERS, layerOf } from './layers.ts'
import type { Item, Layer } from './layers.ts'
import { readQuery, select } from './query.ts'

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84'
const CONFORMANCE = ['core', 'geojson', 'html'].map(
  part => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`,
)
const GEOJSON = 'application/geo+json'
const JSON_TYPE = 'application/json'
const HTML = 'text/html'
const API = 'application/vnd.oai.openapi+json;version=3.1'

const LayerParam = z.object({ layer: z.string().max(80) })
const ItemParam = LayerParam.extend({ item: z.string().max(128) })

/**
 * OGC API – Features, Part 1: every register, the closures and the border, as the asker may see them. `/ogc` is
 * the first county; `/ogc/counties/{id}` any of them.
 */
export const ogc = (deps: Deps) =>
  new Hono<Env>().route('/counties/:county', countyApi(deps)).route('/', countyApi(deps))

function countyApi(deps: Deps): Hono<Env> {
  return new Hono<Env>()
    .get('/', doc('入口 / landing page'), need('read'), c => {
      const { county, links, base } = start(deps, c, '')
      links.push(
        {
          href: `${base}/conformance`,
          rel: 'conformance',
          type: JSON_TYPE,
          title: '符合的规范 / conformance',
        },
        { href: `${base}/collections`, rel: 'data', type: JSON_TYPE, title: '图层 / collections' },
        { href: `${origin(c)}/api/openapi.json`, rel: 'service-desc', type: API, title: 'OpenAPI' },
        { href: `${origin(c)}/api/docs`, rel: 'service-doc', type: HTML, title: '接口文档 / API' },
      )
      const title = `烽图 Fengtu · ${county.data.county.name}`
      const description = '台账、封闭与县界 / registers, closures and border'
      return answer(c, { ...marked(county), title, description, links }, () =>
        listPage(
          title,
          description,
          markOf(county),
          links.filter(l => l.rel !== 'self' && l.rel !== 'alternate'),
        ),
      )
    })
    .get('/conformance', doc('符合的规范 / conformance'), need('read'), c =>
      answer(c, { conformsTo: CONFORMANCE }, () =>
        listPage(
          'Conformance',
          '',
          null,
          CONFORMANCE.map(href => ({ href, rel: href, type: HTML })),
        ),
      ),
    )
    .get('/collections', doc('图层 / collections'), need('read'), c => {
      const { county, links, base } = start(deps, c, '/collections')
      const collections = LAYERS.map(layer => collectionOf(layer, county, base))
      return answer(c, { ...marked(county), links, collections }, () =>
        listPage(
          '图层 Collections',
          '',
          markOf(county),
          collections.map(({ id, title }) => {
            return { href: `${base}/collections/${id}/items?f=html`, rel: 'items', type: HTML, title }
          }),
        ),
      )
    })
    .get(
      '/collections/:layer',
      doc('一个图层 / one collection'),
      need('read'),
      valid('param', LayerParam),
      c => {
        const layer = layerFor(c.req.valid('param').layer)
        const { county, base } = start(deps, c, `/collections/${layer.id}`)
        const collection = collectionOf(layer, county, base)
        return answer(c, { ...marked(county), ...collection }, () =>
          listPage(collection.title, collection.description, markOf(county), collection.links),
        )
      },
    )
    .get(
      '/collections/:layer/items',
      doc('要素 / features: bbox limit offset datetime f, properties by name', GEOJSON),
      need('read'),
      valid('param', LayerParam),
      async c => {
        const layer = layerFor(c.req.valid('param').layer)
        const { county, base, links } = start(deps, c, `/collections/${layer.id}/items`, GEOJSON)
        const query = readQuery(layer, c.req.queries())
        const found = select(await itemsOf(deps, c, county, layer), query)
        const { offset, limit } = query
        const shown = found.slice(offset, offset + limit)
        const turn = (rel: string, to: number) => links.push({ href: withOffset(c, to), rel, type: GEOJSON })
        if (offset + limit < found.length) turn('next', offset + limit)
        if (offset > 0) turn('prev', Math.max(0, offset - limit))
        links.push({ href: `${base}/collections/${layer.id}`, rel: 'collection', type: JSON_TYPE })
        const collection: FeatureCollection = { type: 'FeatureCollection', features: shown.map(featureOf) }
        const body = {
          ...marked(county),
          ...collection,
          links,
          timeStamp: deps.now().toISOString(),
          numberMatched: found.length,
          numberReturned: shown.length,
        }
        const about = `${sayBoth(layer.about)}　${offset + 1}–${offset + shown.length} / ${found.length}`
        return answer(
          c,
          body,
          () => itemsPage(sayBoth(layer.title), about, markOf(county), layer.properties, collection, links),
          GEOJSON,
        )
      },
    )
    .get(
      '/collections/:layer/items/:item',
      doc('一个要素 / one feature', GEOJSON),
      need('read'),
      valid('param', ItemParam),
      async c => {
        const { layer: id, item } = c.req.valid('param')
        const layer = layerFor(id)
        const path = `/collections/${layer.id}/items/${encodeURIComponent(item)}`
        const { county, base, links } = start(deps, c, path, GEOJSON)
        const found = (await itemsOf(deps, c, county, layer)).find(one => one.id === item)
        if (!found) throw nothing('item', item)
        links.push({ href: `${base}/collections/${layer.id}`, rel: 'collection', type: JSON_TYPE })
        const feature = featureOf(found)
        const one: FeatureCollection = { type: 'FeatureCollection', features: [feature] }
        return answer(
          c,
          { ...marked(county), ...feature, links },
          () => itemsPage(found.id, sayBoth(layer.title), markOf(county), layer.properties, one, links),
          GEOJSON,
        )
      },
    )
}

const doc = (summary: string, type?: string) =>
  describe('GIS (OGC API – Features)', summary, type ? { type } : {})

const origin = (c: Context<Env>): string => new URL(c.req.url).origin

/** The county asked for, the address that all links stand on, and the links to this page itself. */
function start(deps: Deps, c: Context<Env>, path: string, type = JSON_TYPE) {
  const id = c.req.param('county')
  const first = deps.counties.list()[0]
  if (id === undefined && !first) throw countyUnknown('')
  const county = id === undefined ? first! : countyOf(deps, id)
  const base = `${origin(c)}/ogc${id === undefined ? '' : `/counties/${county.id}`}`
  const here = new URL(c.req.url)
  const as = (format: string): string => {
    const url = new URL(here)
    url.searchParams.set('f', format)
    return url.href
  }
  const isHtml = wantsHtml(c)
  const links: Link[] = [
    { href: here.href, rel: 'self', type: isHtml ? HTML : type, title: '本页 / this document' },
    isHtml
      ? { href: as('json'), rel: 'alternate', type, title: 'JSON' }
      : { href: as('html'), rel: 'alternate', type: HTML, title: 'HTML' },
  ]
  return { county, base, links, path }
}

function wantsHtml(c: Context<Env>): boolean {
  const f = c.req.query('f')
  if (f !== undefined && f !== 'json' && f !== 'html') throw nothing('f', f)
  return f === undefined ? /text\/html/.test(c.req.header('accept') ?? '') : f === 'html'
}

function answer(
  c: Context<Env>,
  body: object,
  page: () => ReturnType<typeof listPage>,
  type = JSON_TYPE,
): Response | Promise<Response> {
  c.header('vary', 'accept')
  if (wantsHtml(c)) return c.html(page())
  return c.body(JSON.stringify(body), 200, { 'content-type': type })
}

const markOf = ({ data }: ServedCounty): string | null => (data.county.fictional ? FICTIONAL_MARK : null)
const marked = (county: ServedCounty) => (markOf(county) === null ? {} : { fictional: FICTIONAL_MARK })

function collectionOf(layer: Layer, { data }: ServedCounty, base: string) {
  const here = `${base}/collections/${layer.id}`
  return {
    id: layer.id,
    title: sayBoth(layer.title),
    description: sayBoth(layer.about),
    itemType: 'feature',
    crs: [CRS84],
    extent: { spatial: { bbox: [data.county.bbox], crs: CRS84 } },
    links: [
      { href: here, rel: 'self', type: JSON_TYPE },
      { href: `${here}/items`, rel: 'items', type: GEOJSON, title: sayBoth(layer.title) },
      { href: `${here}/items?f=html`, rel: 'items', type: HTML, title: sayBoth(layer.title) },
    ] satisfies Link[],
  }
}

async function itemsOf(
  deps: Deps,
  c: Context<Env>,
  { id, data }: ServedCounty,
  layer: Layer,
): Promise<Item[]> {
  const room = await deps.rooms.get(id)
  return layer.items({ world: viewWorld(room.world(), sightOf(viewerOf(c))), data })
}

const featureOf = ({ id, geometry, properties }: Item): Feature =>
  ({ type: 'Feature', id, geometry, properties }) as Feature

function layerFor(id: string): Layer {
  const layer = layerOf(id)
  if (!layer) throw nothing('layer', id)
  return layer
}

function withOffset(c: Context<Env>, offset: number): string {
  const url = new URL(c.req.url)
  url.searchParams.set('offset', String(offset))
  return url.href
}

const nothing = (at: string, what: string) =>
  new Refusal(
    'not_found',
    at === 'f' ? 400 : 404,
    { zh: `没有“${what}”`, en: `There is no "${what}"` },
    {
      zh: '图层见 /ogc/collections；格式为 f=json 或 f=html',
      en: 'Layers stand in /ogc/collections; formats are f=json and f=html',
    },
    at,
  )
