import { Hono } from 'hono'
import { MatrixAnswer, MatrixRequest } from '../contract/api.ts'
import { sendAnswer } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { need } from './rights.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'

export const matrix = (deps: Deps) =>
  new Hono<Env>().post(
    '/',
    describe('计算 Compute', '多点到多点的行车时间 / travel times, many to many', { schema: MatrixAnswer }),
    need('read'),
    valid('json', MatrixRequest),
    async c => {
      const q = c.req.valid('json')
      const { county, room } = await situate(deps, q)
      return sendAnswer(c, county, await deps.compute.call(county.id, 'matrix', { ...q, room: room.id }))
    },
  )
