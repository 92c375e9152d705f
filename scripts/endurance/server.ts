import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { writeCounty } from '../../server/db/county.fixture.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REAL = join(ROOT, '../shared/data/andorra')

/** A county to load: the real one where its data lie beside the project, else a made-up net of roads. */
export async function makeCounty(dataDir: string): Promise<{ id: string; name: string }> {
  if (!existsSync(REAL)) {
    writeCounty(join(dataDir, 'counties'), 'vale')
    return { id: 'vale', name: 'a made-up net (../shared/data is not there)' }
  }
  const child = run('scripts/import.ts', [REAL, '--id', 'andorra'], dataDir, 'ignore')
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the import ended with ${code}`)
  return { id: 'andorra', name: 'Andorra' }
}

export interface RunningServer {
  url: string
  /** Megabytes in memory; null where the system does not tell. */
  memoryMB(): number | null
  isUp(): boolean
  /** Exit code after SIGTERM, and how long it took. */
  stop(): Promise<{ code: number | null; ms: number }>
}

export async function startServer(dataDir: string): Promise<RunningServer> {
  const child = run('server/main.ts', [], dataDir, 'pipe')
  const url = await urlOf(child)
  return {
    url,
    memoryMB: () => memoryMB(child.pid!),
    isUp: () => child.exitCode === null && child.signalCode === null,
    stop: async () => {
      const started = performance.now()
      if (child.exitCode === null && child.signalCode === null) {
        const gone = once(child, 'exit')
        child.kill('SIGTERM')
        await gone
      }
      return { code: child.exitCode, ms: performance.now() - started }
    },
  }
}

function run(script: string, args: string[], dataDir: string, out: 'pipe' | 'ignore'): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', FENGTU_DATA: dataDir },
    stdio: ['ignore', out, 'inherit'],
  })
}

async function urlOf(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! })
  for await (const line of lines) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
    if (url) return url
  }
  throw new Error('the server ended before it served')
}

function memoryMB(pid: number): number | null {
  try {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
  } catch {
    return null
  }
}
