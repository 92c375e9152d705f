import type { Account, AccountPatch, Kind, NewAccount } from '../contract/accounts.ts'
import type { Role } from '../contract/viewer.ts'
import { checkPassword, checkUsername } from './credentials.ts'
import { isDuplicate } from './database.ts'
import type { AccountRows, Statement } from './database.ts'
import { libraryCode } from './library.ts'
import type { Library, Plan } from './library.ts'
import { accountUnknown, lastAdministrator, personsOnly, usernameTaken, wrongPassword } from './refusals.ts'
import { newSecret } from './secrets.ts'
import type { Sessions } from './sessions.ts'

interface Row extends Omit<Account, 'disabled' | 'expiresAt'> {
  banned: number | null
  endsAt: string | null
}

/** What is no person: it has no password, and its one way in is handed over when it is made. */
export interface NewOther {
  kind: Exclude<Kind, 'person'>
  name: string
  role: Role
  team?: string
  township?: string
  incident?: string
  endsAt?: Date
  linkHash?: string
  phones?: number
}

const LIST = `select u.id, u.kind, u.username, u.name, u.role, u.team, u.township, u.incident, u.banned,
  u."createdAt", u."endsAt", (select cast(count(*) as integer) from "session" s
    where s."userId" = u.id and s."expiresAt" > ?) as sessions from "user" u`
const ADMINISTRATORS = `select 1 from "user" where kind = 'person' and role = 'admin' and coalesce(banned, 0) = 0`

export const administratorIn = async (rows: AccountRows): Promise<boolean> =>
  (await rows.get(`${ADMINISTRATORS} limit 1`)) !== undefined

export type People = ReturnType<typeof createPeople>

/** The accounts: who they are and what they may. */
export function createPeople(
  rows: AccountRows,
  library: () => Promise<Library>,
  sessions: Sessions,
  now: () => Date,
) {
  const one = async (id: string): Promise<Account> => {
    const row = await rows.get<Row>(`${LIST} where u.id = ?`, now().toISOString(), id)
    if (!row) throw accountUnknown(id)
    return accountOf(row)
  }

  async function make(
    user: { name: string; role: Role; [field: string]: unknown },
    password?: string,
  ): Promise<Account> {
    const { createUser } = await library()
    const { name, role, ...data } = user
    // The library wants an address of each; nothing is ever sent there.
    const email = `${newSecret()}@fengtu.invalid`.toLowerCase()
    const { user: made } = await createUser({ body: { email, name, role: role as 'admin', password, data } })
    await sessions.changed()
    return one(made.id)
  }

  return {
    one,

    administratorExists: (): Promise<boolean> => administratorIn(rows),

    list: async (): Promise<Account[]> =>
      (await rows.all<Row>(`${LIST} order by u."createdAt", u.id`, now().toISOString())).map(accountOf),

    async byUsername(username: string): Promise<Account> {
      const found = await rows.get<{ id: string }>('select id from "user" where username = ?', username)
      if (!found) throw accountUnknown(username)
      return one(found.id)
    },

    /** @throws Refusal username_wrong · username_taken · password_weak */
    async add({ username: typed, password, ...person }: NewAccount): Promise<Account> {
      const username = checkUsername(typed)
      checkPassword(password, username)
      if (await rows.get('select 1 from "user" where username = ?', username)) throw usernameTaken(username)
      try {
        return await make({ ...person, username, kind: 'person' }, password)
      } catch (e) {
        if (libraryCode(e) === 'USERNAME_IS_ALREADY_TAKEN' || isDuplicate(e)) throw usernameTaken(username)
        throw e
      }
    },

    addOther: (other: NewOther): Promise<Account> => make({ ...other }),

    /**
     * What is not named stays. A new password ends the account's sessions, disabling too; whoever listens on one
     * of a changed account is sent away to come back as what it is now.
     * @throws Refusal account_unknown · last_administrator · persons_only · password_weak
     */
    async change(id: string, patch: AccountPatch, bySession = ''): Promise<Account> {
      const before = await one(id)
      const { password, ...fields } = patch
      if (before.kind !== 'person' && Object.keys(patch).some(k => k !== 'name' && k !== 'disabled'))
        throw personsOnly()
      const hash = password === undefined ? null : await hashed(before, password)
      const { disabled } = fields
      // Only what is named: two who change one account at once do not undo each other.
      const set = { ...fields, ...(disabled === undefined ? {} : { banned: disabled ? 1 : 0 }) }
      const named = (['name', 'role', 'team', 'township', 'banned'] as const).filter(
        key => set[key] !== undefined,
      )
      const values = named.map(key => set[key] ?? null)
      const at = now().toISOString()
      // In the statement itself, so that two administrators cannot demote each other at once.
      const changed = `update "user" set ${named.map(key => `${key} = ?`).join(', ')}${named.length > 0 ? ', ' : ''}"updatedAt" = ?
        where id = ? and (kind <> 'person' or (coalesce(cast(? as text), role) = 'admin'
            and coalesce(cast(? as integer), banned, 0) = 0)
          or exists (${ADMINISTRATORS} and id <> ?) or not exists (${ADMINISTRATORS}))`
      const done = await rows.together([
        {
          sql: changed,
          values: [...values, at, id, fields.role ?? null, set.banned ?? null, id],
          must: true,
        },
        ...(hash === null ? [] : [passwordKept(id, hash)]),
      ])
      if (!done) throw lastAdministrator()
      if (disabled) await sessions.endOf(id)
      else if (password !== undefined) await sessions.endOf(id, bySession)
      else await sessions.changed()
      return one(id)
    },

    /** @throws Refusal wrong_password */
    async checkOwn(id: string, password: string): Promise<void> {
      const { verifyPassword } = await library()
      if (!(await verifyPassword(id, password))) throw wrongPassword()
    },

    /** Opens a session of an account that needs no password. Returns its secret. */
    open: async (id: string, plan: Plan): Promise<string> => (await library()).openSession(id, plan),
  }

  async function hashed({ id, username }: Account, password: string): Promise<string> {
    checkPassword(password, username ?? id)
    return (await library()).hashPassword(password)
  }
}

const passwordKept = (id: string, hash: string): Statement => ({
  sql: `update "account" set password = ? where "userId" = ? and "providerId" = 'credential'`,
  values: [hash, id],
})

function accountOf({ banned, endsAt, ...row }: Row): Account {
  return { ...row, disabled: banned === 1, expiresAt: endsAt }
}
