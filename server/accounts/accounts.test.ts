import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CHEAP } from '../http/auth.fixture.ts'
import { hasAdministrator, openAccounts } from './accounts.ts'
import type { Accounts } from './accounts.ts'
import { checkPassword, checkUsername } from './credentials.ts'
import { AccountRows } from './database.ts'
import { newCode } from './secrets.ts'

const PERSON = { username: 'wang', name: '王工', password: 'three quiet herons' }
const CALLER = { address: '', agent: '' }
let folder: string
let path: string
const opened: Accounts[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fengtu-accounts-'))
  path = join(folder, 'accounts.sqlite')
})
afterEach(() => {
  for (const accounts of opened.splice(0)) accounts.close()
  rmSync(folder, { recursive: true })
})
async function open(): Promise<Accounts> {
  const accounts = await openAccounts({ path, now: () => new Date(), hashing: CHEAP })
  opened.push(accounts)
  return accounts
}

test('a disk that takes nothing more shuts nobody out who is in', async () => {
  let ms = Date.parse('2026-07-01T08:00:00Z')
  const accounts = await openAccounts({ path, now: () => new Date(ms), hashing: CHEAP })
  opened.push(accounts)
  await accounts.people.add({ ...PERSON, role: 'duty' })
  const secret = await accounts.signIn('wang', PERSON.password, CALLER)
  const { cookieMs } = accounts.sessions.find(secret, 'cookie')!
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const full = vi.spyOn(AccountRows.prototype, 'run').mockImplementation(() => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  })
  ms += 10 * 60_000
  const known = accounts.sessions.find(secret, 'cookie')
  expect(known).toMatchObject({ viewer: { role: 'duty' }, renewed: false })
  expect(known!.cookieMs).toBe(cookieMs - 10 * 60_000)
  expect(told).toHaveBeenCalledOnce()
  full.mockRestore()
  told.mockRestore()
  ms += 10 * 60_000
  expect(accounts.sessions.find(secret, 'cookie')).toMatchObject({ renewed: true })
})

test('a row is what was asked for, and nothing beside it', () => {
  const rows = new AccountRows(':memory:')
  expect(rows.get('select 1 as one')).toEqual({ one: 1 })
  expect(rows.get('select 1 as one where 0')).toBeUndefined()
  rows.close()
})

describe('two processes on one file', () => {
  test('what one changes the other goes by', async () => {
    const [server, command] = [await open(), await open()]
    expect(server.administratorExists()).toBe(false)
    await command.people.add({ ...PERSON, role: 'admin' })
    expect(server.administratorExists()).toBe(true)

    const { id } = await command.people.add({ ...PERSON, username: 'li', role: 'duty' })
    const secret = await server.signIn('li', PERSON.password, CALLER)
    expect(server.sessions.find(secret, 'cookie')!.viewer.role).toBe('duty')
    const ended = vi.fn()
    server.sessions.watch(server.sessions.find(secret, 'cookie')!.session, ended)
    await command.people.change(id, { role: 'reader' })
    server.sessions.refresh()
    expect(server.sessions.find(secret, 'cookie')!.viewer.role).toBe('reader')
    expect(ended).toHaveBeenCalledOnce()
    await command.people.change(id, { disabled: true })
    server.sessions.refresh()
    expect(server.sessions.find(secret, 'cookie')).toBeNull()
  })

  test('neither makes a username that the other has made, in whatever case', async () => {
    const both = [await open(), await open()]
    const made = await Promise.allSettled(
      both.map((a, i) => a.people.add({ ...PERSON, username: i ? 'WANG' : 'wang', role: 'admin' })),
    )
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(made.find(m => m.status === 'rejected')).toMatchObject({ reason: { code: 'username_taken' } })
  })
})

describe('watching a session', () => {
  test('tells once, not at all after leaving, and soon of one that is over', async () => {
    const accounts = await open()
    await accounts.people.add({ ...PERSON, role: 'admin' })
    const secret = await accounts.signIn('wang', PERSON.password, CALLER)
    const { session } = accounts.sessions.find(secret, 'cookie')!
    const [staying, leaving, late] = [vi.fn(), vi.fn(), vi.fn()]
    accounts.sessions.watch(session, staying)
    accounts.sessions.watch(session, leaving)()
    accounts.sessions.end(session)
    accounts.sessions.changed()
    accounts.sessions.watch(session, late)
    expect(late).not.toHaveBeenCalled()
    await Promise.resolve()
    expect([staying, leaving, late].map(f => f.mock.calls.length)).toEqual([1, 0, 1])
  })
})

describe('the file', () => {
  test('is read by nobody else at this machine', async () => {
    await open()
    expect(statSync(path).mode & 0o077).toBe(0)
  })

  test('of a newer release is not opened', async () => {
    const rows = new AccountRows(path)
    rows.run("update meta set value = '2' where name = 'format'")
    rows.close()
    await expect(open()).rejects.toThrow(/format 2/)
  })

  test('is looked into for an administrator without being made', async () => {
    expect(hasAdministrator(path)).toBe(false)
    expect(() => statSync(path)).toThrow(/ENOENT/)
    const accounts = await open()
    expect(hasAdministrator(path)).toBe(false)
    await accounts.people.add({ ...PERSON, role: 'admin' })
    expect(hasAdministrator(path)).toBe(true)
  })
})

describe('usernames and passwords', () => {
  test.each([
    ['Wang', 'wang'],
    ['李雷', '李雷'],
    ['ｗａｎｇ', 'wang'],
    [' wang.li-2_b ', 'wang.li-2_b'],
  ])('%s is taken as %s', (typed, kept) => expect(checkUsername(typed)).toBe(kept))
  test.each(['w', '.wang', 'wang li', 'wang/li', 'wang\u0000', 'w'.repeat(33), 'wáng\u200b', ''])(
    '%j is no username',
    typed => expect(() => checkUsername(typed)).toThrow(expect.objectContaining({ code: 'username_wrong' })),
  )
  test.each(['three quiet herons', '今晚的雨下到明早才停呢', 'aB1!aB1!aB', '          x y'])(
    '“%s” is taken',
    password => expect(() => checkPassword(password, 'wang')).not.toThrow(),
  )
  test.each([
    '123456789',
    'WANG123456',
    'qwertyuiop',
    'QWERTYUIOP',
    '１２３４５６７８９０',
    'abababababab',
    '密码密码密码',
  ])('“%s” is refused', password =>
    expect(() => checkPassword(password, 'wang')).toThrow(expect.objectContaining({ code: 'password_weak' })),
  )
  test('codes hold nothing that is mistaken, and differ', () => {
    const codes = Array.from({ length: 200 }, newCode)
    for (const code of codes) expect(code).toMatch(/^[^01258BILOSUVZ]{8}$/)
    expect(new Set(codes).size).toBe(200)
  })
})
