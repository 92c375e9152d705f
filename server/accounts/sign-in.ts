import { normalUsername } from './credentials.ts'
import { libraryCode } from './library.ts'
import type { Library } from './library.ts'
import type { People } from './people.ts'
import { accountDisabled, tooManyTries, wrongPassword } from './refusals.ts'
import { PERSON_MS } from './sessions.ts'
import type { Attempt, createTrials } from './trials.ts'

/** Where a request comes from, as far as it can be told. */
export interface Caller {
  address: string
  agent: string
}

/** Checking a password takes 32 MB and a thread for a tenth of a second; more at once would hold up all else. */
const AT_ONCE = 2
/** A whole shift signs in within a second; more than that is no shift. */
const WAITING = 40

/** Passwords, checked so that neither guessing nor the time it takes tells anything. */
export function createSignIn(
  library: () => Promise<Library>,
  people: People,
  trials: ReturnType<typeof createTrials>,
  now: () => Date,
) {
  let checking = 0
  /** Checking, waiting for it, or about to. */
  let inside = 0
  const waiting: (() => void)[] = []

  const turn = async (): Promise<void> => {
    if (checking < AT_ONCE) checking++
    else await new Promise<void>(resolve => waiting.push(resolve))
  }
  /** The turn passes to whoever waits longest. */
  const pass = (): void => {
    const next = waiting.shift()
    if (next) next()
    else checking--
  }

  /** @throws Refusal too_many_tries */
  async function trying<T>(username: string, address: string, check: () => Promise<T>): Promise<T> {
    if (inside >= AT_ONCE + WAITING) throw tooManyTries(1000)
    inside++
    try {
      const attempt = await trials.begin(username, address)
      return await checked(attempt, check)
    } finally {
      inside--
    }
  }

  async function checked<T>(attempt: Attempt, check: () => Promise<T>): Promise<T> {
    await turn()
    try {
      const result = await check()
      await attempt.succeeded()
      return result
    } catch (e) {
      // Only whoever knows the password learns that the account is disabled.
      if (libraryCode(e) === 'BANNED_USER') await attempt.succeeded()
      throw e
    } finally {
      pass()
    }
  }

  return {
    /**
     * Unknown, wrong and without a password are the same to the caller.
     * @returns the new session's secret. @throws Refusal wrong_password · account_disabled · too_many_tries
     */
    async signIn(typed: string, password: string, { address, agent }: Caller): Promise<string> {
      const username = normalUsername(typed)
      const { signIn } = await library()
      const at = now()
      const plan = { at, expiresAt: new Date(at.getTime() + PERSON_MS), address, agent }
      try {
        return await trying(username, address, () => signIn({ username, password }, plan))
      } catch (e) {
        const code = libraryCode(e)
        if (code === undefined) throw e
        throw code === 'BANNED_USER' ? accountDisabled() : wrongPassword()
      }
    },

    /** One's own, by the old one; ends one's other sessions. @throws Refusal wrong_password · password_weak · too_many_tries */
    async changePassword(id: string, old: string, password: string, by: Caller & { session: string }) {
      const { username } = await people.one(id)
      await trying(username ?? id, by.address, () => people.checkOwn(id, old))
      await people.change(id, { password }, by.session)
    },
  }
}
