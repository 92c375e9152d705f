import type { Hono } from 'hono'
import { accounts } from './auth-accounts.ts'
import { fieldLinks } from './auth-field-links.ts'
import { pairing } from './auth-pairing.ts'
import { sessions } from './auth-sessions.ts'
import { signing } from './auth-signing.ts'
import type { Deps, Env } from './context.ts'

/** What the routes of accounts stand on. */
export type AccountDeps = Deps & Required<Pick<Deps, 'accounts'>>

/** Where there are accounts: the way in, and who may come in. */
export const accountRoutes = (deps: AccountDeps): [path: string, routes: Hono<Env>][] => [
  ['/api', signing(deps)],
  ['/api/sessions', sessions(deps)],
  ['/api/accounts', accounts(deps)],
  ['/api/pairing', pairing(deps)],
  ['/api/field-links', fieldLinks(deps)],
]
