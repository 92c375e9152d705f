import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { findPostgres, startPostgres } from '../server/db/postgres.fixture.ts'
import { type KillReport, killRounds } from '../server/kill-rounds.ts'
import { type Part, USAGE, readArguments } from './endurance/arguments.ts'
import { madeCounties } from './endurance/counties.ts'
import { soak } from './endurance/soak.ts'

/** Memory late in the soak may be this much of what it was early: caches fill, leaks go on. */
const MAX_GROWTH = 1.3

type Row = [what: string, figure: string, isGood?: boolean]
const tell = (line: string): void => console.log(`  ${line}`)

const args = readArguments(process.argv.slice(2))
if (!args) {
  console.error(USAGE)
  process.exit(1)
}

const parts: Record<Part, () => Promise<Row[]>> = {
  async kills() {
    const rows = killRows('SQLite', await killRounds(args.rounds, { tell }))
    const bin = findPostgres()
    if (!bin) return [...rows, ['NOT RUN: PostgreSQL', 'apt-get install postgresql-15']]
    const postgres = await startPostgres(bin)
    try {
      return [
        ...rows,
        ...killRows('PostgreSQL', await killRounds(args.rounds, { databaseUrl: postgres.url, tell })),
      ]
    } finally {
      await postgres.stop()
    }
  },
  async soak() {
    const r = await soak(args.minutes, tell)
    const m = r.memoryMB
    const memory = m
      ? `${m.early.toFixed(0)} → ${m.late.toFixed(0)}, at most ${m.most.toFixed(0)} MB`
      : 'not measured'
    return [
      ['soak', `${args.minutes} min on ${r.county}`],
      ['requests', `${r.requests}, ${r.refused} of them refused`],
      ['failed', r.failed.join('; ') || '0', r.failed.length === 0],
      ['memory early → late', memory, !m || m.late <= m.early * MAX_GROWTH],
      ['same closures after a restart', r.sameAfterRestart ? 'yes' : 'no', r.sameAfterRestart],
      ['stopped by SIGTERM', `exit ${r.stop.code}, ${r.stop.ms.toFixed(0)} ms`, r.stop.code === 0],
      ...r.kinds.map(({ kind, count, medianMs, p99Ms, worstMs }): Row => [
        `  ${kind} × ${count}`,
        `median ${medianMs.toFixed(1)}, 99 % ${p99Ms.toFixed(1)}, worst ${worstMs.toFixed(1)} ms`,
      ]),
    ]
  },
  async counties() {
    const made = await madeCounties(args.seeds, tell)
    const bad = made.filter(({ faults }) => faults.length > 0)
    return [
      [
        'counties of 20 km made',
        `seeds 1–${args.seeds}, median ${median(made.map(m => m.seconds)).toFixed(1)} s`,
      ],
      [
        'with faults',
        bad.map(({ seed, faults }) => `${seed}: ${faults[0]}`).join('; ') || '0',
        bad.length === 0,
      ],
    ]
  },
  async bench() {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const child = spawn(npm, ['run', '-s', 'bench'], { stdio: ['ignore', 'inherit', 'inherit'] })
    const [code] = (await once(child, 'exit')) as [number | null]
    return [['bench', code === 0 ? 'see above' : `ended with ${code}`, code === 0]]
  },
}

function killRows(engine: string, r: KillReport): Row[] {
  return [
    [`kill -9 rounds on ${engine}`, String(r.rounds)],
    ['closures acknowledged', String(r.acknowledged)],
    ['in doubt, of these written', `${r.inDoubt}, ${r.inDoubtWritten}`],
    ['acknowledged and lost', String(r.lost.length), r.lost.length === 0],
    ['written twice', String(r.twice.length), r.twice.length === 0],
    ['journal verifies', r.damage ? JSON.stringify(r.damage) : 'yes', r.damage === null],
    ['slowest start', `${r.startMs} ms`],
  ]
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

const rows: Row[] = []
for (const part of args.parts) {
  console.log(`${part} …`)
  rows.push(...(await parts[part]()))
}
const width = Math.max(...rows.map(([what]) => what.length)) + 2
console.log()
for (const [what, figure, isGood] of rows) {
  console.log(`${what.padEnd(width)}${figure}${isGood === false ? '   ← not good' : ''}`)
}
process.exitCode = rows.some(([, , isGood]) => isGood === false) ? 1 : 0
