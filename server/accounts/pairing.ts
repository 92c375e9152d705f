import type { Account, Pairing } from '../contract/accounts.ts'
import type { People } from './people.ts'
import { pairingFull, pairingWrong } from './refusals.ts'
import { codeAsShown, newCode, newSecret } from './secrets.ts'
import { NEVER } from './sessions.ts'
import type { Caller } from './sign-in.ts'
import { createPace } from './trials.ts'

const GOOD_FOR_MS = 2 * 60_000
const MINUTE_MS = 60_000
const AT_ONCE = 50

interface Pending {
  code: string
  untilMs: number
  /** An administrator has entered the code. */
  taken?: true
  /** The wall's account, made thereupon. */
  wall?: string
}

export type Collected = { status: 'pending' | 'expired' } | { status: 'paired'; secret: string }

/**
 * A wall shows a code, an administrator enters it at a desk, and the wall fetches its session by an id that
 * only it knows. In memory: after a restart the wall asks for a new code.
 */
export function createPairing(people: People, now: () => Date) {
  const pendings = new Map<string, Pending>()
  const starts = createPace(now, 10, MINUTE_MS)
  const wrong = createPace(now, 5, MINUTE_MS)

  function clear(): void {
    for (const [id, { untilMs }] of pendings) if (untilMs <= now().getTime()) pendings.delete(id)
  }

  return {
    /** @throws Refusal too_many_tries · pairing_full */
    start(address: string): Pairing {
      clear()
      starts.take(address)
      if (pendings.size >= AT_ONCE) throw pairingFull()
      const id = newSecret()
      const pending = { code: newCode(), untilMs: now().getTime() + GOOD_FOR_MS }
      pendings.set(id, pending)
      return { id, code: pending.code, expiresAt: new Date(pending.untilMs).toISOString() }
    },

    /** By whom counts the wrong codes. @throws Refusal pairing_code_wrong · too_many_tries */
    async confirm(by: string, typed: string, name: string): Promise<Account> {
      clear()
      wrong.take(by)
      const code = codeAsShown(typed)
      const found = [...pendings.values()].find(p => p.code === code && !p.taken)
      if (!found) throw pairingWrong()
      wrong.giveBack(by)
      found.taken = true
      const wall = await people.addOther({ kind: 'wall', role: 'wall', name })
      found.wall = wall.id
      return wall
    },

    /** What became of it; the session is handed out once. */
    async collect(id: string, { address, agent }: Caller): Promise<Collected> {
      clear()
      const pending = pendings.get(id)
      if (!pending) return { status: 'expired' }
      if (pending.wall === undefined) return { status: 'pending' }
      pendings.delete(id)
      const plan = { at: now(), expiresAt: NEVER, address, agent }
      return { status: 'paired', secret: await people.open(pending.wall, plan) }
    },
  }
}
