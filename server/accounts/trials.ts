import type { AccountRows } from './database.ts'
import { tooManyTries } from './refusals.ts'
import { digest } from './secrets.ts'

interface Rule {
  /** So many failures cost nothing. */
  free: number
  /** The wait after those; it doubles with each further failure … */
  firstMs: number
  /** … up to this. */
  mostMs: number
}

/**
 * One who knows a username must not be able to lock its owner out: from elsewhere an account's wait stays
 * short, from the place of the failures it grows. A whole office may sit behind one address.
 */
const RULES = {
  here: { free: 5, firstMs: 5_000, mostMs: 15 * 60_000 },
  address: { free: 20, firstMs: 5_000, mostMs: 15 * 60_000 },
  account: { free: 20, firstMs: 1_000, mostMs: 30_000 },
} satisfies Record<string, Rule>

const FORGET_MS = 24 * 60 * 60_000
const KEPT = 20_000

interface Trial {
  failures: number
  atMs: number
}

export interface Attempt {
  /** Takes the failure back that was counted when the attempt began. */
  succeeded(): void
}

/** Who tried passwords in vain, and how long each must wait. Kept in the rows by hash: a username may be a secret mistyped. */
export function createTrials(rows: AccountRows, now: () => Date) {
  const trials = new Map<string, Trial>()
  for (const { key, failures, at } of rows.all<{ key: string; failures: number; at: string }>(
    'select key, failures, at from trial order by at',
  )) {
    trials.set(key, { failures, atMs: Date.parse(at) })
  }

  function keep(key: string, trial: Trial | null): void {
    trials.delete(key)
    if (!trial || trial.failures <= 0) {
      rows.run('delete from trial where key = ?', key)
      return
    }
    trials.set(key, trial)
    const at = new Date(trial.atMs).toISOString()
    rows.run('insert or replace into trial (key, failures, at) values (?, ?, ?)', key, trial.failures, at)
  }

  /** The longest untouched lie first. */
  function forget(nowMs: number): void {
    for (const [key, { atMs }] of trials) {
      if (nowMs - atMs < FORGET_MS && trials.size <= KEPT) return
      keep(key, null)
    }
  }

  return {
    /** Counts a failure at once, so that many at a time are no way round. @throws Refusal too_many_tries */
    begin(username: string, address: string): Attempt {
      const atMs = now().getTime()
      forget(atMs)
      const keys = [
        [digest(`here ${address} ${username}`), RULES.here],
        [digest(`address ${address}`), RULES.address],
        [digest(`account ${username}`), RULES.account],
      ] as const
      const waitMs = Math.max(...keys.map(([key, rule]) => waitOf(trials.get(key), rule, atMs)))
      if (waitMs > 0) throw tooManyTries(waitMs)
      rows.together(() => {
        for (const [key] of keys) keep(key, { failures: (trials.get(key)?.failures ?? 0) + 1, atMs })
      })
      return {
        succeeded: () => {
          const [here, ...others] = keys
          rows.together(() => {
            keep(here[0], null)
            for (const [key] of others) {
              const trial = trials.get(key)
              if (trial) keep(key, { ...trial, failures: trial.failures - 1 })
            }
          })
        },
      }
    },
  }
}

function waitOf(trial: Trial | undefined, { free, firstMs, mostMs }: Rule, nowMs: number): number {
  if (!trial || trial.failures < free) return 0
  const wait = Math.min(mostMs, firstMs * 2 ** (trial.failures - free))
  return trial.atMs + wait - nowMs
}

/** At most `most` in a window of time for one key; forgotten by a restart. */
export function createPace(now: () => Date, most: number, windowMs: number) {
  const taken = new Map<string, { count: number; untilMs: number }>()
  return {
    /** @throws Refusal too_many_tries */
    take(key: string): void {
      const nowMs = now().getTime()
      for (const [other, { untilMs }] of taken) if (untilMs <= nowMs) taken.delete(other)
      const slot = taken.get(key) ?? { count: 0, untilMs: nowMs + windowMs }
      if (slot.count >= most) throw tooManyTries(slot.untilMs - nowMs)
      slot.count++
      taken.set(key, slot)
    },
    giveBack(key: string): void {
      const slot = taken.get(key)
      if (slot) slot.count--
    },
  }
}
