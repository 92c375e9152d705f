import { existsSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { AccountRows } from './database.ts'
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
  /** A file, made when it is missing; or `:memory:`. */
  path: string
  now: () => Date
  /** Tests take a cheap one. */
  hashing?: Hashing
}

/** Opens the accounts. @throws Error of the disk */
export async function openAccounts({ path, now, hashing }: AccountOptions) {
  const rows = new AccountRows(path)
  // The file holds hashes of passwords: nobody else at this machine reads it.
  for (const file of [path, `${path}-wal`, `${path}-shm`]) if (existsSync(file)) await chmod(file, 0o600)
  let loading: Promise<Library> | undefined
  const library = () => (loading ??= openLibrary(rows, hashing))

  let administrator = false
  // Once there is one there always is: the last cannot be removed.
  const administratorExists = (): boolean => (administrator ||= administratorIn(rows))
  const sessions = createSessions(rows, now, () => !administratorExists())
  const people = createPeople(rows, library, sessions, now)
  const trials = createTrials(rows, now)
  sessions.clearEnded()
  const timers = [
    setInterval(() => surviving(sessions.refresh), REFRESH_MS).unref(),
    setInterval(() => surviving(sessions.clearEnded), CLEAR_MS).unref(),
  ]

  return {
    administratorExists,
    sessions,
    people,
    ...createSignIn(library, people, trials, now),
    setup: createSetup(people, now),
    pairing: createPairing(people, now),
    fieldLinks: createFieldLinks(rows, people, now),
    tokens: createTokens(people, now),
    /** Loads what signing in needs, so that the first who does so need not wait. */
    warm: async (): Promise<void> => void (await library()),
    close: (): void => {
      for (const timer of timers) clearInterval(timer)
      rows.close()
    },
  }
}

/** A full disk must not end the server from within a timer. */
function surviving(work: () => void): void {
  try {
    work()
  } catch (e) {
    console.error(e)
  }
}

/** Whether there is an administrator, without opening the accounts for use. */
export function hasAdministrator(path: string): boolean {
  if (!existsSync(path)) return false
  const rows = new AccountRows(path)
  try {
    return administratorIn(rows)
  } finally {
    rows.close()
  }
}
