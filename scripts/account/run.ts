import { parseArgs } from 'node:util'
import type { Accounts } from '../../server/accounts/accounts.ts'
import { normalUsername } from '../../server/accounts/credentials.ts'
import type { Account } from '../../server/contract/accounts.ts'
import { ROLE_NAMES } from '../../server/contract/viewer.ts'
import { badArguments, roleOf } from './open.ts'

export interface Terminal {
  print(line: string): void
  /** null = broken off. */
  askPassword(): Promise<string | null>
}

const USAGE = `npm run account -- add USERNAME --role ROLE [--name NAME] [--team TEAM | --township TOWNSHIP]
npm run account -- list | disable USERNAME | enable USERNAME | password USERNAME`

/** One command on the accounts. @throws Refusal */
export async function runAccount(args: string[], accounts: Accounts, terminal: Terminal): Promise<void> {
  const { positionals, values } = parsed(args)
  const [command, username] = positionals
  const { people } = accounts
  if (command === 'list' && positionals.length === 1) {
    for (const account of await people.list()) terminal.print(lineOf(account))
    return
  }
  if (username === undefined || positionals.length > 2) throw usage()
  if (command === 'add') {
    if (values.role === undefined) throw usage()
    const { name = username, team, township } = values
    const role = roleOf(values.role)
    const password = await typedPassword(terminal)
    terminal.print(lineOf(await people.add({ username, name, role, team, township, password })))
    return
  }
  const { id } = await people.byUsername(normalUsername(username))
  if (command === 'disable') terminal.print(lineOf(await people.change(id, { disabled: true })))
  else if (command === 'enable') terminal.print(lineOf(await people.change(id, { disabled: false })))
  else if (command === 'password')
    terminal.print(lineOf(await people.change(id, { password: await typedPassword(terminal) })))
  else throw usage()
}

async function typedPassword({ askPassword }: Terminal): Promise<string> {
  const password = await askPassword()
  if (password !== null) return password
  throw badArguments(
    { zh: '没有输入密码，或两次不一样', en: 'No password was typed, or the two were not the same' },
    { zh: '再来一次', en: 'Try again' },
  )
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { role: text, name: text, team: text, township: text },
    })
  } catch {
    throw usage()
  }
}

const usage = () => badArguments({ zh: '参数不对', en: 'These arguments are not understood' }, bothOf(USAGE))

const bothOf = (text: string) => ({ zh: text, en: text })

/** One line for one account; nothing in it is secret. */
export function lineOf({ id, kind, username, name, role, disabled, expiresAt, sessions }: Account): string {
  const end = expiresAt === null ? '' : `  至 until ${expiresAt.slice(0, 10)}`
  const off = disabled ? '  已停用 disabled' : ''
  const { zh, en } = ROLE_NAMES[role]
  return `${id}  ${kind}  ${username ?? '–'}  ${name}  ${zh} ${en}  会话 sessions ${sessions}${end}${off}`
}
