import type { Account, FieldLinkRequest } from '../contract/accounts.ts'
import type { AccountRows } from './database.ts'
import type { People } from './people.ts'
import { accountUnknown, badEnd, linkOver } from './refusals.ts'
import { digest, newSecret } from './secrets.ts'
import type { Caller } from './sign-in.ts'
import { createPace } from './trials.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const MOST_DAYS = 90

/** Links for phones in the field. Each is an account of its own, so that revoking is disabling. */
export function createFieldLinks(rows: AccountRows, people: People, now: () => Date) {
  const wrong = createPace(now, 20, MINUTE_MS)

  return {
    /** @throws Refusal out_of_range */
    async make({ team, township, incident, expiresAt, phones }: FieldLinkRequest) {
      const endsAt = new Date(expiresAt)
      const leftMs = endsAt.getTime() - now().getTime()
      if (!(leftMs > 0 && leftMs <= MOST_DAYS * DAY_MS)) throw badEnd(MOST_DAYS)
      const secret = newSecret()
      const account = await people.addOther({
        kind: 'field',
        role: 'field',
        name: (team ?? township)!,
        team,
        township,
        incident,
        endsAt,
        phones,
        linkHash: digest(secret),
      })
      return { secret, account }
    },

    list: async (): Promise<Account[]> => (await people.list()).filter(a => a.kind === 'field'),

    /** @throws Refusal account_unknown */
    async revoke(id: string): Promise<void> {
      if ((await people.one(id)).kind !== 'field') throw accountUnknown(id)
      await people.change(id, { disabled: true })
    },

    /** A session for one phone. @returns its secret. @throws Refusal field_link_over · too_many_tries */
    async exchange(secret: string, { address, agent }: Caller): Promise<string> {
      wrong.take(address)
      const at = now()
      // Counted down in the statement, so that phones that come at once cannot be more than allowed.
      const hash = digest(secret)
      const taken = await rows.run(
        `update "user" set phones = phones - 1 where "linkHash" = ? and kind = 'field'
         and coalesce(banned, 0) = 0 and "endsAt" > ? and phones > 0`,
        hash,
        at.toISOString(),
      )
      if (taken === 0) throw linkOver()
      wrong.giveBack(address)
      const { id, endsAt } = (await rows.get<{ id: string; endsAt: string }>(
        'select id, "endsAt" from "user" where "linkHash" = ?',
        hash,
      ))!
      return people.open(id, { at, expiresAt: new Date(endsAt), address, agent })
    },
  }
}
