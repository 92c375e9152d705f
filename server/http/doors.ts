import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../contract/errors.ts'
import type { Env } from './context.ts'
import { loopbackOnly } from './hosts.ts'
import type { Hosts } from './hosts.ts'

/**
 * Who may ask by where they ask from. A page of another site that resolves its own name to an address of ours
 * shows in Host, one that posts across shows in Origin.
 */
export const doors =
  (hosts: Hosts = loopbackOnly): MiddlewareHandler<Env> =>
  async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    const scheme = hosts(host)
    if (!scheme) throw hostRefused(host)
    const origin = c.req.header('origin')
    if (origin !== undefined && origin.toLowerCase() !== `${scheme}://${host.toLowerCase()}`) {
      throw new Refusal(
        'origin_refused',
        403,
        { zh: `不接受来自“${origin}”的请求`, en: `Requests from "${origin}" are refused` },
        { zh: '从本服务器自己的页面发出请求', en: "Send it from this server's own pages" },
      )
    }
    await next()
  }

const hostRefused = (host: string) =>
  new Refusal(
    'host_refused',
    403,
    { zh: `不接受以“${host}”为主机名的请求`, en: `Requests for the host "${host}" are refused` },
    {
      zh: '在本机用 http://127.0.0.1 打开；有管理员之后，可用 FENGTU_HOSTS 加上别的名字',
      en: 'Open it on this machine by http://127.0.0.1; once there is an administrator, FENGTU_HOSTS adds names',
    },
  )

/** MapLibre starts its workers from blobs and draws images from them; nothing comes from another host. */
const CSP = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "child-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS = {
  'content-security-policy': CSP,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(self)',
}

export const securityHeaders: MiddlewareHandler<Env> = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value)
  const type = c.res.headers.get('content-type')
  if (type === 'application/json') c.res.headers.set('content-type', `${type}; charset=utf-8`)
}
