import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { openPostgresAccountRows } from '../db/accounts.postgres.ts'
import { SqliteAccountRows } from '../db/accounts.sqlite.ts'
import { asAdmin, freshDatabase, hasPostgres } from '../db/postgres.database.fixture.ts'
import { UnknownFormat } from '../db/store.ts'
import { accountsContract } from './accounts.contract.ts'
import { checkPassword, checkUsername } from './credentials.ts'
import { newCode } from './secrets.ts'

const folder = mkdtempSync(join(tmpdir(), 'fengtu-accounts-'))
let n = 0
const last = () => join(folder, `${n}.sqlite`)
const fresh = () => join(folder, `${++n}.sqlite`)
afterAll(() => rmSync(folder, { recursive: true }))

accountsContract(
  'sqlite',
  async () => new SqliteAccountRows(fresh()),
  async () => new SqliteAccountRows(last()),
)

describe('the file', () => {
  test('is read by nobody else at this machine', async () => {
    const path = fresh()
    const rows = new SqliteAccountRows(path)
    for (const end of ['', '-wal', '-shm']) expect(statSync(path + end).mode & 0o077).toBe(0)
    await rows.close()
  })

  test('of a newer release is not opened', async () => {
    const rows = new SqliteAccountRows(fresh())
    await rows.run("update meta set value = '2' where name = 'format'")
    await rows.close()
    expect(() => new SqliteAccountRows(last())).toThrow(/format 2/)
  })
})

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let url: string
  accountsContract(
    'postgresql',
    async () => openPostgresAccountRows((url = await freshDatabase())),
    () => openPostgresAccountRows(url),
  )

  test('of a newer release is not opened', async () => {
    url = await freshDatabase()
    await (await openPostgresAccountRows(url)).close()
    await asAdmin(url, "update fengtu_accounts.meta set value = '2' where name = 'format'")
    const refused = await openPostgresAccountRows(url).catch(e => e)
    expect(refused).toBeInstanceOf(UnknownFormat)
    expect(refused.message).toBe('accounts format 2')
  })

  test('two that open an empty database at once both can', async () => {
    url = await freshDatabase()
    const both = await Promise.all([1, 2, 3].map(() => openPostgresAccountRows(url)))
    expect(new Set(await Promise.all(both.map(rows => rows.version())))).toEqual(new Set(['0']))
    await Promise.all(both.map(rows => rows.close()))
  })

  test('a database that is gone is said to be so, without its password', async () => {
    const rows = await openPostgresAccountRows((url = await freshDatabase()))
    const name = new URL(url).pathname.slice(1)
    const admin = Object.assign(new URL(url), { pathname: '/postgres' }).href
    await asAdmin(admin, `alter database ${name} with allow_connections false`)
    await asAdmin(admin, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    await expect
      .poll(() => rows.version().catch(e => e.code), { timeout: 5000 })
      .toMatch(/database_unreachable|55000/)
    await rows.close()
  })
})

describe('usernames and passwords', () => {
  test.each([
    ['Wang', 'wang'],
    ['李雷', '李雷'],
    ['ｗａｎｇ', 'wang'],
    [' wang.li-2_b ', 'wang.li-2_b'],
  ])('%s is taken as %s', (typed, kept) => expect(checkUsername(typed)).toBe(kept))
  test.each(['w', '.wang', 'wang li', 'wang/li', 'wang\u0000', 'w'.repeat(33), 'wáng\u200b', ''])(
    '%j is no username',
    typed => expect(() => checkUsername(typed)).toThrow(expect.objectContaining({ code: 'username_wrong' })),
  )
  test.each(['three quiet herons', '今晚的雨下到明早才停呢', 'aB1!aB1!aB', '          x y'])(
    '“%s” is taken',
    password => expect(() => checkPassword(password, 'wang')).not.toThrow(),
  )
  test.each([
    '123456789',
    'WANG123456',
    'qwertyuiop',
    'QWERTYUIOP',
    '１２３４５６７８９０',
    'abababababab',
    '密码密码密码',
  ])('“%s” is refused', password =>
    expect(() => checkPassword(password, 'wang')).toThrow(expect.objectContaining({ code: 'password_weak' })),
  )
  test('codes hold nothing that is mistaken, and differ', () => {
    const codes = Array.from({ length: 200 }, newCode)
    for (const code of codes) expect(code).toMatch(/^[^01258BILOSUVZ]{8}$/)
    expect(new Set(codes).size).toBe(200)
  })
})
