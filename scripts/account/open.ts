import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { openAccounts } from '../../server/accounts/accounts.ts'
import type { Accounts } from '../../server/accounts/accounts.ts'
import { PERSON_ROLES, PersonRole } from '../../server/contract/accounts.ts'
import { Refusal } from '../../server/contract/errors.ts'
import type { Text } from '../../server/contract/errors.ts'
import { openAccountRows } from '../../server/db/open.ts'

/** Works on the accounts of the data folder, or of the PostgreSQL at DATABASE_URL; a server that is running notices within a second. */
export async function withAccounts<T>(work: (accounts: Accounts) => Promise<T>): Promise<T> {
  const folder = resolve(process.env.FENGTU_DATA || '.fengtu')
  await mkdir(folder, { recursive: true })
  const rows = await openAccountRows(folder, process.env.DATABASE_URL || undefined)
  const accounts = await openAccounts({ rows, now: () => new Date() })
  try {
    return await work(accounts)
  } finally {
    await accounts.close()
  }
}

/** @throws Refusal bad_arguments */
export function roleOf(text: string): PersonRole {
  const role = PersonRole.safeParse(text)
  if (role.success) return role.data
  const roles = PERSON_ROLES.join(' ')
  throw badArguments(
    { zh: `没有角色“${text}”`, en: `There is no role "${text}"` },
    { zh: `可用：${roles}`, en: `One of: ${roles}` },
  )
}

export const badArguments = (text: Text, remedy: Text): Refusal =>
  new Refusal('bad_arguments', 400, text, remedy)
