import { Hono } from 'hono'
import type { Context } from 'hono'
import { Refusal } from '../contract/errors.ts'
import { accountRoutes } from './auth-routes.ts'
import { guard, identify } from './auth.ts'
import { jsonBody } from './body.ts'
import { closures } from './closures.ts'
import { compressed } from './compress.ts'
import type { App, Deps, Env } from './context.ts'
import { counties } from './counties.ts'
import { dispatch } from './dispatch.ts'
import { docs } from './docs.ts'
import { doors, securityHeaders } from './doors.ts'
import { errorBody, onError } from './errors.ts'
import { exports } from './export.ts'
import { health } from './health.ts'
import { imports } from './imports.ts'
import { isochrones } from './isochrones.ts'
import { readLang, say } from './lang.ts'
import { matrix } from './matrix.ts'
import { nearestRoad } from './nearest-road.ts'
import { ogc } from './ogc/index.ts'
import { persons } from './persons.ts'
import { rooms } from './rooms.ts'
import { route } from './route.ts'
import { serveFolder } from './static.ts'
import { tiles } from './tiles.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** The whole server but its port: tests ask it by `app.request()`. */
export function createApp(deps: Deps): App {
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    c.set('lang', readLang(c.req.header('accept-language')))
    await next()
  })
  app.use(securityHeaders, compressed, doors(deps.hosts), identify(deps), guard)
  app.use('/api/*', async (c, next) => {
    c.header('cache-control', 'no-cache')
    await next()
  })
  app.use('/api/*', jsonBody)

  app.route('/api/health', health(deps))
  app.route('/api/counties', counties(deps))
  app.route('/api/counties/:id/closures', closures(deps))
  app.route('/api/rooms', rooms(deps))
  if (deps.persons) app.route('/api/rooms/:room/persons', persons({ ...deps, persons: deps.persons }))
  if (deps.exchange) {
    const { exchange } = deps
    app.route('/api/rooms/:room/imports', imports({ ...deps, exchange }))
    app.route('/api/rooms/:room/export', exports({ ...deps, exchange }))
  }
  app.route('/api/matrix', matrix(deps))
  app.route('/api/route', route(deps))
  app.route('/api/isochrones', isochrones(deps))
  app.route('/api/dispatch', dispatch(deps))
  app.route('/api/nearest-road', nearestRoad(deps))
  app.route('/tiles', tiles(deps))
  app.route('/ogc', ogc(deps))
  if (deps.accounts) {
    const { accounts } = deps
    for (const [path, routes] of accountRoutes({ ...deps, accounts })) app.route(path, routes)
  }
  app.route('/api', docs(app))

  const page = deps.clientDir === null ? null : serveFolder(deps.clientDir)
  app.onError(onError)
  app.notFound(async c => {
    const ours = /^\/(api|tiles|ogc)(\/|$)/.test(c.req.path)
    if (!ours && page && (c.req.method === 'GET' || c.req.method === 'HEAD')) {
      const file = await page(c)
      if (file) return file
    }
    return nothingHere(app, c)
  })
  return app
}

function nothingHere(app: App, c: Context<Env>): Response {
  const lang = c.get('lang') ?? null
  const { path, method } = c.req
  const allowed = METHODS.filter(m => m !== method && answers(app, m, path))
  if (allowed.length === 0) {
    const text = { zh: `没有 ${path}`, en: `There is no ${path}` }
    const remedy = { zh: '接口列表见 /api/docs', en: 'What there is stands in /api/docs' }
    return c.json(errorBody(new Refusal('not_found', 404, text, remedy), lang), 404)
  }
  c.header('allow', allowed.join(', '))
  const text = { zh: `${path} 不接受 ${method}`, en: `${path} does not take ${method}` }
  const remedy = { zh: `用 ${allowed.join('、')}`, en: `Use ${allowed.join(' or ')}` }
  return c.json({ code: 'method_not_allowed', message: say(text, lang), remedy: say(remedy, lang) }, 405)
}

/** Whether a route of that method, not only middleware, has the path. */
function answers(app: App, method: string, path: string): boolean {
  return app.router.match(method, path)[0].some(([[, entry]]) => entry.method === method)
}
