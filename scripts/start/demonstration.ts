import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sayBoth } from '../../server/contract/errors.ts'
import { countiesDir } from '../../geodata/counties.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Nothing imported, and `FENGTU_DEMO=off` not said: then the demonstration county is wanted. */
export function wantsDemonstration(dataDir: string, demo: string | undefined): boolean {
  if (demo === 'off') return false
  const counties = countiesDir(dataDir)
  return (
    !existsSync(counties) ||
    !readdirSync(counties).some(id => !id.startsWith('.') && existsSync(join(counties, id, 'county.json')))
  )
}

/**
 * Makes the demonstration county and imports it, each by its own command, so that the server's memory stays
 * free of them. A failure is said by the command itself, and the server starts without a county.
 */
export async function makeDemonstration(dataDir: string): Promise<void> {
  console.log(
    sayBoth({
      zh: '还没有导入任何县：先造一个虚构的示范县（约一分钟，只此一次；不要的话设 FENGTU_DEMO=off）',
      en: 'No county is imported: making a fictional one first (about a minute, this once; FENGTU_DEMO=off does without)',
    }),
  )
  const pack = resolve(dataDir, 'packs/qingling')
  if ((await run('scripts/make-county.ts', ['--out', pack])) === 0) await run('scripts/import.ts', [pack])
}

/** @returns the exit code; ends this process too when the command was interrupted */
async function run(script: string, args: string[]): Promise<number> {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGINT', pass).on('SIGTERM', pass)
  const code = await new Promise<number>((done, fail) => {
    child.once('error', fail).once('exit', exit => done(exit ?? 1))
  })
  process.off('SIGINT', pass).off('SIGTERM', pass)
  if (code === 130 || code === 143) process.exit(code)
  return code
}
