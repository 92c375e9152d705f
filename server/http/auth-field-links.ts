import { Hono } from 'hono'
import { z } from 'zod'
import { Account, FieldExchange, FieldLink, FieldLinkRequest, Me } from '../contract/accounts.ts'
import { originOf } from './auth-cookie.ts'
import type { AccountDeps } from './auth-routes.ts'
import { enterBy } from './auth-signing.ts'
import { callerOf } from './auth.ts'
import type { Env } from './context.ts'
import { describe } from './describe.ts'
import { need, open } from './rights.ts'
import { valid } from './valid.ts'

const IdParam = z.object({ id: z.string().max(64) })

/** Links that let phones in the field see and report their own. */
export const fieldLinks = (deps: AccountDeps) => {
  const { accounts } = deps
  return new Hono<Env>()
    .get(
      '/',
      describe('账户 Accounts', '现场链接 / field links', {
        schema: z.object({ fieldLinks: z.array(Account) }),
      }),
      need('editRecords'),
      async c => c.json({ fieldLinks: await accounts.fieldLinks.list() }),
    )
    .post(
      '/',
      describe('账户 Accounts', '给队伍或乡镇一个链接 / a link for a team or township', {
        status: 201,
        schema: FieldLink,
      }),
      need('editRecords'),
      valid('json', FieldLinkRequest),
      async c => {
        const { secret, account } = await accounts.fieldLinks.make(c.req.valid('json'))
        // In the fragment: it is sent to no server and stands in no log.
        const url = `${originOf(deps, c)}/field#${secret}`
        return c.json({ id: account.id, url, expiresAt: account.expiresAt }, 201)
      },
    )
    .delete(
      '/:id',
      describe('账户 Accounts', '撤销现场链接 / revoke a field link', { status: 204 }),
      need('editRecords'),
      valid('param', IdParam),
      async c => {
        await accounts.fieldLinks.revoke(c.req.valid('param').id)
        return c.body(null, 204)
      },
    )
    .post(
      '/exchange',
      describe('账户 Accounts', '手机：以链接进入 / phone: come in by a link', { schema: Me }),
      open,
      valid('json', FieldExchange),
      async c => {
        const secret = await accounts.fieldLinks.exchange(c.req.valid('json').secret, callerOf(c))
        return enterBy(deps, c, secret)
      },
    )
}
