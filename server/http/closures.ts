import { Hono } from 'hono'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { ClosureFeature } from '../contract/closure.ts'
import type { ClosureEntity } from '../contract/commands.ts'
import { Refusal } from '../contract/errors.ts'
import { entitiesOf } from '../contract/world.ts'
import type { Deps, Env } from './context.ts'
import { CountyParam, describe } from './describe.ts'
import { closuresStream } from './stream.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'

/** Without accounts there is one actor. */
const GUEST = 'guest'

const Key = z.string().min(1).max(128)
const CloseRequest = z.strictObject({
  /** Sent twice under one key, a closure happens once. */
  key: Key.optional(),
  id: z.string().min(1).max(64).optional(),
  feature: ClosureFeature,
})
const Sent = z.looseObject({ type: z.literal('Feature'), id: z.string() })
const Closures = z.object({ type: z.literal('FeatureCollection'), features: z.array(Sent), seq: z.number() })
const ClosureParam = CountyParam.extend({ closureId: z.string() })
const Seq = z.object({ seq: z.number().int() })

/** The closures in force: alias of the county's real room. */
export const closures = (deps: Deps) =>
  new Hono<Env>()
    .get(
      '/',
      describe('封闭 Closures', '现行封闭 / closures in force', { schema: Closures }),
      valid('param', CountyParam),
      async c => {
        const { room } = await situate(deps, { county: c.req.valid('param').id })
        const world = room.world()
        const features = entitiesOf<ClosureEntity>(world, 'closure').map(featureOf)
        return c.json({ type: 'FeatureCollection', features, seq: world.seq })
      },
    )
    .post(
      '/',
      describe('封闭 Closures', '封闭道路 / close roads', {
        status: 201,
        schema: z.object({ seq: z.number().int(), closure: Sent }),
      }),
      valid('param', CountyParam),
      valid('json', CloseRequest),
      async c => {
        const { feature, ...sent } = c.req.valid('json')
        const { county, room } = await situate(deps, { county: c.req.valid('param').id, feature })
        await deps.compute.call(county.id, 'checkClosure', feature)
        const id = sent.id ?? idOf(feature) ?? `c-${randomUUID().slice(0, 8)}`
        const by = { actor: GUEST, key: keyOf(sent.key ?? c.req.header('idempotency-key')) }
        const { seq, put } = await room.run({ name: 'close', input: { id, feature } }, by)
        return c.json({ seq, closure: featureOf(put[0] as ClosureEntity) }, 201)
      },
    )
    .delete(
      '/',
      describe('封闭 Closures', '解除全部封闭 / open every closure', { schema: Seq }),
      valid('param', CountyParam),
      async c => {
        const { room } = await situate(deps, { county: c.req.valid('param').id })
        const key = keyOf(c.req.header('idempotency-key'))
        for (const { id } of entitiesOf(room.world(), 'closure')) {
          const by = { actor: GUEST, key: `${key}:${id}` }
          await room.run({ name: 'open', input: { id } }, by).catch(unlessOpen)
        }
        return c.json({ seq: room.world().seq })
      },
    )
    .get(
      '/stream',
      describe('封闭 Closures', '变更流 / changes as they happen', { type: 'text/event-stream' }),
      c => closuresStream(deps, c),
    )
    .delete(
      '/:closureId',
      describe('封闭 Closures', '解除一处封闭 / open one closure', { schema: Seq }),
      valid('param', ClosureParam),
      async c => {
        const { id: county, closureId } = c.req.valid('param')
        const { room } = await situate(deps, { county })
        const by = { actor: GUEST, key: keyOf(c.req.header('idempotency-key')) }
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
  return named === undefined || named === '' ? undefined : String(named).slice(0, 64)
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

function unlessOpen(e: unknown): void {
  if (!(e instanceof Refusal) || e.code !== 'closure_unknown') throw e
}
