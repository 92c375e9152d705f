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
  succeeded(): Promise<void>
}

/** A row as it counts now, and as it stands. */
interface Counted extends Trial {
  was: { failures: number; at: string }
}

/** Written only over what was read: of two who come at once the second reads again. */
const COUNT = `insert into "trial" (key, failures, at) values (?, ?, ?)
  on conflict (key) do update set failures = excluded.failures, at = excluded.at
  where "trial".failures = ? and "trial".at = ?`
const NEVER_TRIED = { failures: 0, was: { failures: 0, at: '' } }
const TAKE_BACK = 'update "trial" set failures = failures - 1 where key = ?'

/**
 * Who tried passwords in vain, and how long each must wait. In the rows, so that it outlasts a restart and the
 * other processes count with us, and by hash: a username may be a secret mistyped.
 */
export function createTrials(rows: AccountRows, now: () => Date) {
  const held = async (keys: readonly string[], atMs: number): Promise<Map<string, Counted>> => {
    const sql = `select key, failures, at from "trial" where key in (${keys.map(() => '?').join(', ')})`
    const found = await rows.all<{ key: string; failures: number; at: string }>(sql, ...keys)
    return new Map(
      found.map(({ key, ...was }) => {
        const trial = { failures: Math.max(0, was.failures), atMs: Date.parse(was.at) }
        const forgotten = atMs - trial.atMs >= FORGET_MS
        return [key, { ...trial, ...(forgotten && { failures: 0 }), was }]
      }),
    )
  }

  /** One after the other: all who come at once write the same rows. */
  let turn: Promise<void> = Promise.resolve()
  const leave = (): void => {}

  async function count(username: string, address: string): Promise<Attempt> {
    const rules = [
      [digest(`here ${address} ${username}`), RULES.here],
      [digest(`address ${address}`), RULES.address],
      [digest(`account ${username}`), RULES.account],
    ] as const
    const keys = rules.map(([key]) => key)
    for (let counted = false; !counted;) {
      const atMs = now().getTime()
      const found = await held(keys, atMs)
      const waitMs = Math.max(...rules.map(([key, rule]) => waitOf(found.get(key), rule, atMs)))
      if (waitMs > 0) throw tooManyTries(waitMs)
      const at = new Date(atMs).toISOString()
      counted = await rows.together(
        keys.map(key => {
          const { failures, was } = found.get(key) ?? NEVER_TRIED
          return { sql: COUNT, values: [key, failures + 1, at, was.failures, was.at], must: true }
        }),
      )
    }
    const [here, ...others] = keys
    return {
      succeeded: async () => {
        await rows.together([
          { sql: 'delete from "trial" where key = ?', values: [here] },
          ...others.map(key => ({ sql: TAKE_BACK, values: [key] })),
        ])
      },
    }
  }

  return {
    /** Counts a failure at once, so that many at a time are no way round. @throws Refusal too_many_tries */
    begin(username: string, address: string): Promise<Attempt> {
      const mine = turn.then(() => count(username, address))
      turn = mine.then(leave, leave)
      return mine
    },
    /** Forgets the old ones, and of very many all but the newest. */
    async clear(): Promise<void> {
      const old = new Date(now().getTime() - FORGET_MS).toISOString()
      await rows.together([
        { sql: 'delete from "trial" where failures <= 0 or at <= ?', values: [old] },
        {
          sql: `delete from "trial" where key not in (select key from "trial" order by at desc limit ?)`,
          values: [KEPT],
        },
      ])
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
