import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LonLat } from './browser.ts'
import { writeValleyRegisters } from './registers.fixture.ts'
import { TOWN as VALLEY_TOWN, writeValley } from './valley.fixture.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const REAL = join(ROOT, '../shared/data/andorra')
const STARTUP_MS = 120_000

/** The real country where it lies beside the project, unless `JOURNEY=valley` asks for the made-up one. */
const COUNTRY = existsSync(REAL) && process.env.JOURNEY !== 'valley' ? 'andorra' : 'valley'
/** Where the journeys set their point: a town from which every village has one way. */
export const TOWN_AT: LonLat = COUNTRY === 'andorra' ? [1.5331, 42.5562] : VALLEY_TOWN

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

function run(script: string, args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', VITEST: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', resolve)
  })
}

/** The real importer and the real server on a data folder and a port of their own. */
export class Program {
  private server: ChildProcess | null = null
  private said = ''
  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly data: string,
  ) {}

  static async make(): Promise<Program> {
    const port = await freePort()
    return new Program(`http://127.0.0.1:${port}`, port, mkdtempSync(join(tmpdir(), 'fengtu-journey-')))
  }

  /** Running, with the made-up valley and its registers. */
  static async ofValley(): Promise<Program> {
    const program = await Program.make()
    await program.importValleyWithRegisters()
    await program.start()
    return program
  }

  /** Imports the country; returns the id it got. */
  async importCountry(): Promise<string> {
    const made = join(this.data, 'pack', 'valley')
    if (COUNTRY === 'valley') writeValley(made)
    await this.importFolder(COUNTRY === 'valley' ? made : REAL, COUNTRY)
    return COUNTRY
  }

  /** Imports the made-up valley with registers of its own. */
  async importValleyWithRegisters(): Promise<string> {
    const folder = join(this.data, 'pack', 'valley')
    writeValley(folder)
    await writeValleyRegisters(folder)
    await this.importFolder(folder, 'valley')
    return 'valley'
  }

  private async importFolder(folder: string, id: string): Promise<void> {
    const child = run('scripts/import.ts', [folder, '--id', id], { FENGTU_DATA: this.data })
    let said = ''
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', d => (said += d))
    const code = await ended(child)
    if (code !== 0) throw new Error(`import ended with ${code}: ${said}`)
  }

  async start(): Promise<void> {
    const child = run('scripts/start.ts', [], {
      FENGTU_DATA: this.data,
      FENGTU_DEMO: 'off',
      PORT: String(this.port),
    })
    this.server = child
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', d => (this.said += d))
    const until = Date.now() + STARTUP_MS
    while (Date.now() < until && child.exitCode === null) {
      const ok = await fetch(`${this.url}/api/health`).then(
        r => r.ok,
        () => false,
      )
      if (ok) return
      await new Promise(r => setTimeout(r, 200))
    }
    throw new Error(`server did not start: ${this.said}`)
  }

  /** Of the link that a first start prints, for making the administrator. */
  setupToken(): string {
    const token = /\/setup#([\w-]+)/.exec(this.said)?.[1]
    if (!token) throw new Error(`no set-up link: ${this.said}`)
    return token
  }

  async stop(): Promise<void> {
    if (!this.server) return
    this.server.kill('SIGTERM')
    await ended(this.server)
    this.server = null
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.data, { recursive: true, force: true })
  }

  async ask<T>(path: string, body?: unknown, method = body === undefined ? 'GET' : 'POST'): Promise<T> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
    const response = await fetch(this.url + path, {
      ...init,
      headers: { 'content-type': 'application/json' },
    })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return response.json() as Promise<T>
  }
}
