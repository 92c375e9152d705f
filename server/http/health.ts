import { Hono } from 'hono'
import { z } from 'zod'
import { Health } from '../contract/api.ts'
import { ErrorBody, Refusal } from '../contract/errors.ts'
import type { Deps, Env } from './context.ts'
import { describe } from './describe.ts'
import { errorBody } from './errors.ts'
import { say } from './lang.ts'
import { open } from './rights.ts'

const Answer = Health.extend({
  problems: z.array(ErrorBody).optional(),
  /** `refusing`: reading goes on, every command is refused, and it goes on by itself once it can. */
  journal: z.enum(['writing', 'refusing']),
  since: z.iso.datetime().optional(),
  reason: z.string().optional(),
})

/**
 * `degraded` when a county had to be left out or nothing can be written; `problems` says which and how to repair it,
 * `since` and `reason` when and why the journal began to refuse.
 */
export const health = ({ counties, compute, journal }: Deps) =>
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
      const held = journal?.notWritable() ?? null
      return c.json({
        status: problems.length || held ? 'degraded' : 'ok',
        counties: sized.filter(s => !(s instanceof Refusal)),
        ...(problems.length && { problems }),
        journal: held ? 'refusing' : 'writing',
        ...(held && { since: held.since, reason: say(held.reason, c.get('lang')) }),
      })
    },
  )
