import { Hono } from 'hono'
import type { Context } from 'hono'
import { Me, PasswordRequest, SetupRequest, SignInRequest } from '../contract/accounts.ts'
import { Refusal } from '../contract/errors.ts'
import { rightsOf } from '../contract/viewer.ts'
import type { Viewer } from '../contract/viewer.ts'
import { dropSession, keepSession, readSession } from './auth-cookie.ts'
import type { AccountDeps } from './auth-routes.ts'
import { callerOf } from './auth.ts'
import type { Env } from './context.ts'
import { describe } from './describe.ts'
import { known, open } from './rights.ts'
import { valid } from './valid.ts'
import { viewerOf } from './viewer.ts'

/** Setting up, signing in and out, and who one is. */
export const signing = (deps: AccountDeps) => {
  const { accounts } = deps
  /** Whoever had a session at this browser has a new one now, so that none can be planted before. */
  async function enter(c: Context<Env>, username: string, password: string) {
    const secret = await accounts.signIn(username, password, callerOf(c))
    await leave(c)
    return enterBy(deps, c, secret)
  }

  async function leave(c: Context<Env>): Promise<void> {
    const before = readSession(deps, c)
    const session = before ? await accounts.sessions.find(before, 'cookie') : null
    if (session && session.kind !== 'wall') await accounts.sessions.end(session.session)
  }

  return new Hono<Env>()
    .post(
      '/setup',
      describe('账户 Accounts', '设第一个管理员 / make the first administrator', { schema: Me }),
      open,
      valid('json', SetupRequest),
      async c => {
        const request = c.req.valid('json')
        await accounts.setup.use(request)
        return enter(c, request.username, request.password)
      },
    )
    .post(
      '/sign-in',
      describe('账户 Accounts', '登录 / sign in', { schema: Me }),
      open,
      valid('json', SignInRequest),
      async c => {
        const { username, password } = c.req.valid('json')
        return enter(c, username, password)
      },
    )
    .post('/sign-out', describe('账户 Accounts', '退出 / sign out', { status: 204 }), open, async c => {
      const before = readSession(deps, c)
      const session = before ? await accounts.sessions.find(before, 'cookie') : null
      if (session) await accounts.sessions.end(session.session)
      dropSession(deps, c)
      return c.body(null, 204)
    })
    .get(
      '/me',
      describe('账户 Accounts', '我是谁、能做什么 / who I am and what I may do', { schema: Me }),
      known,
      c => c.json(meOf(deps, viewerOf(c))),
    )
    .post(
      '/me/password',
      describe('账户 Accounts', '改自己的密码 / change one’s own password', { status: 204 }),
      known,
      valid('json', PasswordRequest),
      async c => {
        const { password, newPassword } = c.req.valid('json')
        const { id } = viewerOf(c)
        const session = c.get('session')!
        if (session === 'guest' || (await accounts.people.one(id)).kind !== 'person') throw noPassword()
        await accounts.changePassword(id, password, newPassword, { session, ...callerOf(c) })
        return c.body(null, 204)
      },
    )
}

/** Sets the cookie of a new session and says who that is. */
export async function enterBy(deps: AccountDeps, c: Context<Env>, secret: string): Promise<Response> {
  const { viewer, cookieMs } = (await deps.accounts.sessions.find(secret, 'cookie'))!
  keepSession(deps, c, secret, cookieMs)
  return c.json(meOf(deps, viewer))
}

const meOf = ({ accounts }: AccountDeps, viewer: Viewer): Me => ({
  viewer,
  rights: [...rightsOf(viewer.role)],
  administrator: accounts.administratorExists(),
})

const noPassword = () =>
  new Refusal(
    'no_password',
    409,
    { zh: '这个账户没有密码', en: 'This account has no password' },
    { zh: '以用户名登录后再改', en: 'Sign in with a username first' },
  )
