import type { AccountRows } from './database.ts'
import { createFieldLinks } from './field-links.ts'
import { openLibrary } from './library.ts'
import type { Hashing, Library } from './library.ts'
import { createPairing } from './pairing.ts'
import { administratorIn, createPeople } from './people.ts'
import { createSessions } from './sessions.ts'
import { createSetup } from './setup.ts'
import { createSignIn } from './sign-in.ts'
import { createTokens } from './tokens.ts'
import { createTrials } from './trials.ts'

/** How soon a change that another process made is noticed, and a session that ran out. */
const REFRESH_MS = 500
const CLEAR_MS = 60 * 60_000

export type Accounts = Awaited<ReturnType<typeof openAccounts>>

export interface AccountOptions {
  rows: AccountRows
  now: () => Date
  /** Tests take a cheap one. */
  hashing?: Hashing
}

/** Opens the accounts kept in `rows`, which are closed with them. @throws Error of the database */
export async function openAccounts({ rows, now, hashing }: AccountOptions) {
  let loading: Promise<Library> | undefined
  const library = () => (loading ??= openLibrary(rows, hashing))

  // Once there is one there always is: the last cannot be removed.
  let administrator = await administratorIn(rows)
  const sessions = await createSessions(rows, now, {
    guest: () => !administrator,
    changed: async () => void (administrator ||= await administratorIn(rows)),
  })
  const people = createPeople(rows, library, sessions, now)
  const trials = createTrials(rows, now)
  await surviving(sessions.clearEnded)()
  const timers = [
    setInterval(surviving(sessions.refresh), REFRESH_MS).unref(),
    setInterval(surviving(sessions.clearEnded), CLEAR_MS).unref(),
    setInterval(surviving(trials.clear), CLEAR_MS).unref(),
  ]

  return {
    /** As last seen: another process may have made one a moment ago. */
    administratorExists: (): boolean => administrator,
    sessions,
    people,
    ...createSignIn(library, people, trials, now),
    setup: createSetup(people, now),
    pairing: createPairing(people, now),
    fieldLinks: createFieldLinks(rows, people, now),
    tokens: createTokens(people, now),
    /** Loads what signing in needs, so that the first who does so need not wait. */
    warm: async (): Promise<void> => void (await library()),
    close: async (): Promise<void> => {
      for (const timer of timers) clearInterval(timer)
      await rows.close()
    },
  }
}

/** One at a time, and once told of when it fails: a full disk or a lost database must not end the server. */
function surviving(work: () => Promise<void>): () => Promise<void> {
  let [busy, failed] = [false, false]
  return async () => {
    if (busy) return
    busy = true
    try {
      await work()
      failed = false
    } catch (e) {
      if (!failed) console.error(e)
      failed = true
    } finally {
      busy = false
    }
  }
}
