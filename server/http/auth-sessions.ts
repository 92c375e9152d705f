import { Hono } from 'hono'
import { z } from 'zod'
import { Session } from '../contract/accounts.ts'
import type { AccountDeps } from './auth-routes.ts'
import type { Env } from './context.ts'
import { describe } from './describe.ts'
import { known } from './rights.ts'
import { valid } from './valid.ts'
import { needRight, viewerOf } from './viewer.ts'

const Query = z.strictObject({ all: z.enum(['true', 'false']).optional() })
const IdParam = z.object({ id: z.string().max(64) })

/** Who is signed in where, and putting an end to it. */
export const sessions = ({ accounts }: AccountDeps) =>
  new Hono<Env>()
    .get(
      '/',
      describe('账户 Accounts', '自己的会话；?all=true 为所有人的 / one’s sessions, or everyone’s', {
        schema: z.object({ sessions: z.array(Session) }),
      }),
      known,
      valid('query', Query),
      async c => {
        const all = c.req.valid('query').all === 'true'
        const viewer = viewerOf(c)
        if (all) needRight(viewer, 'manageAccounts')
        const found = await accounts.sessions.list(all ? null : viewer.id, c.get('session')!)
        return c.json({ sessions: found })
      },
    )
    .delete(
      '/:id',
      describe('账户 Accounts', '结束一个会话 / end a session', { status: 204 }),
      known,
      valid('param', IdParam),
      async c => {
        const { id } = c.req.valid('param')
        const viewer = viewerOf(c)
        const own = (await accounts.sessions.list(viewer.id, '')).some(session => session.id === id)
        if (!own) needRight(viewer, 'manageAccounts')
        await accounts.sessions.ownerOf(id)
        await accounts.sessions.end(id)
        return c.body(null, 204)
      },
    )
