import { openAccounts } from '../accounts/accounts.ts'
import type { Accounts } from '../accounts/accounts.ts'
import { SqliteAccountRows } from '../db/accounts.sqlite.ts'
import type { Hashing } from '../accounts/library.ts'
import { digest } from '../accounts/secrets.ts'
import type { PersonRole } from '../contract/accounts.ts'
import { NOW, testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'
import type { Deps } from './context.ts'

export const PASSWORD = 'three quiet herons'
export const HOST = '127.0.0.1:8787'

/** A browser at an address: keeps the cookie it is given and sends it back. */
export interface Browser {
  cookie: string | undefined
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
}
export interface Answer {
  status: number
  code?: string
  body: any
  headers: Headers
  setCookie: string | null
}

export interface AuthApp extends TestApp {
  accounts: Accounts
  clock: { ms: number }
  browser(address?: string): Browser
  /** A browser in which somebody of that role has signed in; the first is made administrator. */
  signedIn(role: PersonRole, username?: string): Promise<Browser>
}

/** The real one is meant to be slow. */
export const CHEAP: Hashing = {
  hash: async password => digest(password),
  verify: async ({ hash, password }) => hash === digest(password),
}

/** The app with accounts in memory (or in a file) and a clock that a test turns. `slow` hashes as the server does. */
export async function authApp(
  more: Partial<Deps> = {},
  { path = ':memory:', slow = false } = {},
): Promise<AuthApp> {
  const clock = { ms: Date.parse(NOW) }
  const now = () => new Date(clock.ms)
  const accounts = await openAccounts({
    rows: new SqliteAccountRows(path),
    now,
    hashing: slow ? undefined : CHEAP,
  })
  const test = await testApp({ accounts, now, ...more })

  function browser(address = '10.0.0.1'): Browser {
    const self: Browser = {
      cookie: undefined,
      async ask(method, url, body, headers = {}) {
        const type: Record<string, string> = method === 'GET' ? {} : { 'content-type': 'application/json' }
        const cookie: Record<string, string> = self.cookie ? { cookie: self.cookie } : {}
        const text = typeof body === 'string' ? body : JSON.stringify(body)
        const answer = await test.app.request(
          url,
          { method, headers: { host: HOST, ...type, ...cookie, ...headers }, body: text },
          { incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } } },
        )
        const setCookie = answer.headers.get('set-cookie')
        if (setCookie) self.cookie = /Max-Age=0/.test(setCookie) ? undefined : setCookie.split(';')[0]
        const stream = answer.headers.get('content-type')?.startsWith('text/event-stream')
        const read = stream ? '' : await answer.text()
        const parsed = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(read) : read
        const { status, headers: sent } = answer
        return { status, code: parsed?.code, body: stream ? answer.body : parsed, headers: sent, setCookie }
      },
    }
    return self
  }

  async function signedIn(role: PersonRole, username: string = role): Promise<Browser> {
    const account = { username, name: username, role, password: PASSWORD }
    await accounts.people.add(account)
    const own = browser()
    const { status } = await own.ask('POST', '/api/sign-in', { username, password: PASSWORD })
    if (status !== 200) throw new Error(`sign-in ${status}`)
    return own
  }

  return { ...test, accounts, clock, browser, signedIn }
}
