import { Hono } from 'hono'
import { z } from 'zod'
import { County, CountyData } from '../contract/county.ts'
import type { Own } from '../contract/own.ts'
import { DEFAULT_SETTINGS } from '../contract/settings.ts'
import { sightKey, sightOf } from '../journal/sight.ts'
import { notModified, sendJson } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { CountyParam, describe } from './describe.ts'
import { need } from './rights.ts'
import { countyOf } from './situation.ts'
import { valid } from './valid.ts'
import { viewerOf } from './viewer.ts'

const CHUNK_BYTES = 256 * 1024
const utf8 = new TextEncoder()

export const counties = (deps: Deps) =>
  new Hono<Env>()
    .get(
      '/',
      describe('县 County', '已载入的县 / the counties', { schema: z.object({ counties: z.array(County) }) }),
      need('read'),
      c => c.json({ counties: deps.counties.list().map(({ data }) => data.county) }),
    )
    .get(
      '/:id',
      describe('县 County', '一个县的居民点、队伍、设施 / its places, teams, facilities', {
        schema: CountyData,
      }),
      need('read'),
      valid('param', CountyParam),
      c => {
        const { json, etag, data } = countyOf(deps, c.req.valid('param').id)
        const sight = sightOf(viewerOf(c))
        const same = notModified(c, `${etag}-${sightKey(sight)}`)
        return same ?? sendJson(c, sight.own ? ownOf(data, sight.own) : json)
      },
    )
    .get(
      '/:id/settings',
      describe('县 County', '速度、出动时间等取值及来源 / speeds, turnout times, their sources'),
      need('read'),
      valid('param', CountyParam),
      c => {
        countyOf(deps, c.req.valid('param').id)
        return c.json(DEFAULT_SETTINGS)
      },
    )
    .get(
      '/:id/roads.graph',
      describe('县 County', '路网，供浏览器计算 / the road graph', { type: 'application/octet-stream' }),
      need('read'),
      valid('param', CountyParam),
      c => {
        const { data, graph } = countyOf(deps, c.req.valid('param').id)
        c.header('cache-control', 'no-cache')
        const same = notModified(c, data.county.parts.roads!.sha256)
        if (same) return same
        c.header('content-type', 'application/octet-stream')
        c.header('content-length', String(graph.byteLength))
        return c.body(streamOf(graph))
      },
    )

/** Of the teams its own: places and facilities are on every map. */
function ownOf(data: CountyData, { team }: Own): Uint8Array {
  return utf8.encode(JSON.stringify({ ...data, teams: data.teams.filter(({ id }) => id === team) }))
}

/** A response takes no shared memory: copied piece by piece as it is read. */
function streamOf(shared: SharedArrayBuffer): ReadableStream<Uint8Array> {
  const bytes = new Uint8Array(shared)
  let sent = 0
  return new ReadableStream({
    pull: controller => {
      if (sent >= bytes.length) return controller.close()
      controller.enqueue(bytes.slice(sent, (sent += CHUNK_BYTES)))
    },
  })
}
