import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CHEAP } from '../http/auth.fixture.ts'
import { openAccounts } from './accounts.ts'
import type { Accounts } from './accounts.ts'
import { isDuplicate } from './database.ts'
import type { AccountRows } from './database.ts'

const PERSON = { username: 'wang', name: '王工', password: 'three quiet herons' }
const CALLER = { address: '10.0.0.7', agent: 'a browser' }
const START = Date.parse('2026-07-01T08:00:00Z')

/**
 * What accounts do, whatever database their rows are in. `open` gives empty ones; `reopen` another connection
 * to those that were opened last, as another process has.
 */
export function accountsContract(
  name: string,
  open: () => Promise<AccountRows>,
  reopen: () => Promise<AccountRows>,
): void {
  describe(`accounts: ${name}`, () => {
    let ms: number
    let rows: AccountRows
    let accounts: Accounts
    let opened: { close(): Promise<void> }[]
    beforeEach(async () => {
      ms = START
      opened = []
      rows = await open()
      accounts = await using(rows)
    })
    afterEach(async () => {
      for (const one of opened) await one.close()
    })
    async function using(on: AccountRows): Promise<Accounts> {
      const made = await openAccounts({ rows: on, now: () => new Date(ms), hashing: CHEAP })
      opened.push(made)
      return made
    }
    const another = async () => using(await reopen())

    test('a row is what was asked for, and nothing beside it', async () => {
      expect(await rows.get('select cast(1 as integer) as one')).toEqual({ one: 1 })
      expect(await rows.get('select 1 as one where 1 = 0')).toBeUndefined()
      expect(await rows.all('select cast(? as text) as "aB"', '值')).toEqual([{ aB: '值' }])
    })

    test('a batch is done whole or not at all, and one that must change something decides', async () => {
      const put = (key: string) => ({
        sql: 'insert into "trial" (key, failures, at) values (?, ?, ?) on conflict (key) do nothing',
        values: [key, 1, 'x'],
      })
      const keys = async () =>
        (await rows.all<{ key: string }>('select key from "trial" order by key')).map(r => r.key)
      expect(await rows.together([put('a'), put('b')])).toBe(true)
      expect(await rows.together([put('c'), { ...put('a'), must: true }])).toBe(false)
      const broken = {
        sql: 'insert into "trial" (key, failures, at) values (?, ?, ?)',
        values: ['a', 1, 'x'],
      }
      const why = await rows.together([put('d'), broken]).catch(e => e)
      expect(isDuplicate(why)).toBe(true)
      expect(await keys()).toEqual(['a', 'b'])
      expect(await rows.together([put('a')])).toBe(true)
      const [before, first, second] = [await keys(), [put('e'), put('f')], [put('g'), put('h')]]
      expect(await Promise.all([rows.together(first), rows.together(second)])).toEqual([true, true])
      expect(await keys()).toEqual([...before, 'e', 'f', 'g', 'h'])
    })

    test('people are made, listed, changed, signed in and shut out', async () => {
      const made = await accounts.people.add({ ...PERSON, role: 'duty', team: 't1' })
      expect(made).toMatchObject({
        username: 'wang',
        name: '王工',
        role: 'duty',
        team: 't1',
        disabled: false,
      })
      expect(await accounts.people.list()).toEqual([made])
      expect(await accounts.people.byUsername('wang')).toEqual(made)
      const secret = await accounts.signIn('WANG', PERSON.password, CALLER)
      expect(await accounts.sessions.find(secret, 'cookie')).toMatchObject({
        kind: 'person',
        viewer: { id: made.id, name: '王工', role: 'duty', team: 't1' },
      })
      expect(await accounts.sessions.find(secret, 'bearer')).toBeNull()
      expect(await accounts.sessions.list(made.id, '')).toMatchObject([
        { address: '10.0.0.7', agent: 'a browser', createdAt: '2026-07-01T08:00:00.000Z' },
      ])
      expect((await accounts.people.one(made.id)).sessions).toBe(1)
      await accounts.changePassword(made.id, PERSON.password, 'four loud magpies', {
        session: '',
        ...CALLER,
      })
      expect(await accounts.sessions.find(secret, 'cookie')).toBeNull()
      await expect(accounts.signIn('wang', PERSON.password, CALLER)).rejects.toMatchObject({
        code: 'wrong_password',
      })
      const again = await accounts.signIn('wang', 'four loud magpies', CALLER)
      await accounts.people.change(made.id, { disabled: true })
      expect(await accounts.sessions.find(again, 'cookie')).toBeNull()
      await expect(accounts.signIn('wang', 'four loud magpies', CALLER)).rejects.toMatchObject({
        code: 'account_disabled',
      })
    })

    test('a person’s session is put off by its use and ends without; what ended is cleared away', async () => {
      await accounts.people.add({ ...PERSON, role: 'duty' })
      const secret = await accounts.signIn('wang', PERSON.password, CALLER)
      ms += 11 * 3_600_000
      expect(await accounts.sessions.find(secret, 'cookie')).toMatchObject({ renewed: true })
      ms += 11 * 3_600_000
      expect(await accounts.sessions.find(secret, 'cookie')).toMatchObject({ renewed: true })
      ms += 13 * 3_600_000
      expect(await accounts.sessions.find(secret, 'cookie')).toBeNull()
      await accounts.sessions.clearEnded()
      expect(await rows.all('select id from "session"')).toEqual([])
    })

    test('a token, a wall and a field link come in by what was handed over, the link by so many phones', async () => {
      const token = await accounts.tokens.make('reader', 'QGIS', 30)
      expect(await accounts.sessions.find(token.token, 'bearer')).toMatchObject({ kind: 'token' })
      const { id, code } = accounts.pairing.start('10.0.0.9')
      await accounts.pairing.confirm('an administrator', code, '大屏')
      const wall = await accounts.pairing.collect(id, CALLER)
      expect(wall).toMatchObject({ status: 'paired' })
      const link = { team: 't1', expiresAt: new Date(ms + 3_600_000).toISOString(), phones: 2 }
      const field = await accounts.fieldLinks.make(link)
      const tries = await Promise.allSettled(
        [1, 2, 3, 4].map(() => accounts.fieldLinks.exchange(field.secret, CALLER)),
      )
      expect(tries.filter(t => t.status === 'fulfilled')).toHaveLength(2)
      expect(tries.find(t => t.status === 'rejected')).toMatchObject({ reason: { code: 'field_link_over' } })
      await accounts.tokens.revoke(token.account.id)
      expect(await accounts.sessions.find(token.token, 'bearer')).toBeNull()
      expect((await accounts.people.list()).map(({ kind }) => kind).sort()).toEqual([
        'field',
        'token',
        'wall',
      ])
    })

    test('a database that takes nothing more shuts nobody out who is in', async () => {
      await accounts.people.add({ ...PERSON, role: 'duty' })
      const secret = await accounts.signIn('wang', PERSON.password, CALLER)
      const { cookieMs } = (await accounts.sessions.find(secret, 'cookie'))!
      const told = vi.spyOn(console, 'error').mockImplementation(() => {})
      const full = vi.spyOn(rows, 'run').mockImplementation(async () => {
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
      })
      ms += 10 * 60_000
      const known = await accounts.sessions.find(secret, 'cookie')
      expect(known).toMatchObject({ viewer: { role: 'duty' }, renewed: false })
      expect(known!.cookieMs).toBe(cookieMs - 10 * 60_000)
      expect(told).toHaveBeenCalledOnce()
      full.mockRestore()
      told.mockRestore()
      ms += 10 * 60_000
      expect(await accounts.sessions.find(secret, 'cookie')).toMatchObject({ renewed: true })
    })

    describe('two processes', () => {
      test('what one changes the other goes by', async () => {
        const [server, command] = [accounts, await another()]
        expect(server.administratorExists()).toBe(false)
        await command.people.add({ ...PERSON, role: 'admin' })
        await server.sessions.refresh()
        expect(server.administratorExists()).toBe(true)

        const { id } = await command.people.add({ ...PERSON, username: 'li', role: 'duty' })
        const secret = await server.signIn('li', PERSON.password, CALLER)
        const known = (await server.sessions.find(secret, 'cookie'))!
        expect(known.viewer.role).toBe('duty')
        const ended = vi.fn()
        server.sessions.watch(known.session, ended, known.viewer)
        await command.people.change(id, { role: 'reader' })
        await server.sessions.refresh()
        expect((await server.sessions.find(secret, 'cookie'))!.viewer.role).toBe('reader')
        expect(ended).toHaveBeenCalledOnce()
        await command.people.change(id, { disabled: true })
        await server.sessions.refresh()
        expect(await server.sessions.find(secret, 'cookie')).toBeNull()
      })

      test('whoever signed in at one is known at the other', async () => {
        const other = await another()
        await accounts.people.add({ ...PERSON, role: 'commander' })
        const secret = await accounts.signIn('wang', PERSON.password, CALLER)
        expect((await other.sessions.find(secret, 'cookie'))?.viewer.role).toBe('commander')
      })

      test('neither makes a username that the other has made, in whatever case', async () => {
        const both = [accounts, await another()]
        const made = await Promise.allSettled(
          both.map((a, i) => a.people.add({ ...PERSON, username: i ? 'WANG' : 'wang', role: 'admin' })),
        )
        expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
        expect(made.find(m => m.status === 'rejected')).toMatchObject({ reason: { code: 'username_taken' } })
      })

      test('two who change one account at once do not undo each other', async () => {
        const other = await another()
        for (let i = 0; i < 6; i++) {
          const { id } = await accounts.people.add({ ...PERSON, username: `p${i}`, role: 'duty' })
          await Promise.all([
            accounts.people.change(id, { disabled: true }),
            other.people.change(id, { name: '改名' }),
            accounts.people.change(id, { role: 'reader' }),
          ])
          expect(await accounts.people.one(id)).toMatchObject({
            disabled: true,
            name: '改名',
            role: 'reader',
          })
        }
      })

      test('two administrators cannot demote each other at once', async () => {
        const both = [accounts, await another()]
        for (let i = 0; i < 6; i++) {
          const pair = [`a${i}`, `b${i}`]
          const ids: string[] = []
          for (const username of pair)
            ids.push((await accounts.people.add({ ...PERSON, username, role: 'admin' })).id)
          await Promise.allSettled(both.map((a, n) => a.people.change(ids[n]!, { role: 'duty' })))
          const left = (await accounts.people.list()).filter(({ role }) => role === 'admin')
          expect(left).toHaveLength(1)
          // Out of the way of the next pair.
          await rows.run(`update "user" set role = 'reader' where role = 'admin'`)
        }
      })

      test('wrong passwords count together, many at once no less, and outlast both', async () => {
        await accounts.people.add({ ...PERSON, role: 'duty' })
        const both = [accounts, await another()]
        const wrong = (a: Accounts) => a.signIn('wang', 'not it at all', CALLER).catch(e => e.code)
        const said = await Promise.all(Array.from({ length: 12 }, (_, i) => wrong(both[i % 2]!)))
        expect(said.filter(code => code === 'wrong_password')).toHaveLength(5)
        expect(said.filter(code => code === 'too_many_tries')).toHaveLength(7)
        const third = await another()
        await expect(third.signIn('wang', PERSON.password, CALLER)).rejects.toMatchObject({
          code: 'too_many_tries',
        })
        ms += 6000
        expect(await third.signIn('wang', PERSON.password, CALLER)).toMatch(/^\w{32}$/)
        expect(await wrong(accounts)).toBe('wrong_password')
        ms += 25 * 3_600_000
        await third.sessions.refresh()
        for (let i = 0; i < 5; i++) expect(await wrong(both[i % 2]!)).toBe('wrong_password')
      })
    })

    test('watching a session tells once, not after leaving, and soon of one that is over', async () => {
      await accounts.people.add({ ...PERSON, role: 'admin' })
      const secret = await accounts.signIn('wang', PERSON.password, CALLER)
      const { session, viewer } = (await accounts.sessions.find(secret, 'cookie'))!
      const [staying, leaving, late, stale] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()]
      accounts.sessions.watch(session, staying)
      accounts.sessions.watch(session, leaving)()
      // It was found as somebody else, and changed before anybody listened.
      accounts.sessions.watch(session, stale, { ...viewer, role: 'duty' })
      await expect.poll(() => stale.mock.calls.length).toBe(1)
      await accounts.sessions.end(session)
      await accounts.sessions.changed()
      accounts.sessions.watch(session, late)
      expect(late).not.toHaveBeenCalled()
      await expect.poll(() => late.mock.calls.length).toBe(1)
      expect([staying, leaving, stale].map(f => f.mock.calls.length)).toEqual([1, 0, 1])
    })
  })
}
