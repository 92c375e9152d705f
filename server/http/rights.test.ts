import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { RIGHTS, ROLES, rightsOf } from '../contract/viewer.ts'
import type { Role } from '../contract/viewer.ts'
import { noExchange, noPersons, testApp } from './app.fixture.ts'
import { authApp } from './auth.fixture.ts'
import type { AuthApp } from './auth.fixture.ts'
import { classOf } from './rights.ts'
import { needRight } from './viewer.ts'

let app: AuthApp
beforeAll(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  app = await authApp({ exchange: noExchange, persons: noPersons })
  await app.signedIn('admin')
})
afterAll(() => app.accounts.close())

interface Route {
  method: string
  path: string
  classes: string[]
}

/** Every route of the app, not its middleware, with how its handlers classify it. */
function routesOf({ app: { routes } }: Pick<AuthApp, 'app'>): Route[] {
  const found = new Map<string, Route>()
  for (const { method, path, handler } of routes) {
    if (method === 'ALL') continue
    const route = found.get(`${method} ${path}`) ?? { method, path, classes: [] }
    const as = classOf(handler)
    if (as) route.classes.push(as)
    found.set(`${method} ${path}`, route)
  }
  return [...found.values()]
}

/** A path of that route; what its parameters name does not exist. */
const example = (path: string): string =>
  path
    .replace(/:(y)\{[^}]*mvt[^}]*\}/, '0.mvt')
    .replace(/:(y)\{[^}]*png[^}]*\}/, '0.png')
    .replace(/:\w+(\{[^}]*\})?/g, 'x')

describe('every route', () => {
  test('says once who may ask; few are open to all', () => {
    const routes = routesOf(app)
    expect(routes.length).toBeGreaterThan(25)
    expect(routes.filter(({ classes }) => classes.length !== 1)).toEqual([])
    expect(
      routes
        .filter(({ classes }) => classes[0] === 'open')
        .map(r => `${r.method} ${r.path}`)
        .sort(),
    ).toEqual([
      'GET /api/health',
      'GET /api/pairing/:id',
      'POST /api/field-links/exchange',
      'POST /api/pairing',
      'POST /api/setup',
      'POST /api/sign-in',
      'POST /api/sign-out',
    ])
    const closing = routes.filter(r => /closures/.test(r.path) && r.method !== 'GET')
    expect(closing.map(({ classes }) => classes[0])).toEqual(closing.map(() => 'closeRoads'))
    expect(closing).toHaveLength(3)
  })

  test('a route that says nothing is found', async () => {
    const planted = await testApp()
    planted.app.get('/api/planted', c => c.text('x'))
    expect(
      routesOf(planted)
        .filter(({ classes }) => classes.length === 0)
        .map(r => r.path),
    ).toEqual(['/api/planted'])
  })

  test('wants a session, but those that are open', async () => {
    for (const { method, path, classes } of routesOf(app)) {
      if (classes[0] === 'open') continue
      const { status, code } = await app
        .browser()
        .ask(method, example(path), method === 'GET' ? undefined : {})
      expect([method, path, status, code]).toEqual([method, path, 401, 'sign_in_needed'])
    }
  })

  test('refuses whoever has not its right before it looks at anything else', async () => {
    const wall = await app.accounts.tokens.make('reader', 'reader', 1)
    const authorization = `Bearer ${wall.token}`
    for (const { method, path, classes } of routesOf(app)) {
      const [as] = classes
      if (as === 'open' || as === 'known' || as === 'read' || as === 'plan') continue
      const body = method === 'GET' ? undefined : {}
      const answer = await app.browser().ask(method, example(path), body, { authorization })
      expect([method, path, answer.status, answer.body.right]).toEqual([method, path, 403, as])
    }
  })
})

describe('roles and rights', () => {
  test.each(ROLES)('%s is refused each right it has not, in both languages with those who have it', role => {
    for (const right of RIGHTS) {
      const viewer = { id: 'x', name: 'x', role }
      if (rightsOf(role).has(right)) {
        expect(() => needRight(viewer, right)).not.toThrow()
        continue
      }
      expect(() => needRight(viewer, right)).toThrow(
        expect.objectContaining({
          code: 'right_missing',
          status: 403,
          details: expect.objectContaining({ right }),
          text: { zh: expect.stringMatching(/缺少/), en: expect.stringMatching(/missing/) },
        }),
      )
    }
  })

  test('who reads only has no right to write; of names and phones only desks', () => {
    const having = (right: (typeof RIGHTS)[number]): Role[] => ROLES.filter(role => rightsOf(role).has(right))
    expect(having('manageAccounts')).toEqual(['admin'])
    expect(having('readPersons')).toEqual(['admin', 'commander', 'duty'])
    for (const role of ['wall', 'reader'] as const) expect([...rightsOf(role)]).toEqual(['read', 'plan'])
    expect([...rightsOf('field')]).toEqual(['read', 'report'])
    expect(having('closeRoads')).toEqual(['admin', 'commander', 'duty', 'guest'])
    expect(ROLES.filter(role => rightsOf(role, true).has('closeRoads'))).toEqual(
      ROLES.filter(role => role === 'facilitator' || having('closeRoads').includes(role)),
    )
  })
})
