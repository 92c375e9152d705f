import type { Account, AccountPatch, Kind, NewAccount } from '../contract/accounts.ts'
import type { Role } from '../contract/viewer.ts'
import { checkPassword, checkUsername } from './credentials.ts'
import type { AccountRows } from './database.ts'
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
  u.createdAt, u.endsAt,
  (select count(*) from session s where s.userId = u.id and s.expiresAt > ?) as sessions from user u`
const ADMINISTRATORS = `select 1 from user where kind = 'person' and role = 'admin' and coalesce(banned, 0) = 0`

export const administratorIn = (rows: AccountRows): boolean =>
  rows.get(`${ADMINISTRATORS} limit 1`) !== undefined

export type People = ReturnType<typeof createPeople>

/** The accounts: who they are and what they may. */
export function createPeople(
  rows: AccountRows,
  library: () => Promise<Library>,
  sessions: Sessions,
  now: () => Date,
) {
  const one = (id: string): Account => {
    const row = rows.get<Row>(`${LIST} where u.id = ?`, now().toISOString(), id)
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
    sessions.changed()
    return one(made.id)
  }

  return {
    one,

    administratorExists: (): boolean => administratorIn(rows),

    list: (): Account[] =>
      rows.all<Row>(`${LIST} order by u.createdAt, u.id`, now().toISOString()).map(accountOf),

    byUsername(username: string): Account {
      const found = rows.get<{ id: string }>('select id from user where username = ?', username)
      if (!found) throw accountUnknown(username)
      return one(found.id)
    },

    /** @throws Refusal username_wrong · username_taken · password_weak */
    async add({ username: typed, password, ...person }: NewAccount): Promise<Account> {
      const username = checkUsername(typed)
      checkPassword(password, username)
      if (rows.get('select 1 from user where username = ?', username)) throw usernameTaken(username)
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
      const before = one(id)
      const { password, ...fields } = patch
      if (before.kind !== 'person' && Object.keys(patch).some(k => k !== 'name' && k !== 'disabled'))
        throw personsOnly()
      const hash = password === undefined ? null : await hashed(before, password)
      const { name, role, team, township, disabled } = { ...one(id), ...fields }
      const off = disabled ? 1 : 0
      rows.together(() => {
        // In the statement itself, so that two administrators cannot demote each other at once.
        const done = rows.run(
          `update user set name = ?, role = ?, team = ?, township = ?, banned = ?, updatedAt = ? where id = ?
           and (kind <> 'person' or (? = 'admin' and ? = 0) or exists (${ADMINISTRATORS} and id <> ?)
             or not exists (${ADMINISTRATORS}))`,
          name,
          role,
          team,
          township,
          off,
          now().toISOString(),
          id,
          role,
          off,
          id,
        )
        if (done === 0) throw lastAdministrator()
        if (hash !== null) keepPassword(id, hash)
      })
      if (disabled) sessions.endOf(id)
      else if (password !== undefined) sessions.endOf(id, bySession)
      else sessions.changed()
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

  function keepPassword(id: string, hash: string): void {
    rows.run("update account set password = ? where userId = ? and providerId = 'credential'", hash, id)
  }
}

function accountOf({ banned, endsAt, ...row }: Row): Account {
  return { ...row, disabled: banned === 1, expiresAt: endsAt }
}

const isDuplicate = (e: unknown): boolean => /UNIQUE constraint/.test((e as Error).message)
