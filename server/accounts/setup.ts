import type { Account } from '../contract/accounts.ts'
import { checkPassword, checkUsername } from './credentials.ts'
import type { People } from './people.ts'
import { setupDone, setupWrong } from './refusals.ts'
import { digest, newSecret } from './secrets.ts'

const GOOD_FOR_MS = 30 * 60_000

export interface SetupRequest {
  token: string
  username: string
  name: string
  password: string
}

/** The way to the first administrator: one link for each start, kept in memory by hash, good once. */
export function createSetup(people: People, now: () => Date) {
  let offered: { hash: string; untilMs: number } | null = null

  return {
    /** A new token, which makes the one before worthless; null when there is an administrator. */
    async offer(): Promise<string | null> {
      if (await people.administratorExists()) return null
      const token = newSecret()
      offered = { hash: digest(token), untilMs: now().getTime() + GOOD_FOR_MS }
      return token
    },

    /** @throws Refusal setup_done · setup_link_wrong · username_wrong · password_weak */
    async use({ token, ...person }: SetupRequest): Promise<Account> {
      if (await people.administratorExists()) throw setupDone()
      const mine = offered
      if (!mine || mine.untilMs <= now().getTime() || mine.hash !== digest(token)) throw setupWrong()
      checkPassword(person.password, checkUsername(person.username))
      // Taken before anything more is awaited, so that two requests at once do not both pass.
      offered = null
      try {
        return await people.add({ ...person, role: 'admin' })
      } catch (e) {
        offered = mine
        throw e
      }
    },
  }
}
