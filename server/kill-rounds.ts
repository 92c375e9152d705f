import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CORNER, writeCounty } from './db/county.fixture.ts'
import { openStore } from './db/open.ts'
import type { Damage } from './journal/verify.ts'
import { verifyJournal } from './journal/verify.ts'
import { endServer, isUp, startServer } from './server-process.fixture.ts'
import type { ServerProcess } from './server-process.fixture.ts'

export interface KillReport {
  rounds: number
  /** Closures that the server had said yes to. */
  acknowledged: number
  /** Sent, but killed before the answer. */
  inDoubt: number
  /** Of those in doubt, how many turned out to be written. */
  inDoubtWritten: number
  /** Acknowledged and not there after the restart; in the journal twice. Both are to be empty. */
  lost: string[]
  twice: string[]
  damage: Damage | null
  /** Slowest time from start to the first answer. */
  startMs: number
}

const CLIENTS = 6
/** So many answers show that the load has begun. */
const LOADED = 20
const FEATURE = {
  type: 'Feature',
  geometry: { type: 'Point', coordinates: CORNER },
  properties: { kind: 'other' },
}

export interface KillOptions {
  /** An empty PostgreSQL database for the journal; without one it is SQLite. */
  databaseUrl?: string
  tell?: (line: string) => void
}

/**
 * Starts the real server on a port and folder of its own, closes roads as fast as it answers, kills it with
 * SIGKILL in the middle, starts it again and counts what is there. What was in doubt is sent again.
 */
export async function killRounds(
  rounds: number,
  { databaseUrl = '', tell = () => {} }: KillOptions = {},
): Promise<KillReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fengtu-kill-'))
  const acknowledged = new Set<string>()
  const report = { rounds, inDoubt: 0, inDoubtWritten: 0, startMs: 0 }
  const lost = new Set<string>()
  let doubtful: string[] = []
  let next = 0
  let server: ServerProcess | undefined
  try {
    writeCounty(join(dataDir, 'counties'), 'vale')
    for (let round = 0; round <= rounds; round++) {
      const started = performance.now()
      server = await startServer(dataDir, databaseUrl)
      const there = new Set(await inForce(server.url))
      report.startMs = Math.max(report.startMs, Math.round(performance.now() - started))
      for (const id of acknowledged) if (!there.has(id)) lost.add(id)
      report.inDoubt += doubtful.length
      report.inDoubtWritten += doubtful.filter(id => there.has(id)).length
      for (const id of doubtful) if (await close(server.url, id)) acknowledged.add(id)
      tell(`${round}/${rounds}: ${there.size} in force, ${acknowledged.size} acknowledged, ${lost.size} lost`)
      if (round === rounds) break

      const { url } = server
      // Its threads have loaded the roads.
      await (await fetch(`${url}/api/health`)).arrayBuffer()
      const pending = new Set<string>()
      const client = async () => {
        for (;;) {
          const id = `c${next++}`
          pending.add(id)
          if (!(await close(url, id))) return
          pending.delete(id)
          acknowledged.add(id)
        }
      }
      const before = acknowledged.size
      const clients = Array.from({ length: CLIENTS }, client)
      // Under full load on any machine, and then at any moment.
      while (acknowledged.size < before + LOADED && isUp(server.process)) await sleep(5)
      await sleep(Math.random() * 300)
      await endServer(server.process, 'SIGKILL')
      await Promise.all(clients)
      doubtful = [...pending]
    }
    await endServer(server!.process, 'SIGTERM')
    return {
      ...report,
      acknowledged: acknowledged.size,
      lost: [...lost],
      ...(await readJournal(dataDir, databaseUrl)),
    }
  } finally {
    server?.process.kill('SIGKILL')
    rmSync(dataDir, { recursive: true, force: true })
  }
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** True when the server said that it is closed; false when it went away. */
async function close(url: string, id: string): Promise<boolean> {
  const body = JSON.stringify({ key: id, id, feature: FEATURE })
  const headers = { 'content-type': 'application/json' }
  const sent = await fetch(`${url}/api/counties/vale/closures`, { method: 'POST', headers, body }).then(
    async answer => ({ status: answer.status, text: await answer.text() }),
    () => null,
  )
  if (!sent) return false
  if (sent.status === 201) return true
  throw new Error(`${sent.status} ${sent.text}`)
}

async function inForce(url: string): Promise<string[]> {
  const answer = await fetch(`${url}/api/counties/vale/closures`)
  return ((await answer.json()) as { features: { id: string }[] }).features.map(f => f.id)
}

async function readJournal(
  dataDir: string,
  databaseUrl: string,
): Promise<{ twice: string[]; damage: Damage | null }> {
  const store = await openStore(dataDir, databaseUrl)
  const rows = await store.read('vale', 0)
  await store.close()
  const seen = new Set<string>()
  const twice = rows.filter(row => seen.size === seen.add(row.key).size).map(row => row.key)
  return { twice, damage: verifyJournal('vale', rows) }
}
