import { Hono } from 'hono'
import { z } from 'zod'
import { Account, Pairing, PairingConfirm, PairingState } from '../contract/accounts.ts'
import { keepSession } from './auth-cookie.ts'
import type { AccountDeps } from './auth-routes.ts'
import { callerOf } from './auth.ts'
import type { Env } from './context.ts'
import { describe } from './describe.ts'
import { need, open } from './rights.ts'
import { valid } from './valid.ts'
import { viewerOf } from './viewer.ts'

const IdParam = z.object({ id: z.string().max(64) })

/** A wall asks for a code and waits; an administrator enters it at a desk. */
export const pairing = (deps: AccountDeps) => {
  const { accounts } = deps
  return new Hono<Env>()
    .post(
      '/',
      describe('账户 Accounts', '大屏：要一个配对码 / wall: ask for a code', {
        status: 201,
        schema: Pairing,
      }),
      open,
      c => c.json(accounts.pairing.start(callerOf(c).address), 201),
    )
    .post(
      '/confirm',
      describe('账户 Accounts', '输入大屏上的配对码 / enter the code a wall shows', {
        status: 201,
        schema: Account,
      }),
      need('manageAccounts'),
      valid('json', PairingConfirm),
      async c => {
        const { code, name } = c.req.valid('json')
        return c.json(await accounts.pairing.confirm(viewerOf(c).id, code, name), 201)
      },
    )
    .get(
      '/:id',
      describe('账户 Accounts', '大屏：配上了吗 / wall: has it been entered', { schema: PairingState }),
      open,
      valid('param', IdParam),
      async c => {
        const collected = await accounts.pairing.collect(c.req.valid('param').id, callerOf(c))
        if (collected.status === 'paired') {
          const { cookieMs } = (await accounts.sessions.find(collected.secret, 'cookie'))!
          keepSession(deps, c, collected.secret, cookieMs)
        }
        return c.json({ status: collected.status })
      },
    )
}
