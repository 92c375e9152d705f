import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The real server in a process of its own, on a free port of this machine. */
export interface ServerProcess {
  process: ChildProcess
  url: string
}

export async function startServer(dataDir: string, databaseUrl: string): Promise<ServerProcess> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', FENGTU_DATA: dataDir, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0]
    if (url) return { process: child, url }
  }
  throw new Error('the server ended before it served')
}

export const isUp = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

export async function endServer(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (!isUp(child)) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
