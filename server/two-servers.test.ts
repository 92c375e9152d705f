import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openAccounts } from './accounts/accounts.ts'
import { applyChanges, canonicalText, emptyWorld, unflatten } from './contract/world.ts'
import type { WorldText } from './contract/world.ts'
import { CORNER, writeCounty } from './db/county.fixture.ts'
import { openAccountRows, openStore } from './db/open.ts'
import { freshDatabase, hasPostgres } from './db/postgres.database.fixture.ts'
import { hashText, readChange } from './journal/hash.ts'
import { verifyJournal } from './journal/verify.ts'
import { endServer, startServer } from './server-process.fixture.ts'
import type { ServerProcess } from './server-process.fixture.ts'

const COMMANDS = 240
const CLIENTS = 8
const POINT = { type: 'Point', coordinates: CORNER }

interface Command {
  key: string
  name: string
  input: unknown
}
/** Roads closed, changed and opened again: many of them on one and the same closure. */
const COMMAND_LIST: Command[] = Array.from({ length: COMMANDS }, (_, i) => {
  const id = `c${i % 17}`
  const feature = { type: 'Feature', geometry: POINT, properties: { kind: 'flood', name: `第 ${i} 次` } }
  return i % 3 === 2
    ? { key: `k${i}`, name: 'open', input: { id } }
    : { key: `k${i}`, name: 'close', input: { id, feature } }
})

describe.skipIf(!hasPostgres)('two processes on one PostgreSQL', () => {
  const base = mkdtempSync(join(tmpdir(), 'fengtu-two-'))
  const servers: ServerProcess[] = []
  let databaseUrl: string
  beforeAll(async () => {
    databaseUrl = await freshDatabase()
    // Both at once on the empty database.
    const started = ['a', 'b'].map(name => {
      const dataDir = join(base, name)
      mkdirSync(dataDir)
      writeCounty(join(dataDir, 'counties'), 'vale')
      return startServer(dataDir, databaseUrl)
    })
    for (const server of await Promise.allSettled(started))
      if (server.status === 'fulfilled') servers.push(server.value)
    await Promise.all(started)
  }, 120_000)
  afterAll(async () => {
    for (const { process } of servers) await endServer(process, 'SIGKILL')
    rmSync(base, { recursive: true })
  })

  async function send(
    command: Command,
    to: number,
  ): Promise<{ status: number; seq?: number; code?: string }> {
    const answer = await fetch(`${servers[to]!.url}/api/rooms/vale/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(command),
    })
    return { status: answer.status, ...((await answer.json()) as object) }
  }
  const read = async (of: number, path: string) =>
    (await fetch(`${servers[of]!.url}/api/rooms/vale/${path}`)).json()
  const hashAt = async (of: number): Promise<string> =>
    hashText(canonicalText(unflatten((await read(of, 'world')) as WorldText)))

  test('keep one order and equal worlds, and a key sent through the other happens once', async () => {
    const answers = new Map<string, (number | undefined)[]>()
    const queue = COMMAND_LIST.map((command, i) => ({ command, i }))
    const client = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const { command, i } = next
        const first = send(command, i % 2)
        // Every other one goes to both at the same time, as when an answer is slow and is asked for again.
        const tried = i % 4 < 2 ? [await first] : await Promise.all([first, send(command, (i + 1) % 2)])
        const again = await send(command, (i + 1) % 2)
        const refused = [...tried, again].filter(({ status }) => status !== 200)
        for (const { code } of refused) expect(code).toMatch(/^closure_(unknown|exists)$/)
        const seqs = [...tried, again].flatMap(({ status, seq }) => (status === 200 ? [seq] : []))
        answers.set(command.key, seqs)
      }
    }
    await Promise.all(Array.from({ length: CLIENTS }, client))

    const store = await openStore(join(base, 'a'), databaseUrl)
    const rows = await store.read('vale', 0)
    await store.close()
    expect(verifyJournal('vale', rows)).toBeNull()
    // A command may be refused (nothing to open), and come through when sent again: then it stands once.
    const byKey = new Map(rows.map(row => [row.key, row.seq]))
    expect(byKey.size).toBe(rows.length)
    for (const [key, seqs] of answers)
      for (const seq of seqs) expect([key, seq]).toEqual([key, byKey.get(key)])
    const sent = rows.filter(row => /^k\d+$/.test(row.key))
    expect(sent.map(row => row.key).toSorted()).toEqual(
      [...answers].flatMap(([key, seqs]) => (seqs.length ? [key] : [])).toSorted(),
    )
    expect(sent.length).toBeGreaterThan(COMMANDS / 3)

    const folded = hashText(canonicalText(applyChanges(emptyWorld('vale'), rows.map(readChange))))
    await expect.poll(() => hashAt(0), { timeout: 20_000 }).toBe(folded)
    await expect.poll(() => hashAt(1), { timeout: 20_000 }).toBe(folded)
    const told = await Promise.all([0, 1].map(of => read(of, 'changes?limit=1000')))
    expect(told[0]).toEqual(told[1])
    expect(told[0].changes.map((change: { seq: number }) => change.seq)).toEqual(rows.map(row => row.seq))
  }, 240_000)

  test('have the same accounts: whom one knows the other knows, and both shut the door on strangers', async () => {
    const rows = await openAccountRows(join(base, 'a'), databaseUrl)
    const accounts = await openAccounts({ rows, now: () => new Date() })
    await accounts.people.add({
      username: 'wang',
      name: '王工',
      role: 'admin',
      password: 'three quiet herons',
    })
    const { token } = await accounts.tokens.make('reader', 'QGIS', 1)
    await accounts.close()
    for (const { url } of servers) {
      const me = (headers: Record<string, string> = {}) => fetch(`${url}/api/me`, { headers })
      await expect.poll(async () => (await me()).status, { timeout: 10_000 }).toBe(401)
      const known = await (await me({ authorization: `Bearer ${token}` })).json()
      expect(known).toMatchObject({ viewer: { name: 'QGIS', role: 'reader' } })
    }
  }, 60_000)
})
