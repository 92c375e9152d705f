import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DEBIAN = '/usr/lib/postgresql'
const TRIES = 3

/** The programs of `$POSTGRES_BIN`, else of Debian's newest package; undefined when there are none. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : []
  const folders = env.POSTGRES_BIN ? [env.POSTGRES_BIN] : versions.map(v => join(DEBIAN, v, 'bin'))
  return folders.find(folder => ['initdb', 'postgres'].every(name => isProgram(join(folder, name))))
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface RunningPostgres {
  /** Of its database `postgres`; the user may make others. */
  url: string
  pid: number
  stop(): Promise<void>
}

/**
 * A PostgreSQL in a temporary folder on a free port of 127.0.0.1, as careful of the disk as one in service
 * unless the settings say otherwise. It ends with this process, however that ends.
 */
export async function startPostgres(
  bin: string,
  settings: Record<string, string> = {},
): Promise<RunningPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'fengtu-postgres-'))
  const data = join(folder, 'data')
  const password = randomUUID()
  const owner = ownerOf()
  try {
    const secret = join(folder, 'secret')
    writeFileSync(secret, password, { mode: 0o600 })
    if (owner) for (const path of [folder, secret]) chownSync(path, owner.uid, owner.gid)
    const initdb = ['-D', data, '-U', 'fengtu', '-A', 'scram-sha-256', `--pwfile=${secret}`, '--no-sync']
    const [file, ...args] = asOwner([join(bin, 'initdb'), ...initdb, '--no-locale', '-E', 'UTF8'])
    execFileSync(file!, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
    for (let i = 1; ; i++) {
      const port = await freePort()
      const { child, said } = await launch(bin, data, folder, { ...settings, port: String(port) })
      if (child.exitCode === null && child.signalCode === null) {
        const url = `postgres://fengtu:${password}@127.0.0.1:${port}/postgres`
        return { url, pid: child.pid!, stop: () => stop(child, folder) }
      }
      // Another may have taken the port in between.
      if (i === TRIES) throw new Error(`PostgreSQL did not start: ${said}`)
    }
  } catch (e) {
    rmSync(folder, { recursive: true, force: true })
    throw e
  }
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function ownerOf(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const [uid, gid] = ['-u', '-g'].map(what => Number(execFileSync('id', [what, 'postgres'])))
  return { uid: uid!, gid: gid! }
}

/** The command as that user, and ended with the process that starts it, where the system can do so. */
function asOwner(command: string[]): string[] {
  if (process.platform !== 'linux') return command
  const user = ownerOf() ? ['--reuid=postgres', '--regid=postgres', '--clear-groups'] : []
  return ['setpriv', '--pdeathsig', 'QUIT', ...user, ...command]
}

async function launch(bin: string, data: string, cwd: string, settings: Record<string, string>) {
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    shared_buffers: '32MB',
    ...settings,
  }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [file, ...args] = asOwner([join(bin, 'postgres'), '-D', data, ...options])
  const child = spawn(file!, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  const ready = new Promise<void>(resolve => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-2000)
      if (said.includes('ready to accept connections')) resolve()
    })
    child.once('exit', () => resolve()).once('error', () => resolve())
  })
  await ready
  return { child, said }
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit')
    // Whoever is still connected is sent away.
    child.kill('SIGINT')
    await gone
  }
  rmSync(folder, { recursive: true, force: true })
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
