import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Refusal } from '../contract/errors.ts'
import { asAdmin, freshDatabase, hasPostgres } from './postgres.database.fixture.ts'
import { openPostgresStore } from './postgres.ts'
import { row, storeContract } from './store.contract.ts'
import { UnknownFormat } from './store.ts'
import type { Store } from './store.ts'

const THE_OTHERS =
  'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'

describe.skipIf(!hasPostgres)('PostgreSQL', () => {
  let url: string
  storeContract(
    'postgresql',
    async () => openPostgresStore((url = await freshDatabase())),
    () => openPostgresStore(url),
  )

  describe('a store on it', () => {
    let store: Store
    beforeEach(async () => {
      vi.spyOn(console, 'error').mockImplementation(() => {})
      url = await freshDatabase()
      store = await openPostgresStore(url)
    })
    afterEach(() => store.close())

    test('commits wait for the disk, whatever role and database say', async () => {
      expect(await store.durability()).toMatchObject({
        engine: 'postgresql',
        durable: true,
        settings: { synchronous_commit: 'on', fsync: 'on', full_page_writes: 'on' },
      })
      const name = new URL(url).pathname.slice(1)
      await asAdmin(url, `alter database ${name} set synchronous_commit = off`)
      await asAdmin(url, `alter database ${name} set default_transaction_isolation = 'serializable'`)
      const other = await openPostgresStore(url)
      expect(await other.durability()).toMatchObject({
        durable: true,
        settings: { synchronous_commit: 'on' },
      })
      await other.close()
    })

    test('another process is told of the rooms that were appended to, the own one is not', async () => {
      const other = await openPostgresStore(url)
      const [mine, theirs]: string[][] = [[], []]
      await store.watch(room => mine!.push(room))
      const leave = await other.watch(room => theirs!.push(room))
      await store.append([row(1), row(2), row(1, { room: 'hill~drill' })])
      await store.append([row(2)])
      await expect.poll(() => theirs!.toSorted()).toEqual(['hill~drill', 'vale'])
      leave()
      await store.append([row(3)])
      await other.append([row(4)])
      await expect.poll(() => mine).toEqual(['vale'])
      expect(theirs).toHaveLength(2)
      await other.close()
    })

    test('lost connections come back: the next command goes, and every room is told of', async () => {
      const told: string[] = []
      await store.append([row(1), row(1, { room: 'hill' })])
      await store.watch(room => told.push(room))
      await asAdmin(url, THE_OTHERS)
      await expect.poll(() => told.toSorted()).toEqual(['hill', 'vale'])
      const other = await openPostgresStore(url)
      await other.append([row(2)])
      await expect.poll(() => told.slice(2)).toEqual(['vale'])
      expect(await store.append([row(3)])).toBe('ok')
      await other.close()
    })

    test('a connection lost under an append rejects, and it is known afterwards whether it was written', async () => {
      const blocker = new pg.Client({ connectionString: url })
      await blocker.connect()
      await blocker.query('begin; lock table changes in exclusive mode')
      const waiting = "from pg_stat_activity where wait_event_type = 'Lock' and query like 'with added%'"
      const rejected = expect(store.append([row(1)])).rejects.toThrow(/terminat/)
      await expect.poll(() => asAdmin(url, `select ${waiting}`)).toHaveLength(1)
      await asAdmin(url, `select pg_terminate_backend(pid) ${waiting}`)
      await rejected
      await blocker.query('commit')
      await blocker.end()
      expect(await store.read('vale', 0)).toEqual([])
      expect(await store.append([row(1)])).toBe('ok')
    })

    test('nothing is appended once the database was restored to another epoch', async () => {
      await store.append([row(1)])
      await asAdmin(url, "update meta set value = 'after' where name = 'epoch'")
      await expect(store.append([row(2)])).rejects.toThrow(/restored from a backup/)
      expect(await store.read('vale', 0)).toEqual([row(1)])
    })

    test('two that open an empty database at once both can, in one epoch', async () => {
      const empty = await freshDatabase()
      const stores = await Promise.all([1, 2, 3].map(() => openPostgresStore(empty)))
      expect(new Set(await Promise.all(stores.map(s => s.epoch()))).size).toBe(1)
      await Promise.all(stores.map(s => s.close()))
    })

    test('a journal of a later format is refused by its number', async () => {
      await asAdmin(url, "update meta set value = '7' where name = 'format'")
      const refused = await openPostgresStore(url).catch(e => e)
      expect(refused).toBeInstanceOf(UnknownFormat)
      expect(refused.message).toBe('format 7')
    })
  })

  test('a wrong password, database or port is refused, and no password shown', async () => {
    const right = new URL(await freshDatabase())
    const wrong = (change: Partial<Record<'password' | 'pathname' | 'port', string>>) =>
      openPostgresStore(Object.assign(new URL(right), change).href).catch(e => e)
    const refusals: Refusal[] = [
      await wrong({ password: 'hunter2' }),
      await wrong({ pathname: '/nowhere' }),
      await wrong({ port: '1' }),
    ]
    for (const r of refusals) {
      expect(r).toMatchObject({ code: 'database_unreachable', at: 'DATABASE_URL' })
      expect(r.text.en).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+\/\w+ cannot be reached \(.+\)$/)
      const all = JSON.stringify([r.text, r.remedy, r.details, r.stack])
      expect(all).not.toMatch(new RegExp(`hunter2|${right.password}`))
    }
    expect(refusals.map(r => r.text.en.split('(')[1])).toEqual([
      expect.stringMatching(/password/),
      expect.stringMatching(/nowhere/),
      expect.stringMatching(/ECONNREFUSED/),
    ])
  })

  test('a database that cannot hold Chinese is refused', async () => {
    const latin = new URL(await freshDatabase())
    await asAdmin(latin.href, "create database latin encoding 'LATIN1' template template0")
    latin.pathname = '/latin'
    await expect(openPostgresStore(latin.href)).rejects.toMatchObject({ code: 'database_not_utf8' })
  })
})

test.each(['mysql://a:secret@b/c', 'postgres://a:sec ret@[b/c', 'secret'])(
  'DATABASE_URL=%s is refused without repeating it',
  async url => {
    const refused: Refusal = await openPostgresStore(url).catch(e => e)
    expect(refused).toMatchObject({ code: 'database_url_unreadable' })
    expect(JSON.stringify([refused.text, refused.remedy])).not.toMatch(/sec/)
  },
)
