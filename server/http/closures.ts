import { Hono } from 'hono'
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ClosureFeature } from '../contract/closure.ts'
import { Key } from '../contract/commands.ts'
import type { ClosureEntity } from '../contract/commands.ts'
import { FICTIONAL_MARK } from '../contract/county.ts'
import { Refusal } from '../contract/errors.ts'
import { entitiesOf } from '../contract/world.ts'
import { untilSessionEnds } from './auth.ts'
import type { Deps, Env } from './context.ts'
import { CountyParam, describe } from './describe.ts'
import { need } from './rights.ts'
import { roomStream } from './stream.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'
import { viewerOf } from './viewer.ts'

const CloseRequest = z.strictObject({
  /** Sent twice under one key, a closure happens once. */
  key: Key.optional(),
  id: z.string().min(1).max(64).optional(),
  feature: ClosureFeature,
})
const Sent = z.looseObject({ type: z.literal('Feature'), id: z.string() })
const Closures = z.object({
  /** Only of an invented county. */
  fictional: z.string().optional(),
  type: z.literal('FeatureCollection'),
  features: z.array(Sent),
  seq: z.number(),
})
const ClosureParam = CountyParam.extend({ closureId: z.string() })
const Seq = z.object({ seq: z.number().int() })

/** The closures in force: alias of the county's real room. */
export const closures = (deps: Deps) =>
  new Hono<Env>()
    .get(
      '/',
      describe('封闭 Closures', '现行封闭 / closures in force', { schema: Closures }),
      need('read'),
      valid('param', CountyParam),
      async c => {
        const { county, room } = await situate(deps, { county: c.req.valid('param').id })
        const world = room.world()
        const features = entitiesOf<ClosureEntity>(world, 'closure').map(featureOf)
        const mark = county.data.county.fictional ? { fictional: FICTIONAL_MARK } : {}
        return c.json({ ...mark, type: 'FeatureCollection', features, seq: world.seq })
      },
    )
    .post(
      '/',
      describe('封闭 Closures', '封闭道路 / close roads', {
        status: 201,
        schema: z.object({ seq: z.number().int(), closure: Sent }),
      }),
      need('closeRoads'),
      valid('param', CountyParam),
      valid('json', CloseRequest),
      async c => {
        const { feature, ...sent } = c.req.valid('json')
        const { county, room } = await situate(deps, { county: c.req.valid('param').id, feature })
        const kept = await lasting(deps, county.id, feature)
        const by = { actor: viewerOf(c).id, key: keyOf(sent.key ?? c.req.header('idempotency-key')) }
        const id = sent.id ?? idOf(feature) ?? idFrom(by.key)
        const { seq, put } = await room.run({ name: 'close', input: { id, feature: kept } }, by)
        return c.json({ seq, closure: featureOf(put[0] as ClosureEntity) }, 201)
      },
    )
    .delete(
      '/',
      describe('封闭 Closures', '解除全部封闭 / open every closure', { schema: Seq }),
      need('closeRoads'),
      valid('param', CountyParam),
      async c => {
        const { room } = await situate(deps, { county: c.req.valid('param').id })
        const key = keyOf(c.req.header('idempotency-key'))
        if (entitiesOf(room.world(), 'closure').length === 0) return c.json({ seq: room.world().seq })
        const { seq } = await room.run({ name: 'openAll', input: {} }, { actor: viewerOf(c).id, key })
        return c.json({ seq })
      },
    )
    .get(
      '/stream',
      describe('封闭 Closures', '变更流 / changes as they happen', { type: 'text/event-stream' }),
      need('read'),
      valid('param', CountyParam),
      async c => {
        const { room } = await situate(deps, { county: c.req.valid('param').id })
        return roomStream(deps, c, room, untilSessionEnds(deps, c))
      },
    )
    .delete(
      '/:closureId',
      describe('封闭 Closures', '解除一处封闭 / open one closure', { schema: Seq }),
      need('closeRoads'),
      valid('param', ClosureParam),
      async c => {
        const { id: county, closureId } = c.req.valid('param')
        const { room } = await situate(deps, { county })
        const by = { actor: viewerOf(c).id, key: keyOf(c.req.header('idempotency-key')) }
        const { seq } = await room.run({ name: 'open', input: { id: closureId } }, by)
        return c.json({ seq })
      },
    )

/** A closure as GeoJSON: what was sent, with its id and who closed it when. */
function featureOf({ id, rev, feature, closedAt, closedBy }: ClosureEntity) {
  const { type, geometry, properties } = feature
  return { type, id, geometry, properties: { ...properties, id, closedAt, closedBy, rev } }
}

function idOf({ id, properties }: ClosureFeature): string | undefined {
  const named = id ?? ('id' in properties ? properties.id : undefined)
  if (named === undefined || named === '') return undefined
  if (String(named).length <= 64) return String(named)
  throw new Refusal(
    'out_of_range',
    400,
    { zh: '封闭的编号最长 64 字', en: 'The id of a closure has at most 64 characters' },
    { zh: '用短一些的编号，或不写', en: 'Use a shorter one, or none' },
    'feature.id',
  )
}

/** The same key gives the same id, so that a request sent again is the same request. */
function idFrom(key: string): string {
  return `c-${createHash('sha256').update(key).digest('hex').slice(0, 12)}`
}

/** The closure as it may be kept: an edge's number lives for one import, the place it lies at for longer. */
async function lasting(deps: Deps, county: string, feature: ClosureFeature): Promise<ClosureFeature> {
  const answer = await deps.compute.call(county, 'checkClosure', feature)
  const { at } = JSON.parse(new TextDecoder().decode(answer)) as { at?: [number, number] }
  if (!at) return feature
  const { edge: _edge, ...properties } = feature.properties as {
    edge?: number
  } & ClosureFeature['properties']
  return { ...feature, geometry: feature.geometry ?? { type: 'Point', coordinates: at }, properties }
}

function keyOf(sent: string | undefined): string {
  if (sent === undefined) return randomUUID()
  if (Key.safeParse(sent).success) return sent
  throw new Refusal(
    'out_of_range',
    400,
    { zh: '键最长 128 字', en: 'A key has 1 to 128 characters' },
    undefined,
    'key',
  )
}
