import { Hono } from 'hono'
import { z } from 'zod'
import { Account, AccountPatch, NewAccount } from '../contract/accounts.ts'
import type { AccountDeps } from './auth-routes.ts'
import type { Env } from './context.ts'
import { describe } from './describe.ts'
import { need } from './rights.ts'
import { valid } from './valid.ts'

const IdParam = z.object({ id: z.string().max(64) })

/** Everyone and everything that may come in: people, walls, field links, tokens. */
export const accounts = ({ accounts: { people } }: AccountDeps) =>
  new Hono<Env>()
    .get(
      '/',
      describe('账户 Accounts', '所有账户 / the accounts', {
        schema: z.object({ accounts: z.array(Account) }),
      }),
      need('manageAccounts'),
      async c => c.json({ accounts: await people.list() }),
    )
    .get(
      '/names',
      describe('账户 Accounts', '记录中的人各是谁 / whom the journal means', {
        schema: z.object({ names: z.array(z.object({ id: z.string(), name: z.string() })) }),
      }),
      need('readPersons'),
      async c => c.json({ names: (await people.list()).map(({ id, name }) => ({ id, name })) }),
    )
    .post(
      '/',
      describe('账户 Accounts', '新建账户 / make an account', { status: 201, schema: Account }),
      need('manageAccounts'),
      valid('json', NewAccount),
      async c => c.json(await people.add(c.req.valid('json')), 201),
    )
    .patch(
      '/:id',
      describe('账户 Accounts', '改角色、停用、重设密码 / change, disable, new password', {
        schema: Account,
      }),
      need('manageAccounts'),
      valid('param', IdParam),
      valid('json', AccountPatch),
      async c => c.json(await people.change(c.req.valid('param').id, c.req.valid('json'), c.get('session'))),
    )
