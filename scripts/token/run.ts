import { parseArgs } from 'node:util'
import type { Accounts } from '../../server/accounts/accounts.ts'
import { TOKEN_DAYS } from '../../server/accounts/tokens.ts'
import { badArguments, roleOf } from '../account/open.ts'
import { lineOf } from '../account/run.ts'

const USAGE = `npm run token -- --role reader [--name QGIS] [--days ${TOKEN_DAYS.usual}]
npm run token -- --list | --revoke ID`

/** Makes, lists or revokes tokens. The token itself is the only thing on its line. @throws Refusal */
export async function runToken(
  args: string[],
  { tokens }: Accounts,
  print: (line: string) => void,
): Promise<void> {
  const { role, name = 'token', days = String(TOKEN_DAYS.usual), list, revoke } = parsed(args)
  if ([role, list, revoke].filter(asked => asked !== undefined).length !== 1) throw usage()
  if (list) {
    for (const account of await tokens.list()) print(lineOf(account))
  } else if (revoke !== undefined) {
    print(lineOf(await tokens.revoke(revoke)))
  } else {
    const { token, account } = await tokens.make(roleOf(role!), nameOf(name), daysOf(days))
    print(lineOf(account))
    print('令牌只显示这一次 / The token is shown this once: Authorization: Bearer')
    print(token)
  }
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const
  try {
    const options = { role: text, name: text, days: text, revoke: text, list: { type: 'boolean' } } as const
    return parseArgs({ args, options }).values
  } catch {
    throw usage()
  }
}

const usage = () =>
  badArguments({ zh: '参数不对', en: 'These arguments are not understood' }, { zh: USAGE, en: USAGE })

function nameOf(text: string): string {
  const name = text.trim().slice(0, 40)
  return name === '' ? 'token' : name
}

function daysOf(text: string): number {
  const days = Number(text)
  if (/^\d+$/.test(text) && days >= 1 && days <= TOKEN_DAYS.most) return days
  throw badArguments(
    { zh: `--days ${text} 不对`, en: `--days ${text} will not do` },
    { zh: `1 至 ${TOKEN_DAYS.most}`, en: `1 to ${TOKEN_DAYS.most}` },
  )
}
