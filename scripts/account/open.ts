import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openAccounts } from '../../server/accounts/accounts.ts'
import type { Accounts } from '../../server/accounts/accounts.ts'
import { PERSON_ROLES, PersonRole } from '../../server/contract/accounts.ts'
import { Refusal } from '../../server/contract/errors.ts'
import type { Text } from '../../server/contract/errors.ts'

/** Works on the accounts of the data folder; a server that is running notices within a second. */
export async function withAccounts<T>(work: (accounts: Accounts) => Promise<T>): Promise<T> {
  const folder = resolve(process.env.FENGTU_DATA || '.fengtu')
  await mkdir(folder, { recursive: true })
  const accounts = await openAccounts({ path: join(folder, 'accounts.sqlite'), now: () => new Date() })
  try {
    return await work(accounts)
  } finally {
    accounts.close()
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
