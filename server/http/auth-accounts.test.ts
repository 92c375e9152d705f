import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CLOSURE } from './app.fixture.ts'
import { PASSWORD, authApp } from './auth.fixture.ts'
import type { Answer, AuthApp, Browser } from './auth.fixture.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
let app: AuthApp
let admin: Browser
beforeEach(async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  app = await authApp()
  admin = await app.signedIn('admin')
})
afterEach(() => {
  app.accounts.close()
  vi.restoreAllMocks()
})

const me = async (b: Browser) => (await b.ask('GET', '/api/me')).body.viewer
const idOf = async (b: Browser): Promise<string> => (await me(b)).id
const patch = (id: string, body: object, by = admin) => by.ask('PATCH', `/api/accounts/${id}`, body)

describe('accounts', () => {
  test('are made, listed and changed by an administrator only', async () => {
    const li = { username: '李雷', name: '李雷', role: 'field', password: PASSWORD, team: 't1' }
    const made = await admin.ask('POST', '/api/accounts', li)
    expect([made.status, made.body]).toEqual([
      201,
      expect.objectContaining({ kind: 'person', username: '李雷', role: 'field', team: 't1', sessions: 0 }),
    ])
    expect(JSON.stringify(made.body)).not.toContain(PASSWORD)
    const listed = (await admin.ask('GET', '/api/accounts')).body.accounts
    expect(listed.map((a: { username: string }) => a.username).sort()).toEqual(['admin', '李雷'])
    const own = app.browser()
    await own.ask('POST', '/api/sign-in', { username: '李雷', password: PASSWORD })
    expect(await me(own)).toEqual({ id: made.body.id, name: '李雷', role: 'field', team: 't1' })
    for (const [method, path, body] of [
      ['GET', '/api/accounts', undefined],
      ['POST', '/api/accounts', li],
      ['PATCH', `/api/accounts/${made.body.id}`, { role: 'admin' }],
      ['GET', '/api/sessions?all=true', undefined],
      ['POST', '/api/pairing/confirm', { code: 'x', name: 'x' }],
    ] as const) {
      const { status, body: said } = await own.ask(method, path, body)
      expect([path, status, said.right]).toEqual([path, 403, 'manageAccounts'])
    }
  })

  test.each([
    [{ username: 'ADMIN' }, 409, 'username_taken'],
    [{ username: 'ａｄｍｉｎ' }, 409, 'username_taken'],
    [{ username: 'a b' }, 400, 'username_wrong'],
    [{ username: '../x' }, 400, 'username_wrong'],
    [{ username: 'x' }, 400, 'username_wrong'],
    [{ role: 'wall' }, 400, 'not_one_of'],
    [{ role: 'guest' }, 400, 'not_one_of'],
    [{ password: 'too short' }, 400, 'password_weak'],
    [{ banned: true }, 400, 'unknown_field'],
    [{ name: '' }, 400, 'out_of_range'],
  ])('%j is refused', async (more, status, code) => {
    const account = { username: 'new', name: '新', role: 'duty', password: PASSWORD, ...more }
    const answer = await admin.ask('POST', '/api/accounts', account)
    expect([answer.status, answer.code]).toEqual([status, code])
  })

  test('the last administrator stays', async () => {
    const id = await idOf(admin)
    for (const body of [
      { role: 'duty' },
      { disabled: true },
      { role: 'reader', password: 'another long one' },
    ])
      expect((await patch(id, body)).code).toBe('last_administrator')
    const again = { username: 'admin', password: PASSWORD }
    expect((await app.browser('10.1.1.1').ask('POST', '/api/sign-in', again)).status).toBe(200)
    expect((await patch(id, { name: '老王' })).body.name).toBe('老王')
    const second = await idOf(await app.signedIn('admin', 'second'))
    const both = await Promise.allSettled(
      [id, second].map(one => app.accounts.people.change(one, { role: 'duty' })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await app.accounts.people.list()).filter(({ role }) => role === 'admin')).toHaveLength(1)
  })

  test('an account that does not exist is said not to', async () => {
    expect((await patch('u-none', { name: 'x' })).code).toBe('account_unknown')
    expect((await admin.ask('DELETE', '/api/sessions/s-none')).code).toBe('session_unknown')
  })

  test('a new password ends the sessions of the account', async () => {
    const duty = await app.signedIn('duty')
    expect((await patch(await idOf(duty), { password: 'another long one' })).status).toBe(200)
    expect((await duty.ask('GET', '/api/me')).status).toBe(401)
  })
})

describe('a stream of somebody', () => {
  const listen = async (b: Browser) => {
    const { body } = await b.ask('GET', '/api/counties/vale/closures/stream')
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    return reader
  }
  const over = async (reader: ReadableStreamDefaultReader<Uint8Array>) => (await reader.read()).done

  test.each([
    ['demoted', (id: string) => patch(id, { role: 'reader' }), 200],
    ['moved to another team', (id: string) => patch(id, { team: 't2' }), 200],
    ['disabled', (id: string) => patch(id, { disabled: true }), 401],
  ])('who is %s ends at once', async (_, change, status) => {
    const duty = await app.signedIn('duty')
    const reader = await listen(duty)
    await change(await idOf(duty))
    expect(await over(reader)).toBe(true)
    expect((await duty.ask('GET', '/api/me')).status).toBe(status)
  })

  test('ends with its session, and no other does', async () => {
    const duty = await app.signedIn('duty')
    const [reader, bystander] = [await listen(duty), await listen(admin)]
    const [session] = (await duty.ask('GET', '/api/sessions')).body.sessions
    expect((await admin.ask('DELETE', `/api/sessions/${session.id}`)).status).toBe(204)
    expect(await over(reader)).toBe(true)
    await admin.ask('POST', '/api/counties/vale/closures', { feature: CLOSURE })
    expect(await over(bystander)).toBe(false)
    await bystander.cancel()
  })

  test('ends when the session has run out, or another process ended it', async () => {
    const reader = await listen(await app.signedIn('duty'))
    app.clock.ms += DAY
    await app.accounts.sessions.refresh()
    expect(await over(reader)).toBe(true)
  })
})

describe('sessions', () => {
  test('everyone sees and ends their own; an administrator everyone’s', async () => {
    const duty = await app.signedIn('duty')
    const own = (await duty.ask('GET', '/api/sessions')).body.sessions
    expect(own).toMatchObject([
      {
        account: { role: 'duty', kind: 'person' },
        address: '10.0.0.1',
        current: true,
        expiresAt: expect.any(String),
      },
    ])
    const all = (await admin.ask('GET', '/api/sessions?all=true')).body.sessions
    expect(all).toHaveLength(2)
    const others = all.find((s: { account: { role: string } }) => s.account.role === 'admin')
    const refused = await duty.ask('DELETE', `/api/sessions/${others.id}`)
    expect([refused.status, refused.body.right]).toEqual([403, 'manageAccounts'])
    expect((await duty.ask('DELETE', `/api/sessions/${own[0].id}`)).status).toBe(204)
    expect((await duty.ask('GET', '/api/me')).status).toBe(401)
    expect((await admin.ask('GET', '/api/me')).status).toBe(200)
  })
})

describe('a wall', () => {
  const pair = async (wall: Browser, name = '大厅'): Promise<{ id: string; confirmed: Answer }> => {
    const { id, code } = (await wall.ask('POST', '/api/pairing', {})).body
    return { id, confirmed: await admin.ask('POST', '/api/pairing/confirm', { code, name }) }
  }

  test('is let in by its code, once, and reads only', async () => {
    const wall = app.browser()
    const asked = await wall.ask('POST', '/api/pairing', {})
    expect(asked.body).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      code: expect.stringMatching(/^[ACDEFGHJKMNPQRTWXY34679]{8}$/),
      expiresAt: '2026-07-01T08:02:00.000Z',
    })
    const { id, code } = asked.body
    const poll = (b: Browser) => b.ask('GET', `/api/pairing/${id}`)
    expect((await poll(wall)).body).toEqual({ status: 'pending' })
    const typed = `${code.slice(0, 4)}-${code.slice(4)}`.toLowerCase()
    const confirmed = await admin.ask('POST', '/api/pairing/confirm', { code: typed, name: '大厅' })
    expect([confirmed.status, confirmed.body]).toEqual([
      201,
      expect.objectContaining({ kind: 'wall', role: 'wall', name: '大厅' }),
    ])
    const again = await admin.ask('POST', '/api/pairing/confirm', { code, name: '又一个' })
    expect([again.status, again.code]).toEqual([404, 'pairing_code_wrong'])
    expect((await poll(wall)).body).toEqual({ status: 'paired' })
    const thief = app.browser()
    expect((await poll(thief)).body).toEqual({ status: 'expired' })
    expect(thief.cookie).toBeUndefined()
    expect(await me(wall)).toMatchObject({ name: '大厅', role: 'wall' })
    expect((await wall.ask('GET', '/api/counties')).status).toBe(200)
    const closing = await wall.ask('POST', '/api/counties/vale/closures', { feature: CLOSURE })
    expect([closing.status, closing.body.right]).toEqual([403, 'closeRoads'])
  })

  test('must be paired within two minutes', async () => {
    const wall = app.browser()
    const { id, code } = (await wall.ask('POST', '/api/pairing', {})).body
    app.clock.ms += 2 * MINUTE
    expect((await admin.ask('POST', '/api/pairing/confirm', { code, name: 'x' })).code).toBe(
      'pairing_code_wrong',
    )
    expect((await wall.ask('GET', `/api/pairing/${id}`)).body).toEqual({ status: 'expired' })
  })

  test('codes are tried five times a minute; codes are asked for ten times, and fifty at once', async () => {
    const guess = () => admin.ask('POST', '/api/pairing/confirm', { code: 'AAAAAAAA', name: 'x' })
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(404)
    expect((await guess()).status).toBe(429)
    expect((await pair(app.browser('10.3.0.1'))).confirmed.status).toBe(429)
    app.clock.ms += MINUTE
    expect((await pair(app.browser('10.3.0.1'))).confirmed.status).toBe(201)
    const ask = async (address: string) => (await app.browser(address).ask('POST', '/api/pairing', {})).status
    for (let i = 0; i < 10; i++) expect(await ask('10.3.0.2')).toBe(201)
    expect(await ask('10.3.0.2')).toBe(429)
    const many = []
    for (let i = 0; i < 60; i++) many.push(await ask(`10.4.0.${i}`))
    expect(many.filter(status => status === 429).length).toBeGreaterThanOrEqual(20)
  })

  test('never logs out by itself, renews its cookie, and ends when it is revoked', async () => {
    const wall = app.browser()
    const { id, confirmed } = await pair(wall)
    const paired = await wall.ask('GET', `/api/pairing/${id}`)
    expect(paired.setCookie).toMatch(/Max-Age=34560000; .*HttpOnly; SameSite=Strict/)
    for (const days of [300, 300, 3000]) {
      app.clock.ms += days * DAY
      expect((await wall.ask('GET', '/api/me')).setCookie).toMatch(/Max-Age=34560000/)
    }
    await admin.ask('POST', '/api/sign-in', { username: 'admin', password: PASSWORD })
    const listed = (await admin.ask('GET', '/api/sessions?all=true')).body.sessions
    expect(listed.find((s: { account: { kind: string } }) => s.account.kind === 'wall').expiresAt).toBeNull()
    expect((await patch(confirmed.body.id, { role: 'admin' })).code).toBe('persons_only')
    expect((await patch(confirmed.body.id, { disabled: true })).status).toBe(200)
    expect((await wall.ask('GET', '/api/me')).status).toBe(401)
  })

  test('is still paired after a restart, and so is a person; failures are still counted', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fengtu-auth-'))
    const path = join(folder, 'accounts.sqlite')
    const before = app
    app = await authApp({}, { path })
    admin = await app.signedIn('admin')
    const wall = app.browser()
    const { id } = await pair(wall)
    await wall.ask('GET', `/api/pairing/${id}`)
    const wrong = { username: 'admin', password: 'wrong' }
    for (let i = 0; i < 5; i++) await app.browser().ask('POST', '/api/sign-in', wrong)
    const [wallCookie, adminCookie] = [wall.cookie, admin.cookie]
    app.accounts.close()

    app = await authApp({}, { path })
    for (const [cookie, role] of [
      [wallCookie, 'wall'],
      [adminCookie, 'admin'],
    ]) {
      const browser = app.browser()
      browser.cookie = cookie
      expect((await me(browser)).role).toBe(role)
    }
    expect((await app.browser().ask('POST', '/api/sign-in', wrong)).status).toBe(429)
    app.accounts.close()
    rmSync(folder, { recursive: true })
    app = before
  })
})

describe('a field link', () => {
  const tomorrow = '2026-07-02T08:00:00Z'
  const link = async (body: object): Promise<{ id: string; secret: string; url: string }> => {
    const { status, body: made } = await admin.ask('POST', '/api/field-links', {
      expiresAt: tomorrow,
      ...body,
    })
    expect(status).toBe(201)
    return { id: made.id, url: made.url, secret: made.url.split('#')[1] }
  }
  const enter = (secret: string, b = app.browser('10.7.0.1')) =>
    b.ask('POST', '/api/field-links/exchange', { secret })

  test('lets a team’s phones in for its incident', async () => {
    const { url, secret } = await link({ team: 't1', incident: 'i7' })
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:8787\/field#[\w-]{22}$/)
    const phone = app.browser()
    const { body, setCookie } = await enter(secret, phone)
    expect(body.viewer).toMatchObject({ role: 'field', team: 't1', incident: 'i7' })
    expect(body.rights).toEqual(['read', 'report'])
    expect(setCookie).toMatch(/Max-Age=86400; .*HttpOnly; SameSite=Strict/)
    expect((await phone.ask('GET', '/api/counties')).status).toBe(200)
    expect((await phone.ask('GET', '/api/field-links')).body.right).toBe('editRecords')
  })

  test('lets in as many phones as it is for, also when they come at once', async () => {
    const { secret } = await link({ township: '城关镇', phones: 2 })
    const answers = await Promise.all([1, 2, 3, 4].map(() => enter(secret)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 403, 403])
  })

  test('ends at its time, however much it is used', async () => {
    const { secret } = await link({ team: 't1' })
    const phone = app.browser()
    await enter(secret, phone)
    app.clock.ms += DAY - MINUTE
    expect((await phone.ask('GET', '/api/me')).status).toBe(200)
    app.clock.ms += MINUTE
    expect((await phone.ask('GET', '/api/me')).status).toBe(401)
    expect((await enter(secret)).code).toBe('field_link_over')
  })

  test('is revoked with the phones that are in', async () => {
    const { id, secret } = await link({ team: 't1' })
    const phone = app.browser()
    await enter(secret, phone)
    expect((await admin.ask('GET', '/api/field-links')).body.fieldLinks).toMatchObject([
      { id, team: 't1', sessions: 1 },
    ])
    expect((await admin.ask('DELETE', `/api/field-links/${id}`)).status).toBe(204)
    expect((await phone.ask('GET', '/api/me')).status).toBe(401)
    expect((await enter(secret)).code).toBe('field_link_over')
    expect((await admin.ask('DELETE', `/api/field-links/${await idOf(admin)}`)).status).toBe(404)
  })

  test('is not guessed', async () => {
    for (let i = 0; i < 20; i++) expect((await enter('x'.repeat(22))).code).toBe('field_link_over')
    expect((await enter('x'.repeat(22))).status).toBe(429)
  })

  test.each([
    [{ expiresAt: '2026-07-01T07:59:59Z', team: 't1' }, 'out_of_range'],
    [{ expiresAt: '2027-07-01T08:00:00Z', team: 't1' }, 'out_of_range'],
    [{ expiresAt: 'tomorrow', team: 't1' }, 'bad_format'],
    [{ expiresAt: tomorrow }, 'bad_request'],
    [{ expiresAt: tomorrow, team: 't1', township: '城关镇' }, 'bad_request'],
    [{ expiresAt: tomorrow, team: 't1', phones: 51 }, 'out_of_range'],
  ])('%j is refused', async (body, code) => {
    const answer = await admin.ask('POST', '/api/field-links', body)
    expect([answer.status, answer.code]).toEqual([400, code])
  })
})

describe('a token', () => {
  test('opens what its role may, in its header only, until it ends or is revoked', async () => {
    const { token, account } = await app.accounts.tokens.make('reader', 'QGIS', 30)
    const program = app.browser()
    const by = (header: string, path = '/api/me') =>
      program.ask('GET', path, undefined, { authorization: header })
    expect((await by(`Bearer ${token}`)).body).toMatchObject({
      viewer: { id: account.id, name: 'QGIS', role: 'reader' },
      rights: ['read', 'plan'],
    })
    expect((await by(`Bearer ${token}`, '/api/accounts')).status).toBe(403)
    expect((await by(`Bearer ${token}x`)).code).toBe('token_wrong')
    expect((await by(`Bearer ${admin.cookie!.split('=')[1]}`)).code).toBe('token_wrong')
    program.cookie = `fengtu-8787=${token}`
    expect((await program.ask('GET', '/api/me')).status).toBe(401)

    await app.accounts.tokens.revoke(account.id)
    expect((await by(`Bearer ${token}`)).code).toBe('token_wrong')
    const short = await app.accounts.tokens.make('reader', 'QGIS', 1)
    app.clock.ms += DAY
    expect((await by(`Bearer ${short.token}`)).code).toBe('token_wrong')
    await expect(app.accounts.tokens.revoke('u-none')).rejects.toMatchObject({ code: 'account_unknown' })
  })
})
