import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CountyData } from '../../server/contract/county.ts'
import { type Asked, type Place, randomRequests, seeded } from './requests.ts'
import { type RunningServer, makeCounty, startServer } from './server.ts'

export interface SoakReport {
  county: string
  requests: number
  /** Slowest to fastest kind. */
  kinds: { kind: string; count: number; medianMs: number; p99Ms: number; worstMs: number }[]
  refused: number
  /** Answers of 500 and more, and connections that broke: there are to be none. */
  failed: string[]
  /** Medians of the second fifth of the time and of the last; null where the system does not tell. */
  memoryMB: { early: number; late: number; most: number } | null
  /** Whether the same roads were closed after a stop and a new start. */
  sameAfterRestart: boolean
  stop: { code: number | null; ms: number }
}

const CLIENTS = 6
const SAMPLE_MS = 2000
const MAX_FAILURES = 20

/** Random requests from several clients against the real server for a while, its memory measured all along. */
export async function soak(minutes: number, tell: (line: string) => void): Promise<SoakReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fengtu-soak-'))
  let server: RunningServer | undefined
  try {
    const county = await makeCounty(dataDir)
    server = await startServer(dataDir)
    const next = randomRequests(await placeOf(server.url, county.id), seeded(1))
    const took = new Map<string, number[]>()
    const failed: string[] = []
    const memory: number[] = []
    let [requests, refused] = [0, 0]
    const until = performance.now() + minutes * 60_000

    const client = async (): Promise<void> => {
      while (performance.now() < until && server!.isUp() && failed.length < MAX_FAILURES) {
        const asked = next()
        const { status, ms } = await ask(server!.url, asked)
        requests++
        took.set(asked.kind, [...(took.get(asked.kind) ?? []).slice(-9999), ms])
        if (status === 0 || status >= 500)
          failed.push(`${asked.method} ${asked.path}: ${status || 'broken off'}`)
        else if (status >= 400) refused++
      }
    }
    const timer = setInterval(() => {
      const mb = server!.memoryMB()
      if (mb) memory.push(mb)
      if (memory.length % 15 === 0)
        tell(`${requests} requests, ${failed.length} failed, ${mb?.toFixed(0)} MB`)
    }, SAMPLE_MS)
    await Promise.all(Array.from({ length: CLIENTS }, client))
    clearInterval(timer)

    const before = await closedIn(server.url, county.id)
    const stop = await server.stop()
    server = await startServer(dataDir)
    const sameAfterRestart = before === (await closedIn(server.url, county.id))
    return {
      county: county.name,
      requests,
      kinds: [...took].map(([kind, ms]) => spread(kind, ms)).sort((a, b) => b.medianMs - a.medianMs),
      refused,
      failed,
      memoryMB: memory.length < 10 ? null : growth(memory),
      sameAfterRestart,
      stop,
    }
  } finally {
    await server?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function ask(url: string, { method, path, body }: Asked): Promise<{ status: number; ms: number }> {
  const started = performance.now()
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const status = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json' },
    ...init,
  }).then(
    async answer => {
      await answer.arrayBuffer()
      return answer.status
    },
    () => 0,
  )
  return { status, ms: performance.now() - started }
}

async function json<T>(url: string): Promise<T> {
  return (await (await fetch(url)).json()) as T
}

async function placeOf(url: string, id: string): Promise<Place> {
  const data = await json<CountyData>(`${url}/api/counties/${id}`)
  return { id, bbox: data.county.bbox, places: data.settlements.map(s => s.at) }
}

async function closedIn(url: string, county: string): Promise<string> {
  return JSON.stringify(await json(`${url}/api/counties/${county}/closures`))
}

function spread(kind: string, ms: number[]) {
  const sorted = ms.toSorted((a, b) => a - b)
  const at = (part: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))]!
  return { kind, count: ms.length, medianMs: at(0.5), p99Ms: at(0.99), worstMs: sorted.at(-1)! }
}

/** The first fifth is warming up. */
function growth(memory: number[]): { early: number; late: number; most: number } {
  const fifth = (i: number) => memory.slice((memory.length * i) / 5, (memory.length * (i + 1)) / 5)
  return { early: median(fifth(1)), late: median(fifth(4)), most: Math.max(...memory) }
}

const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!
