import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
/** What the built client is made from. */
const SOURCES = ['client', 'server/contract', 'server/algo', 'vite.config.ts', 'package-lock.json']
const NO_SOURCE = /^(dist|e2e)$|\.test\.ts$/

/** Builds client/dist when it is missing or older than its sources. @throws what vite says of a fault in them */
export async function buildClientWhenStale(): Promise<void> {
  if (!isStale()) return
  console.log('正在生成界面 / Building the client …')
  const started = performance.now()
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' })
  console.log(`完成 / done (${((performance.now() - started) / 1000).toFixed(0)} s)`)
}

function isStale(): boolean {
  const built = statSync(join(root, 'client/dist/index.html'), { throwIfNoEntry: false })
  return !built || SOURCES.some(source => newest(join(root, source)) > built.mtimeMs)
}

/** Milliseconds of the newest file under a path; 0 when there is none. A folder's own time tells of a file taken away. */
function newest(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return 0
  if (!stats.isDirectory()) return stats.mtimeMs
  const within = readdirSync(path, { withFileTypes: true })
    .filter(e => !NO_SOURCE.test(e.name))
    .map(e => newest(join(path, e.name)))
  return Math.max(stats.mtimeMs, ...within)
}
