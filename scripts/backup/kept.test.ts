import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Accounts, openAccounts } from '../../server/accounts/accounts.ts'
import type { Persons } from '../../server/contract/registers/persons.ts'
import { openReading } from '../../server/db/backup.ts'
import { openAccountRows, openStore } from '../../server/db/open.ts'
import { openPersonsIn } from '../../server/db/persons.ts'
import { asAdmin, freshDatabase, hasPostgres } from '../../server/db/postgres.database.fixture.ts'
import { CHEAP } from '../../server/http/auth.fixture.ts'
import { hashText } from '../../server/journal/hash.ts'
import { chained } from './journal.fixture.ts'
import { checkBackup } from './read.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write.ts'

interface Place {
  dataDir: string
  databaseUrl: string | undefined
}
interface Opened {
  accounts: Accounts
  persons: Persons
}

const NOW = new Date('2026-07-02T03:04:05.678Z')
const CALLER = { address: '', agent: '' }
const PASSWORD = 'three quiet herons'
const PERSON = { register: 'villages', id: 'v1', name: '张三', fields: { phone: '138-0000-0000', n: null } }

let base: string
let n = 0
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'fengtu-kept-'))))
afterEach(() => rmSync(base, { recursive: true }))

async function place(engine: string): Promise<Place> {
  const dataDir = join(base, `data${n++}`)
  mkdirSync(dataDir)
  const where = { dataDir, databaseUrl: engine === 'PostgreSQL' ? await freshDatabase() : undefined }
  const store = await openStore(dataDir, where.databaseUrl)
  await store.append(chained('vale', 3))
  await store.close()
  return where
}
async function having<T>({ dataDir, databaseUrl }: Place, work: (opened: Opened) => Promise<T>): Promise<T> {
  const rows = await openAccountRows(dataDir, databaseUrl)
  const accounts = await openAccounts({ rows, now: () => NOW, hashing: CHEAP })
  const persons = await openPersonsIn(dataDir, databaseUrl, () => undefined)
  try {
    return await work({ accounts, persons })
  } finally {
    await persons.close()
    await accounts.close()
  }
}
async function backUp({ dataDir, databaseUrl }: Place, file = join(base, `b${n++}.gz`)) {
  const journal = await openReading(dataDir, databaseUrl)
  try {
    return { file, ...(await writeBackup(file, journal, NOW)) }
  } finally {
    await journal.close()
  }
}
/** Somebody of each kind, one of whom is signed in, and persons beside three rows, one erased. */
const filled = (where: Place) =>
  having(where, async ({ accounts, persons }) => {
    await accounts.people.add({ username: '李雷', name: 'Li 🔥', role: 'admin', password: PASSWORD })
    const session = await accounts.signIn('李雷', PASSWORD, CALLER)
    const { token } = await accounts.tokens.make('reader', 'QGIS', 30)
    const { id, code } = accounts.pairing.start('')
    await accounts.pairing.confirm('li', code, '大屏')
    const wall = (await accounts.pairing.collect(id, CALLER)) as { secret: string }
    const by = { by: 'li', at: NOW.toISOString() }
    await persons.save('vale', [PERSON, { ...PERSON, id: 'v2' }], by)
    await persons.save('vale~drill', [PERSON, { register: 'villages', id: 'v3', erased: true }], by)
    return { session, token, wall: wall.secret, all: await persons.all('vale~drill') }
  })
const strangers = (where: Place) =>
  having(where, async ({ accounts, persons }) => {
    await accounts.people.add({ username: 'old', name: 'old', role: 'admin', password: PASSWORD })
    await persons.save('hill', [PERSON], { by: 'old', at: NOW.toISOString() })
  })
const who = (where: Place) =>
  having(where, async ({ accounts, persons }) => ({
    people: (await accounts.people.list()).map(({ username, name }) => username ?? name).sort(),
    rooms: await Promise.all(['vale', 'vale~drill', 'hill'].map(async r => (await persons.all(r)).length)),
  }))

describe.each([
  ['SQLite', 'SQLite'],
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
  ['PostgreSQL', 'PostgreSQL'],
])('from %s to %s', (from, to) => {
  test.skipIf([from, to].includes('PostgreSQL') && !hasPostgres)(
    'whoever could come in can, but for sessions of people; names and telephones are what they were',
    async () => {
      const [source, target] = [await place(from), await place(to)]
      const secrets = await filled(source)
      await strangers(target)
      const {
        file,
        accounts: counted,
        persons: rows,
      } = await having(source, async ({ accounts, persons }) => {
        // While they are in use.
        const made = await backUp(source)
        await accounts.people.add({ username: 'later', name: 'later', role: 'duty', password: PASSWORD })
        await persons.save('vale', [{ ...PERSON, id: 'later' }], { by: 'x', at: NOW.toISOString() })
        return made
      })
      expect([counted, rows]).toEqual([3, 4])
      const { aside } = await restoreBackup(file, target, NOW)
      expect(await who(target)).toEqual({ people: ['QGIS', '大屏', '李雷'], rooms: [2, 2, 0] })
      await having(target, async ({ accounts, persons }) => {
        expect((await accounts.sessions.find(secrets.token, 'bearer'))?.viewer.name).toBe('QGIS')
        expect((await accounts.sessions.find(secrets.wall, 'cookie'))?.viewer.role).toBe('wall')
        expect(await accounts.sessions.find(secrets.session, 'cookie')).toBeNull()
        expect(await accounts.signIn('李雷', PASSWORD, CALLER)).toMatch(/^\w{32}$/)
        expect(await persons.all('vale~drill')).toEqual(secrets.all)
      })
      if (target.databaseUrl) {
        const table = 'fengtu_accounts.user_before_restore_20260702t030405678z'
        expect(aside.join()).toContain('user_before_restore')
        expect(await asAdmin(target.databaseUrl, `select username from ${table}`)).toEqual([
          { username: 'old' },
        ])
      } else {
        expect(aside).toHaveLength(3)
        for (const name of ['accounts', 'persons'])
          expect(statSync(join(target.dataDir, `${name}.sqlite`)).mode & 0o077).toBe(0)
        const old = { dataDir: join(base, 'old'), databaseUrl: undefined }
        mkdirSync(old.dataDir)
        for (const name of readdirSync(target.dataDir)) {
          const [, part, end] = /^(\w+)\.before-restore-\w+\.(sqlite.*)$/.exec(name) ?? []
          if (part) copyFileSync(join(target.dataDir, name), join(old.dataDir, `${part}.${end}`))
        }
        expect(await who(old)).toEqual({ people: ['old'], rooms: [0, 0, 1] })
      }
    },
    60_000,
  )
})

describe.each(['SQLite', 'PostgreSQL'])('on %s', engine => {
  const needed = engine === 'PostgreSQL' && !hasPostgres
  const VALE = { vale: chained('vale', 3) }

  test.skipIf(needed)(
    'a backup of the release before holds the journal alone and touches no account',
    async () => {
      const target = await place(engine)
      await strangers(target)
      const [head, ...rows] = gunzipSync(readFileSync((await backUp(await place('SQLite'))).file))
        .toString()
        .trimEnd()
        .split('\n')
      const { kept: _, ...header } = JSON.parse(head!)
      const lines = [JSON.stringify({ ...header, version: 1 }), ...rows.slice(0, -1)].map(line => `${line}\n`)
      const end = { changes: 3, sha256: hashText(lines.join('')) }
      const file = join(base, 'v1.gz')
      writeFileSync(file, gzipSync([...lines, `${JSON.stringify({ end })}\n`].join('')))
      expect(await restoreBackup(file, target, NOW)).toMatchObject({ changes: 3 })
      expect(await who(target)).toEqual({ people: ['old'], rooms: [0, 0, 1] })
    },
  )

  test.skipIf(needed)('one that fails on its last row changes nothing at all', async () => {
    const target = await place(engine)
    await strangers(target)
    const source = await place('SQLite')
    await filled(source)
    const file = await edited((await backUp(source)).file, row =>
      row.table === 'persons' && row.row.id === 'v3' ? { ...row, row: { ...row.row, at: null } } : row,
    )
    await expect(restoreBackup(file, target, NOW)).rejects.toThrow(/null/i)
    expect(await who(target)).toEqual({ people: ['old'], rooms: [0, 0, 1] })
    const store = await openStore(target.dataDir, target.databaseUrl)
    expect({ vale: await store.read('vale', 0) }).toEqual(VALE)
    await store.close()
    expect(readdirSync(target.dataDir).join()).not.toMatch(/restor/)
  })
})

test.skipIf(!hasPostgres)(
  'accounts that stood in the folder beside a PostgreSQL are taken into it, once',
  async () => {
    const folder = await place('SQLite')
    const secrets = await filled(folder)
    const both = { ...folder, databaseUrl: await freshDatabase() }
    const told = vi.spyOn(console, 'log').mockImplementation(() => {})
    expect(await who(both)).toEqual({ people: ['QGIS', '大屏', '李雷'], rooms: [2, 2, 0] })
    await strangers(folder)
    expect(await who(both)).toEqual({ people: ['QGIS', '大屏', '李雷'], rooms: [2, 2, 0] })
    await having(both, async ({ accounts }) => {
      expect((await accounts.sessions.find(secrets.token, 'bearer'))?.viewer.name).toBe('QGIS')
    })
    expect(told).toHaveBeenCalledOnce()
    told.mockRestore()
  },
  60_000,
)

/** With some rows of accounts and persons changed or left out (null), and an end that fits. */
async function edited(file: string, edit: (row: any) => unknown, seal = true): Promise<string> {
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')
  const body = lines.slice(0, -1).flatMap(line => {
    const row = line.startsWith('{"table":') ? edit(JSON.parse(line)) : line
    return row === null ? [] : [`${typeof row === 'string' ? row : JSON.stringify(row)}\n`]
  })
  const { end } = JSON.parse(lines.at(-1)!)
  if (seal) Object.assign(end, { sha256: hashText(body.join('')) })
  const out = join(base, `edited${n++}.gz`)
  writeFileSync(out, gzipSync([...body, `${JSON.stringify({ end })}\n`].join('')))
  return out
}

test.each<[string, (row: any) => unknown, boolean, string]>([
  ['a row is missing', row => (row.table === 'session' ? null : row), true, 'backup_altered'],
  [
    'a row was edited',
    row => ({ ...row, row: row.table === 'user' ? { ...row.row, role: 'admin' } : row.row }),
    false,
    'backup_altered',
  ],
  ['a column is missing', row => ({ ...row, row: { id: row.row.id } }), true, 'backup_unreadable'],
  ['a table is none of ours', row => ({ ...row, table: 'meta' }), true, 'backup_unreadable'],
])('a backup is refused when %s', async (_, edit, seal, code) => {
  const source = await place('SQLite')
  await filled(source)
  const file = await edited((await backUp(source)).file, edit, seal)
  await expect(checkBackup(file)).rejects.toMatchObject({ code, status: 422 })
})
