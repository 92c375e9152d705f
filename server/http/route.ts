import { Hono } from 'hono'
import { RouteAnswer, RouteRequest } from '../contract/api.ts'
import { sendAnswer } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { need } from './rights.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'

export const route = (deps: Deps) =>
  new Hono<Env>().post(
    '/',
    describe('计算 Compute', '两点间的路线 / the way between two points', { schema: RouteAnswer }),
    need('read'),
    valid('json', RouteRequest),
    async c => {
      const q = c.req.valid('json')
      const { county, room } = await situate(deps, q)
      return sendAnswer(c, county, await deps.compute.call(county.id, 'route', { ...q, room: room.id }))
    },
  )
