import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import { Refusal } from '../contract/errors.ts'
import { GUEST } from '../contract/viewer.ts'
import { keepSession, readSession } from './auth-cookie.ts'
import type { Deps, Env } from './context.ts'
import { isOpen } from './rights.ts'
import { signInNeeded } from './viewer.ts'

/** What needs a session even where no route answers, so that a stranger learns nothing of what there is. */
const INNER = /^\/(api|tiles|ogc)(\/|$)/i

/** Finds who asks: by a token, by the cookie, or the guest of this machine before there is an administrator. */
export function identify(deps: Deps): MiddlewareHandler<Env> {
  const { accounts, viewer = GUEST } = deps
  return async (c, next) => {
    if (!accounts) {
      c.set('viewer', viewer)
      c.set('session', 'guest')
      return next()
    }
    const bearer = bearerOf(c)
    const secret = bearer ?? readSession(deps, c)
    const by = bearer === undefined ? 'cookie' : 'bearer'
    const known = secret ? await accounts.sessions.find(secret, by) : null
    if (known) {
      c.set('viewer', known.viewer)
      c.set('session', known.session)
      if (known.renewed) keepSession(deps, c, secret!, known.cookieMs)
    } else if (bearer !== undefined) {
      throw tokenWrong()
    } else if (!accounts.administratorExists()) {
      c.set('viewer', GUEST)
      c.set('session', 'guest')
    }
    return next()
  }
}

/** Lets nobody unknown past, but to what is open to all and to the pages. */
export const guard: MiddlewareHandler<Env> = async (c, next) => {
  if (c.get('viewer')) return next()
  const routes = matchedRoutes(c).filter(({ method }) => method !== 'ALL')
  if (routes.some(({ handler }) => isOpen(handler))) return next()
  if (routes.length > 0 || INNER.test(c.req.path)) throw signInNeeded()
  return next()
}

/** Where a request comes from: the address of the connection, never what a header says. */
export function callerOf(c: Context<Env>): { address: string; agent: string } {
  const agent = (c.req.header('user-agent') ?? '').slice(0, 200)
  // Without a connection (a test's request) there is no address.
  const { incoming } = (c.env ?? {}) as { incoming?: unknown }
  const address = incoming ? getConnInfo(c).remote.address : undefined
  return { address: address ?? '', agent }
}

/** Aborted when the session that asks ends or may do less or more than before. `leave` when no longer needed. */
export function untilSessionEnds({ accounts }: Deps, c: Context<Env>): AbortController {
  const ended = new AbortController()
  const session = c.get('session')
  if (!accounts || session === undefined) return ended
  const leave = accounts.sessions.watch(session, () => ended.abort(), c.get('viewer'))
  ended.signal.addEventListener('abort', leave)
  return ended
}

function bearerOf(c: Context<Env>): string | undefined {
  const header = c.req.header('authorization')
  if (header === undefined) return undefined
  const [, token] = /^Bearer +([\w.~+/=-]{1,200}) *$/i.exec(header) ?? []
  if (token === undefined) throw tokenWrong()
  return token
}

const tokenWrong = () =>
  new Refusal(
    'token_wrong',
    401,
    { zh: '令牌无效、已过期或已撤销', en: 'The token is wrong, expired or revoked' },
    {
      zh: '用 npm run token 新建一个，以 Authorization: Bearer 发送',
      en: 'Make one with npm run token and send it as Authorization: Bearer',
    },
  )
