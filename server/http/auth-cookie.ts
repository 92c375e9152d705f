import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Deps, Env } from './context.ts'
import { loopbackOnly } from './hosts.ts'

const hostOf = (c: Context<Env>): string => c.req.header('host') ?? new URL(c.req.url).host

/** The scheme and host under which the one who asks sees this server. */
export function originOf({ hosts = loopbackOnly }: Pick<Deps, 'hosts'>, c: Context<Env>): string {
  const host = hostOf(c)
  return `${hosts(host) ?? 'http'}://${host}`
}

/** Ports share cookies, so that each has a name of its own. `__Host-` binds it to this host over https. */
function nameOf(deps: Deps, c: Context<Env>): { name: string; secure: boolean } {
  const { protocol, port } = new URL(originOf(deps, c))
  const secure = protocol === 'https:'
  return { name: `${secure ? '__Host-' : ''}fengtu${port ? `-${port}` : ''}`, secure }
}

export function readSession(deps: Deps, c: Context<Env>): string | undefined {
  return getCookie(c, nameOf(deps, c).name)
}

export function keepSession(deps: Deps, c: Context<Env>, secret: string, forMs: number): void {
  const { name, secure } = nameOf(deps, c)
  const maxAge = Math.floor(forMs / 1000)
  setCookie(c, name, secret, { httpOnly: true, sameSite: 'Strict', path: '/', secure, maxAge })
}

export function dropSession(deps: Deps, c: Context<Env>): void {
  const { name, secure } = nameOf(deps, c)
  deleteCookie(c, name, { path: '/', secure })
}
