import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openAccounts } from '../../server/accounts/accounts.ts'
import type { Accounts } from '../../server/accounts/accounts.ts'
import { SqliteAccountRows } from '../../server/db/accounts.sqlite.ts'
import { CHEAP } from '../../server/http/auth.fixture.ts'
import { runToken } from '../token/run.ts'
import { runAccount } from './run.ts'

let accounts: Accounts
let printed: string[]
beforeEach(async () => {
  printed = []
  accounts = await openAccounts({
    rows: new SqliteAccountRows(':memory:'),
    now: () => new Date(),
    hashing: CHEAP,
  })
})
afterEach(() => accounts.close())

const print = (line: string) => void printed.push(line)
const account = (line: string, typed: string | null = 'three quiet herons') =>
  runAccount(line.split(' '), accounts, { print, askPassword: async () => typed })
const token = (line: string) => runToken(line.split(' '), accounts, print)
const caller = { address: '', agent: '' }

describe('npm run account', () => {
  test('adds, lists, disables, enables and gives a new password', async () => {
    await account('add Wang --role admin --name 王工')
    await account('add li --role field --team t1')
    await account('disable LI')
    await account('list')
    expect(printed.slice(-2)).toEqual([
      expect.stringMatching(/person {2}wang {2}王工 {2}管理员 administrator/),
      expect.stringMatching(/person {2}li {2}li .*已停用 disabled/),
    ])
    await account('enable li')
    await account('password li', 'four loud magpies')
    expect(await accounts.signIn('li', 'four loud magpies', caller)).toMatch(/^\w{32}$/)
    expect(printed.join('\n')).not.toMatch(/herons|magpies/)
  })

  test.each([
    'add',
    'add wang',
    'add wang --role',
    'add wang --role king',
    'add wang --role wall',
    'add wang li --role admin',
    'add wang --role admin --password secret',
    'list wang',
    'wipe wang',
  ])('%s is refused', async line => {
    await expect(account(line)).rejects.toMatchObject({
      code: expect.stringMatching(/bad_arguments|account_unknown/),
    })
    expect(await accounts.people.list()).toEqual([])
  })

  test('without a password nothing is made', async () => {
    await expect(account('add wang --role admin', null)).rejects.toMatchObject({ code: 'bad_arguments' })
    await expect(account('add wang --role admin', '')).rejects.toMatchObject({ code: 'password_weak' })
    await expect(account('password nobody')).rejects.toMatchObject({ code: 'account_unknown' })
    expect(await accounts.people.list()).toEqual([])
  })
})

describe('npm run token', () => {
  test('prints the token once, alone on the last line; it opens what its role may', async () => {
    await token('--role duty --name QGIS --days 30')
    const secret = printed.at(-1)!
    expect((await accounts.sessions.find(secret, 'bearer'))?.viewer).toMatchObject({
      name: 'QGIS',
      role: 'duty',
    })
    printed = []
    await token('--list')
    expect(printed).toEqual([expect.stringMatching(/^u-\S+ {2}token .*QGIS/)])
    expect(printed[0]).not.toContain(secret)
    await token(`--revoke ${printed[0]!.split(' ')[0]}`)
    expect(await accounts.sessions.find(secret, 'bearer')).toBeNull()
  })

  test.each([
    '',
    '--days 3',
    '--role king',
    '--role wall',
    '--role reader --days 0',
    '--role reader --days 9999',
    '--role reader --list',
    '--list --revoke x',
    'reader',
    '--revoke u-none',
  ])('“%s” is refused', async line => {
    await expect(token(line)).rejects.toMatchObject({
      code: expect.stringMatching(/bad_arguments|account_unknown/),
    })
    expect(await accounts.tokens.list()).toEqual([])
  })
})
