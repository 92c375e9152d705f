import { Hono } from 'hono'
import { z } from 'zod'
import { Health } from '../contract/api.ts'
import { ErrorBody, Refusal } from '../contract/errors.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { errorBody } from './errors.ts'
import { open } from './rights.ts'

const Answer = Health.extend({ problems: z.array(ErrorBody).optional() })

/** `degraded` when a county had to be left out; `problems` says which and how to repair it. */
export const health = ({ counties, compute }: Deps) =>
  new Hono<Env>().get(
    '/',
    describe('服务 Service', '是否正常、有哪些县 / status', { schema: Answer }),
    open,
    async c => {
      const sized = await Promise.all(
        counties.list().map(async ({ id, data: { county } }) => {
          try {
            return { id, name: county.name, bbox: county.bbox, ...(await compute.size(id)) }
          } catch (e) {
            if (e instanceof Refusal) return e
            throw e
          }
        }),
      )
      const refusals = [...counties.problems(), ...sized.filter(s => s instanceof Refusal)]
      const problems = refusals.map(r => errorBody(r, c.get('lang')))
      return c.json({
        status: problems.length ? 'degraded' : 'ok',
        counties: sized.filter(s => !(s instanceof Refusal)),
        ...(problems.length && { problems }),
      })
    },
  )
