import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findPostgres } from '../server/db/postgres.fixture.ts'
import { buildClientWhenStale } from './client.ts'
import { findChromium } from './test/browser.ts'
import { type Needy, chooseProjects } from './test/choose.ts'
import { type Report, countTests, lastLine } from './test/count.ts'
import { testsWithPostgres } from './test/postgres.ts'
import { hasOgrinfo } from '../server/http/ogc/gdal.fixture.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const isCi = ['1', 'true'].includes(process.env.CI ?? '')

const NOT_RUN: Record<Needy, string> = {
  journeys: 'NOT RUN: journeys (apt-get install chromium)',
  postgres: 'NOT RUN: PostgreSQL (apt-get install postgresql-15)',
  gdal: 'NOT RUN: GDAL (apt-get install gdal-bin)',
}
const NOTHING: Run = { code: 0, report: null }

interface Run {
  code: number
  report: Report | null
}

/** `npm test [-- PATH… | vitest's options]`: exit 0 when something ran and nothing failed. */
async function main(): Promise<number> {
  const chromium = findChromium()
  const e2e = readdirSync(join(root, 'client/e2e')).map(name => `client/e2e/${name}`)
  const journeyFiles = e2e.filter(name => name.endsWith('.journey.ts'))
  const files = {
    journeys: journeyFiles,
    postgres: testsWithPostgres(root),
    gdal: ['server/http/ogc/gdal.test.ts'],
  }
  const has = { journeys: !!chromium, postgres: !!findPostgres(), gdal: hasOgrinfo() }
  const { projects, rest, notRun } = chooseProjects(process.argv.slice(2), files, has)
  if (projects.includes('journeys')) await buildClientWhenStale()

  const args = [...projects.map(name => `--project=${name}`), ...rest]
  const { code, report } = projects.length > 0 ? await runVitest(args, chromium) : NOTHING
  const count = countTests(report, code)
  if (!existsSync(join(root, '../shared/data'))) {
    console.log('SKIPPED: tests on real countries (the folder ../shared/data is not there)')
  }
  for (const needy of notRun) console.log(NOT_RUN[needy])
  if (count.passed + count.failed === 0) console.log('Nothing ran.')
  console.log(lastLine(count))
  return count.failed > 0 || count.passed === 0 || (notRun.length > 0 && isCi) ? 1 : 0
}

async function runVitest(args: string[], chromium = ''): Promise<Run> {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  const folder = mkdtempSync(join(tmpdir(), 'fengtu-test-'))
  const out = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${out}`]
  try {
    const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], {
      cwd: root,
      env: { ...process.env, ...(chromium && { CHROMIUM: chromium }) },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject).once('exit', exit => resolve(exit ?? 1))
    })
    return { code, report: existsSync(out) ? (JSON.parse(readFileSync(out, 'utf8')) as Report) : null }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await main()
