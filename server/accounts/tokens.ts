import type { Account, PersonRole } from '../contract/accounts.ts'
import type { People } from './people.ts'
import { accountUnknown } from './refusals.ts'

const DAY_MS = 24 * 60 * 60_000
export const TOKEN_DAYS = { usual: 365, most: 3650 }

/** For programs: what comes with `Authorization: Bearer`. Shown once, kept by hash. */
export function createTokens(people: People, now: () => Date) {
  return {
    async make(role: PersonRole, name: string, days: number): Promise<{ token: string; account: Account }> {
      const at = now()
      const endsAt = new Date(at.getTime() + days * DAY_MS)
      const account = await people.addOther({ kind: 'token', role, name, endsAt })
      const token = await people.open(account.id, { at, expiresAt: endsAt, address: '', agent: '' })
      return { token, account }
    },

    list: async (): Promise<Account[]> => (await people.list()).filter(a => a.kind === 'token'),

    /** @throws Refusal account_unknown */
    async revoke(id: string): Promise<Account> {
      if ((await people.one(id)).kind !== 'token') throw accountUnknown(id)
      return people.change(id, { disabled: true })
    },
  }
}
