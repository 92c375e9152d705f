import { Hono } from 'hono'
import { MatrixAnswer, MatrixRequest } from '../contract/api.ts'
import { Refusal } from '../contract/errors.ts'
import { sendJson } from './answer.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { situate } from './situation.ts'
import { valid } from './valid.ts'

export const matrix = (deps: Deps) =>
  new Hono<Env>().post(
    '/',
    describe('计算 Compute', '多点到多点的行车时间 / travel times, many to many', { schema: MatrixAnswer }),
    valid('json', MatrixRequest),
    async c => {
      const q = c.req.valid('json')
      const { county, room } = await situate(deps, q)
      if (q.delaysMs && q.delaysMs.length !== q.from.length)
        throw delaysMismatch(q.delaysMs.length, q.from.length)
      return sendJson(c, await deps.compute.call(county.id, 'matrix', { ...q, room: room.id }))
    },
  )

function delaysMismatch(delays: number, from: number): Refusal {
  return new Refusal(
    'delays_mismatch',
    400,
    { zh: `delaysMs 有 ${delays} 个，from 有 ${from} 个`, en: `${delays} delaysMs for ${from} from` },
    { zh: '每个 from 一个延迟', en: 'Give one delay for each from' },
    'delaysMs',
  )
}
