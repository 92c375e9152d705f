import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import type { AccountRows } from './database.ts'
import { normalUsername } from './credentials.ts'
import { digest } from './secrets.ts'

/** What a session that is about to be made shall hold. */
export interface Plan {
  at: Date
  expiresAt: Date
  address: string
  agent: string
}

/** How passwords are hashed; the library's own is scrypt (N 16384, r 16). */
export interface Hashing {
  hash(password: string): Promise<string>
  verify(of: { hash: string; password: string }): Promise<boolean>
}

export type Library = Awaited<ReturnType<typeof openLibrary>>

const field = (type: 'string' | 'number' | 'date') => ({ type, required: false, input: true })

/**
 * better-auth on our rows: it makes users and sessions, and hashes and checks passwords. None of its routes
 * is served. Loaded when first needed: it takes longer to load than all else that a start needs of accounts.
 */
export async function openLibrary(rows: AccountRows, hashing?: Hashing) {
  const [dialect, { betterAuth }, { username }, { admin }] = await Promise.all([
    rows.dialect(),
    import('better-auth'),
    import('better-auth/plugins/username'),
    import('better-auth/plugins/admin'),
  ])
  const planned = new AsyncLocalStorage<Plan & { secret?: string }>()
  const auth = betterAuth({
    // Whatever the database: with this it keeps instants as ISO text and flags as 0 or 1, as our tables do.
    database: { dialect, type: 'sqlite' },
    // For its own cookies, which are not used.
    secret: randomBytes(32).toString('base64url'),
    baseURL: 'http://127.0.0.1',
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    // Who was refused is told where it happens; what fails is thrown.
    logger: { disabled: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: 256,
      password: hashing,
    },
    user: {
      additionalFields: {
        kind: field('string'),
        team: field('string'),
        township: field('string'),
        incident: field('string'),
        endsAt: field('date'),
        linkHash: { ...field('string'), returned: false },
        phones: field('number'),
      },
    },
    advanced: {
      database: { generateId: ({ model }) => `${model[0]}-${randomBytes(9).toString('base64url')}` },
    },
    plugins: [
      username({
        displayUsername: false,
        minUsernameLength: 1,
        maxUsernameLength: 64,
        usernameNormalization: normalUsername,
        usernameValidator: () => true,
      }),
      admin({ defaultRole: 'reader' }),
    ],
    databaseHooks: {
      session: {
        create: {
          // The row holds a hash: who reads the file cannot sign in with it.
          before: async session => {
            const plan = planned.getStore()!
            plan.secret = session.token
            const { at, expiresAt, address, agent } = plan
            const kept = { createdAt: at, updatedAt: at, expiresAt, ipAddress: address, userAgent: agent }
            return { data: { ...session, ...kept, token: digest(session.token) } }
          },
        },
      },
    },
  })
  const context = await auth.$context

  /** Runs what makes one session, and gives the secret that opens it. */
  async function issue(plan: Plan, make: () => Promise<unknown>): Promise<string> {
    const mine: Plan & { secret?: string } = { ...plan }
    await planned.run(mine, make)
    return mine.secret!
  }

  return {
    createUser: auth.api.createUser,
    hashPassword: context.password.hash,
    verifyPassword: (user: string, password: string): Promise<boolean> =>
      context.internalAdapter
        .findCredentialAccount(user)
        .then(a => (a?.password ? context.password.verify({ hash: a.password, password }) : false)),
    signIn: (body: { username: string; password: string }, plan: Plan): Promise<string> =>
      issue(plan, () => auth.api.signInUsername({ body })),
    openSession: (user: string, plan: Plan): Promise<string> =>
      issue(plan, () => context.internalAdapter.createSession(user)),
  }
}

/** The code of an error that better-auth threw, or undefined of any other. */
export function libraryCode(e: unknown): string | undefined {
  return (e as { body?: { code?: string } } | undefined)?.body?.code
}
