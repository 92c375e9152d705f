import Database from 'libsql'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createMemoryStore } from './memory.ts'
import { openSqliteStore } from './sqlite.ts'
import { row, storeContract } from './store.contract.ts'
import { UnknownFormat } from './store.ts'

const folder = mkdtempSync(join(tmpdir(), 'fengtu-store-'))
let n = 0
const fresh = () => join(folder, `${++n}.sqlite`)
const last = () => join(folder, `${n}.sqlite`)
afterAll(() => rmSync(folder, { recursive: true }))

storeContract('memory', async () => createMemoryStore(), null)
storeContract(
  'sqlite',
  () => openSqliteStore(fresh()),
  () => openSqliteStore(last()),
)

test('memory: whoever watches is told of every append until he leaves', async () => {
  const store = createMemoryStore()
  const told: string[] = []
  const leave = await store.watch(room => told.push(room))
  await store.append([row(1), row(2), row(1, { room: 'hill' })])
  await store.append([row(2)])
  leave()
  await store.append([row(3)])
  expect(told).toEqual(['vale', 'hill'])
})

test('the connection in use keeps WAL and synchronous=FULL, after errors too', async () => {
  const store = await openSqliteStore(fresh())
  const full = { engine: 'sqlite', durable: true, settings: { journal_mode: 'wal', synchronous: '2' } }
  expect(await store.durability()).toEqual(full)
  await store.append([row(1)])
  await store.append([row(1)])
  await expect(store.append([row(2, { text: null as never })])).rejects.toThrow(/NOT NULL/)
  expect(await store.durability()).toEqual(full)
  await store.close()
})

test('a file of the release before, without snapshots, is opened and gets them', async () => {
  const path = fresh()
  const before = new Database(path)
  before.exec(`create table changes (
    room text not null, seq integer not null, at text not null, text text not null,
    hash text not null, actor text not null, key text not null,
    primary key (room, seq), constraint changes_key unique (room, actor, key))`)
  before.exec('create table meta (name text primary key, value text not null)')
  before.exec("insert into meta values ('format', '1'), ('epoch', 'old')")
  const { room, seq, at, text, hash, actor, key } = row(1)
  before
    .prepare('insert into changes values (?, ?, ?, ?, ?, ?, ?)')
    .run([room, seq, at, text, hash, actor, key])
  before.close()
  const store = await openSqliteStore(path)
  expect(await store.epoch()).toBe('old')
  expect(await store.read('vale', 0)).toEqual([row(1)])
  await store.keepSnapshot('vale', { seq: 1, hash: 'h1', text: '{}' })
  expect(await store.snapshot('vale')).toMatchObject({ seq: 1 })
  await store.close()
})

test('a file of a later format is refused by its number', async () => {
  const path = fresh()
  await (await openSqliteStore(path)).close()
  const later = new Database(path)
  later.exec("update meta set value = '7' where name = 'format'")
  later.close()
  const refused = await openSqliteStore(path).catch(e => e)
  expect(refused).toBeInstanceOf(UnknownFormat)
  expect(refused.message).toBe('format 7')
})

test('a file that is no database is refused, not overwritten', async () => {
  const path = fresh()
  writeFileSync(path, 'these are not the pages of a database'.repeat(100))
  await expect(openSqliteStore(path)).rejects.toThrow(/not a database/)
})
