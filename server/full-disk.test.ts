import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CORNER, writeCounty } from './db/county.fixture.ts'
import { endServer, startServer } from './server-process.fixture.ts'
import type { ServerProcess } from './server-process.fixture.ts'

/** A way in which nothing more can be written, and back. */
interface Trouble {
  dataDir: string
  begin(server: ServerProcess): void
  end(server: ServerProcess): void
  reason: string
}
const LIMIT = 600_000
/** Some 10 KB, so that the room runs out before many are sent. */
const LINE = Array.from({ length: 400 }, (_, i) => [CORNER[0] + i * 1e-6, CORNER[1] + (i % 7) * 1e-6])

const undo: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'fengtu-full-'))
  undo.push(() => rmSync(path, { recursive: true, force: true }))
  return path
}
const run = (file: string, ...args: string[]) => execFileSync(file, args, { stdio: 'pipe' })

/** A disk of its own, filled to the last byte by another. */
function fullDisk(): Trouble | string {
  const dataDir = folder()
  try {
    run('mount', '-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', dataDir)
  } catch (e) {
    return `no disk can be mounted here: ${(e as Error).message.split('\n').join(' ')}`
  }
  // Lazily: the system may hold what a killed process had open for a moment longer.
  undo.push(() => void run('umount', '--lazy', dataDir))
  const other = join(dataDir, 'of another')
  const begin = () => {
    for (let bytes = 4096; ; bytes += 4096) {
      try {
        writeFileSync(other, Buffer.alloc(4096), { flag: 'a' })
      } catch {
        return
      }
    }
  }
  return { dataDir, begin, end: () => rmSync(other), reason: '磁盘已满' }
}

/** No file of the server's may grow beyond a size: the disk refuses, with another error than when it is full. */
function fileLimit(): Trouble | string {
  try {
    run('prlimit', '--version')
  } catch {
    return 'prlimit is not there'
  }
  const set = (server: ServerProcess, bytes: string) =>
    run('prlimit', `--pid=${server.process.pid}`, `--fsize=${bytes}:unlimited`)
  return {
    dataDir: folder(),
    begin: server => void set(server, String(LIMIT)),
    end: server => void set(server, 'unlimited'),
    reason: '磁盘读写出错',
  }
}

test.each([
  ['a full disk', fullDisk],
  ['a limit on the size of files', fileLimit],
])(
  '%s: commands are refused, health says so, reading goes on; by itself it is over',
  async (_, make) => {
    const trouble = make()
    if (typeof trouble === 'string') {
      console.log(`SKIPPED: ${trouble}`)
      return
    }
    mkdirSync(join(trouble.dataDir, 'counties'), { recursive: true })
    writeCounty(join(trouble.dataDir, 'counties'), 'vale')
    const server = await startServer(trouble.dataDir, '')
    undo.push(() => endServer(server.process, 'SIGKILL'))
    const health = async () => (await fetch(`${server.url}/api/health`)).json()
    const read = async () => (await fetch(`${server.url}/api/rooms/vale/world`)).status
    const send = async (key: string) => {
      const feature = {
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: LINE },
        properties: { kind: 'flood' },
      }
      const answer = await fetch(`${server.url}/api/rooms/vale/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key, name: 'close', input: { id: key, feature } }),
      })
      return { status: answer.status, ...((await answer.json()) as { code?: string; seq?: number }) }
    }

    await expect.poll(async () => (await health()).counties.length, { timeout: 20_000 }).toBe(1)
    expect(await health()).toMatchObject({ status: 'ok', journal: 'writing' })
    const first = await send('first')
    expect(first).toMatchObject({ status: 200 })
    const before = new Date().toISOString()
    trouble.begin(server)
    let n = 0
    let answer = await send(`k${n}`)
    while (answer.status === 200 && n < 500) answer = await send(`k${++n}`)
    expect(answer).toMatchObject({ status: 503, code: 'store_unavailable' })
    const said = await health()
    expect(said).toMatchObject({ status: 'degraded', journal: 'refusing', reason: expect.any(String) })
    expect(said.reason).toContain(trouble.reason)
    expect(said.since >= before).toBe(true)
    expect(await read()).toBe(200)
    expect(await send('again')).toMatchObject({ status: 503 })

    trouble.end(server)
    await expect.poll(async () => (await health()).journal, { timeout: 20_000 }).toBe('writing')
    expect(await health()).not.toHaveProperty('since')
    // What was refused goes under the same key.
    const later = await send(`k${n}`)
    expect(later).toMatchObject({ status: 200 })
    expect(await send(`k${n}`)).toMatchObject({ seq: later.seq })
    expect(await send('first')).toMatchObject({ seq: first.seq })
  },
  120_000,
)
