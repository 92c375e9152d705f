import { Hono } from 'hono'
import { IsochronesAnswer, IsochronesRequest } from '../contract/api.ts'
import { sendAnswer } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { need } from './rights.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'

export const isochrones = (deps: Deps) =>
  new Hono<Env>().post(
    '/',
    describe('计算 Compute', '救援圈 / rescue circles', { schema: IsochronesAnswer }),
    need('plan'),
    valid('json', IsochronesRequest),
    async c => {
      const q = c.req.valid('json')
      const { county, room } = await situate(deps, q)
      return sendAnswer(c, county, await deps.compute.call(county.id, 'isochrones', { ...q, room: room.id }))
    },
  )
