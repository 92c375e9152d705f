import crypto from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CLOSURE } from './app.fixture.ts'
import { HOST, PASSWORD, authApp } from './auth.fixture.ts'
import type { AuthApp } from './auth.fixture.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let app: AuthApp
let logged: string[]

beforeEach(async () => {
  logged = []
  for (const method of ['log', 'warn', 'error', 'info'] as const)
    vi.spyOn(console, method).mockImplementation((...said) => void logged.push(said.join(' ')))
  app = await authApp()
})
afterEach(() => {
  app.accounts.close()
  vi.restoreAllMocks()
})

const person = { username: 'Wang', name: '王工', password: PASSWORD }
async function setUp() {
  const own = app.browser()
  const answer = await own.ask('POST', '/api/setup', { token: await app.accounts.setup.offer(), ...person })
  return { own, answer }
}
const signIn = (username: string, password: string, address?: string, headers = {}) =>
  app.browser(address).ask('POST', '/api/sign-in', { username, password }, headers)

describe('until there is an administrator', () => {
  test('whoever sits at the server reads, computes and closes roads', async () => {
    const guest = app.browser()
    expect((await guest.ask('GET', '/api/me')).body).toEqual({
      viewer: { id: 'guest', name: expect.any(String), role: 'guest' },
      rights: ['read', 'plan', 'closeRoads'],
      administrator: false,
    })
    expect((await guest.ask('GET', '/api/counties')).status).toBe(200)
    expect((await guest.ask('POST', '/api/counties/vale/closures', { feature: CLOSURE })).status).toBe(201)
  })

  test('a missing right is named, with those who have it, and told in one line', async () => {
    const answer = await app
      .browser()
      .ask('GET', '/api/accounts?token=s3cret', undefined, { 'accept-language': 'zh' })
    expect(answer.body).toMatchObject({ code: 'right_missing', right: 'manageAccounts' })
    expect([answer.status, answer.body.message]).toEqual([403, expect.stringContaining('管理账户')])
    expect(answer.body.remedy).toContain('管理员')
    expect(logged).toEqual([expect.stringMatching(/guest \(guest\) GET \/api\/accounts – manageAccounts$/)])
  })

  test('a forged cookie or token makes nobody', async () => {
    const guest = app.browser()
    guest.cookie = 'fengtu-8787=administrator'
    expect((await guest.ask('GET', '/api/me')).body.viewer.role).toBe('guest')
    for (const authorization of ['Bearer x', 'Bearer', 'Basic d2FuZzp4', "Bearer ' or 1=1 --"]) {
      const answer = await guest.ask('GET', '/api/counties', undefined, { authorization })
      expect([answer.status, answer.code]).toEqual([401, 'token_wrong'])
    }
  })
})

describe('setting up', () => {
  test('makes the administrator, signs in, and shuts the door behind', async () => {
    const ended = vi.fn()
    app.accounts.sessions.watch('guest', ended)
    const { own, answer } = await setUp()
    expect(answer.body).toMatchObject({ viewer: { name: '王工', role: 'admin' }, administrator: true })
    expect(answer.body.rights).toContain('manageAccounts')
    expect((await own.ask('GET', '/api/accounts')).status).toBe(200)
    expect(ended).toHaveBeenCalledOnce()

    const stranger = app.browser()
    for (const path of [
      '/api/me',
      '/api/counties',
      '/api/nothing',
      '/api/docs',
      '/tiles/vale/base/1/0/0.mvt',
    ]) {
      const { status, code, headers } = await stranger.ask('GET', path)
      expect([path, status, code]).toEqual([path, 401, 'sign_in_needed'])
      expect(headers.get('www-authenticate')).toMatch(/Bearer/)
    }
    expect((await stranger.ask('GET', '/api/health')).status).toBe(200)
    expect((await stranger.ask('GET', '/')).status).toBe(404)
  })

  test('the link is good once', async () => {
    const token = await app.accounts.setup.offer()
    const [one, two] = await Promise.all(
      ['a1', 'b2'].map(username => app.browser().ask('POST', '/api/setup', { ...person, username, token })),
    )
    expect([one!.status, two!.status].sort()).toEqual([200, 403])
    expect((await app.browser().ask('POST', '/api/setup', { ...person, token })).code).toBe('setup_done')
    expect(await app.accounts.setup.offer()).toBeNull()
  })

  test('the link is good for 30 minutes, and the one before no longer', async () => {
    const old = (await app.accounts.setup.offer())!
    const token = (await app.accounts.setup.offer())!
    const by = (offered: string) => app.browser().ask('POST', '/api/setup', { ...person, token: offered })
    expect(token).toMatch(/^[\w-]{22}$/)
    expect((await by(old)).code).toBe('setup_link_wrong')
    app.clock.ms += 30 * MINUTE
    expect((await by(token)).code).toBe('setup_link_wrong')
  })

  test.each([
    ['short', 'password_weak'],
    ['1234567890', 'password_weak'],
    ['wang wang wang', 'password_weak'],
    ['aaaaaaaaaaaaaaa', 'password_weak'],
    ['Password1234', 'password_weak'],
  ])('the password %s is refused and the link stays good', async (password, code) => {
    const token = await app.accounts.setup.offer()
    const refused = await app.browser().ask('POST', '/api/setup', { ...person, password, token })
    expect([refused.status, refused.code, refused.body.at]).toEqual([400, code, 'password'])
    expect((await app.browser().ask('POST', '/api/setup', { ...person, token })).status).toBe(200)
  })
})

describe('signing in', () => {
  beforeEach(async () => {
    await setUp()
  })

  test('the cookie is for this server alone and no script sees it', async () => {
    const { setCookie } = await signIn('WANG', PASSWORD)
    expect(setCookie).toMatch(/^fengtu-8787=[\w-]{32}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/)
    const hosts = () => 'https' as const
    const over = await authApp({ hosts })
    await over.accounts.people.add({ ...person, role: 'admin' })
    const asked = await over
      .browser()
      .ask('POST', '/api/sign-in', { username: 'wang', password: PASSWORD }, { host: 'map.example' })
    expect(asked.setCookie).toMatch(/^__Host-fengtu=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/)
    over.accounts.close()
  })

  test('gives a session of its own each time: none can be planted, the one before ends', async () => {
    const own = app.browser()
    own.cookie = 'fengtu-8787=plantedplantedplantedplantedplan'
    await own.ask('POST', '/api/sign-in', { username: 'wang', password: PASSWORD })
    const first = own.cookie
    expect(first).not.toContain('planted')
    await own.ask('POST', '/api/sign-in', { username: 'wang', password: PASSWORD })
    expect(own.cookie).not.toBe(first)
    const old = app.browser()
    old.cookie = first
    expect((await old.ask('GET', '/api/me')).status).toBe(401)
  })

  test('unknown, wrong and disabled with a wrong password answer alike', async () => {
    const { id } = await app.accounts.people.add({ ...person, username: 'gone', role: 'duty' })
    await app.accounts.people.change(id, { disabled: true })
    const answers = await Promise.all(
      [
        ['wang', 'wrong wrong'],
        ['nobody', 'wrong wrong'],
        ['gone', 'wrong wrong'],
        ["' or 1=1 --", 'x'],
      ].map(([username, password], i) => signIn(username!, password!, `10.0.1.${i}`)),
    )
    for (const { status, body } of answers) expect([status, body]).toEqual([401, answers[0]!.body])
    expect(answers[0]!.code).toBe('wrong_password')
    expect((await signIn('gone', PASSWORD)).code).toBe('account_disabled')
  })

  test('an unknown username costs the same hash as a wrong password', async () => {
    app.accounts.close()
    app = await authApp({}, { slow: true })
    await setUp()
    const { scrypt } = crypto
    let hashes = 0
    crypto.scrypt = ((...args: Parameters<typeof scrypt>) => (hashes++, scrypt(...args))) as typeof scrypt
    syncBuiltinESMExports()
    try {
      await signIn('wang', 'wrong wrong')
      expect(hashes).toBe(1)
      await signIn('nobody', 'wrong wrong')
      expect(hashes).toBe(2)
    } finally {
      crypto.scrypt = scrypt
      syncBuiltinESMExports()
    }
  })

  test('a person’s session slides for twelve hours after its last use', async () => {
    const own = app.browser()
    await own.ask('POST', '/api/sign-in', { username: 'wang', password: PASSWORD })
    expect((await own.ask('GET', '/api/me')).setCookie).toBeNull()
    for (let i = 0; i < 3; i++) {
      app.clock.ms += 11 * HOUR
      const answer = await own.ask('GET', '/api/me')
      expect([answer.status, answer.setCookie]).toEqual([200, expect.stringMatching(/Max-Age=43200/)])
    }
    app.clock.ms += 12 * HOUR
    expect((await own.ask('GET', '/api/me')).status).toBe(401)
  })

  test('signing out ends the session, not only the cookie', async () => {
    const own = app.browser()
    await own.ask('POST', '/api/sign-in', { username: 'wang', password: PASSWORD })
    const copy = app.browser()
    copy.cookie = own.cookie
    expect((await own.ask('POST', '/api/sign-out', {})).status).toBe(204)
    expect(own.cookie).toBeUndefined()
    expect((await copy.ask('GET', '/api/me')).status).toBe(401)
    expect((await own.ask('POST', '/api/sign-out', {})).status).toBe(204)
  })

  test('one’s own password changes by the old one, and other browsers are signed out', async () => {
    const [own, other] = [app.browser(), app.browser()]
    for (const b of [own, other])
      await b.ask('POST', '/api/sign-in', { username: 'wang', password: PASSWORD })
    const newPassword = 'four loud magpies'
    const change = (password: string) => own.ask('POST', '/api/me/password', { password, newPassword })
    expect((await change('wrong wrong')).code).toBe('wrong_password')
    expect((await change(PASSWORD)).status).toBe(204)
    expect([(await own.ask('GET', '/api/me')).status, (await other.ask('GET', '/api/me')).status]).toEqual([
      200, 401,
    ])
    expect((await signIn('wang', newPassword, '10.9.9.9')).status).toBe(200)
  })
})

describe('guessing', () => {
  beforeEach(async () => {
    await setUp()
  })

  test('five wrong passwords slow down, longer each time, and the right one waits too', async () => {
    for (let i = 0; i < 5; i++) expect((await signIn('wang', `wrong ${i}`)).status).toBe(401)
    const waits: number[] = []
    for (let i = 0; i < 3; i++) {
      const slow = await signIn('wang', PASSWORD)
      expect([slow.status, slow.code]).toEqual([429, 'too_many_tries'])
      waits.push(Number(slow.headers.get('retry-after')))
      app.clock.ms += waits.at(-1)! * 1000
      expect((await signIn('wang', 'wrong')).status).toBe(401)
    }
    expect(waits).toEqual([5, 10, 20])
    app.clock.ms += 40_000
    expect((await signIn('wang', PASSWORD)).status).toBe(200)
    expect((await signIn('wang', 'wrong')).status).toBe(401)
  })

  test('from elsewhere the owner still comes in', async () => {
    for (let i = 0; i < 6; i++) await signIn('wang', 'wrong')
    expect((await signIn('wang', PASSWORD)).status).toBe(429)
    expect((await signIn('wang', PASSWORD, '10.0.0.2')).status).toBe(200)
  })

  test('many at once are no way round', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => signIn('wang', `wrong ${i}`)))
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5)
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(25)
  })

  test('one address that tries many names is slowed', async () => {
    const answers = []
    for (let i = 0; i < 21; i++) answers.push((await signIn(`name${i}`, 'wrong')).status)
    expect(answers).toEqual([...Array(20).fill(401), 429])
  })

  test('whoever has a session cannot guess its password either', async () => {
    const own = app.browser()
    await own.ask('POST', '/api/sign-in', { username: 'wang', password: PASSWORD })
    const guess = () =>
      own.ask('POST', '/api/me/password', { password: 'wrong', newPassword: 'four loud magpies' })
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(401)
    expect((await guess()).status).toBe(429)
  })
})

describe('requests that are not what they should be', () => {
  test('another site’s page cannot sign anybody in or out', async () => {
    const { own } = await setUp()
    for (const origin of ['http://evil.example', 'null', 'http://127.0.0.1:9999', `https://${HOST}`]) {
      expect((await own.ask('POST', '/api/sign-out', {}, { origin })).code).toBe('origin_refused')
      expect((await signIn('wang', PASSWORD, undefined, { origin })).code).toBe('origin_refused')
    }
    expect((await own.ask('GET', '/api/me', undefined, { origin: `http://${HOST}` })).status).toBe(200)
    expect((await own.ask('GET', '/api/me', undefined, { host: 'evil.example' })).code).toBe('host_refused')
  })

  test('only JSON, small, and of the right shape', async () => {
    await setUp()
    const post = (body: unknown, headers = {}) => app.browser().ask('POST', '/api/sign-in', body, headers)
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await post('username=wang', form)).code).toBe('not_json')
    expect((await post('{"username":"wang","password":"x"}', { 'content-type': 'text/plain' })).code).toBe(
      'not_json',
    )
    expect((await post(`"${'x'.repeat(3_000_000)}"`)).status).toBe(413)
    for (const body of [
      'null',
      '[]',
      '"wang"',
      '{',
      '{"username":"wang"}',
      '{"username":{"$ne":""},"password":{"$ne":""}}',
      '{"username":["wang"],"password":"x"}',
      '{"username":"wang","password":"x","role":"admin"}',
      `{"username":"wang","password":"${'x'.repeat(300)}"}`,
    ]) {
      const answer = await post(body)
      expect([body.slice(0, 60), answer.status]).toEqual([body.slice(0, 60), 400])
    }
    expect((await post('{"username":"wang\\u0000","password":"x"}')).status).toBe(401)
  })
})

test('no secret is logged or kept as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fengtu-auth-'))
  app.accounts.close()
  app = await authApp({}, { path: join(folder, 'accounts.sqlite'), slow: true })
  const token = (await app.accounts.setup.offer())!
  const own = app.browser()
  await own.ask('POST', '/api/setup', { ...person, token })
  await signIn('wang', 'a wrong password')
  const link = await own.ask('POST', '/api/field-links', { team: 't1', expiresAt: '2026-07-02T00:00:00Z' })
  const bearer = await app.accounts.tokens.make('reader', 'QGIS', 30)
  await app.browser().ask('GET', '/api/accounts', undefined, { authorization: `Bearer ${bearer.token}` })
  const secrets = [
    PASSWORD,
    'a wrong password',
    token,
    own.cookie!.split('=')[1]!,
    link.body.url.split('#')[1],
    bearer.token,
  ]
  expect(logged).toHaveLength(1)
  const kept = readdirSync(folder)
    .map(file => readFileSync(join(folder, file), 'latin1'))
    .join()
  expect(kept).toContain('QGIS')
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(9)
    expect(logged.join('\n')).not.toContain(secret)
    expect(kept).not.toContain(secret)
  }
  rmSync(folder, { recursive: true })
})
