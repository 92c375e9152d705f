import { Hono } from 'hono'
import { DispatchAnswer, DispatchRequest } from '../contract/api.ts'
import { sendAnswer } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { need } from './rights.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'

export const dispatch = (deps: Deps) =>
  new Hono<Env>().post(
    '/',
    describe('计算 Compute', '最近的队伍及到达时间 / nearest teams and when they arrive', {
      schema: DispatchAnswer,
    }),
    need('plan'),
    valid('json', DispatchRequest),
    async c => {
      const q = c.req.valid('json')
      const { county, room } = await situate(deps, q)
      const now = deps.now().toISOString()
      return sendAnswer(
        c,
        county,
        await deps.compute.call(county.id, 'dispatch', { ...q, room: room.id }, now),
      )
    },
  )
