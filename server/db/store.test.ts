import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createMemoryStore } from './memory.ts'
import { openSqliteStore } from './sqlite.ts'
import { row, storeContract } from './store.contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'fengtu-store-'))
let n = 0
const fresh = () => join(folder, `${n++}.sqlite`)
afterAll(() => rmSync(folder, { recursive: true }))

storeContract('memory', async () => createMemoryStore())
storeContract('sqlite', () => openSqliteStore(fresh()))

test('the connection in use keeps WAL and synchronous=FULL, after errors too', async () => {
  const store = await openSqliteStore(fresh())
  const full = { journalMode: 'wal', synchronous: 2 }
  expect(await store.durability()).toEqual(full)
  await store.append([row(1)])
  await store.append([row(1)])
  await expect(store.append([row(2, { text: null as never })])).resolves.toBe('conflict')
  expect(await store.durability()).toEqual(full)
  await store.close()
})

test('rows and epoch are there when the file is opened again', async () => {
  const path = fresh()
  const first = await openSqliteStore(path)
  await first.append([row(1)])
  const epoch = await first.epoch()
  await first.close()
  const second = await openSqliteStore(path)
  expect(await second.read('vale', 0)).toEqual([row(1)])
  expect(await second.epoch()).toBe(epoch)
  await second.close()
})

test('a file that is no database is refused, not overwritten', async () => {
  const path = fresh()
  writeFileSync(path, 'these are not the pages of a database'.repeat(100))
  await expect(openSqliteStore(path)).rejects.toThrow(/not a database/)
})
