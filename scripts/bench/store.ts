import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../server/db/open.ts'
import { findPostgres, startPostgres } from '../../server/db/postgres.fixture.ts'
import type { ChangeRow, Store } from '../../server/db/store.ts'

/** Appends to reach in a second: of one change each, and of changes that come in batches. */
const TARGETS = { single: 2000, batched: 20_000 }
const SINGLES = 500
const BATCH = 500
const BATCHES = 10

/** How many appends a second the store makes durable, on SQLite and, where it is installed, on PostgreSQL. */
export async function benchStore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fengtu-bench-'))
  try {
    console.log('\nstore: appends that are on disk when they are answered, one after the other')
    await measure(await openStore(folder), TARGETS)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const bin = findPostgres()
  if (!bin) return console.log('NOT RUN: the store on PostgreSQL (apt-get install postgresql-15)')
  const postgres = await startPostgres(bin, { shared_buffers: '128MB' })
  try {
    await measure(await openStore('', postgres.url), null)
  } finally {
    await postgres.stop()
  }
}

async function measure(store: Store, targets: typeof TARGETS | null): Promise<void> {
  try {
    const { engine, settings } = await store.durability()
    const rows = rowsFor('bench')
    const single = await median(async () => {
      for (let i = 0; i < SINGLES; i++) await ok(store, [rows()])
    })
    const batched = await median(async () => {
      for (let i = 0; i < BATCHES; i++) await ok(store, Array.from({ length: BATCH }, rows))
    })
    const set = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
    console.log(`${engine} (${set.join(', ')})`)
    console.log(figure('  appends of one change', perSecond(single, SINGLES), targets?.single))
    console.log(
      figure(`  changes in appends of ${BATCH}`, perSecond(batched, BATCH * BATCHES), targets?.batched),
    )
  } finally {
    await store.close()
  }
}

function figure(what: string, found: number, target?: number): string {
  const verdict = target === undefined ? '' : found < target ? `  ← under ${target}` : `  (≥ ${target})`
  return `${what.padEnd(34)}${String(found).padStart(8)} a second${verdict}`
}

const perSecond = (ms: number, count: number): number => Math.round((count / ms) * 1000)

/** Median milliseconds of five runs after one uncounted. */
async function median(run: () => Promise<void>): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 6; i++) {
    const start = performance.now()
    await run()
    if (i > 0) times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[times.length >> 1]!
}

async function ok(store: Store, rows: ChangeRow[]): Promise<void> {
  if ((await store.append(rows)) !== 'ok') throw new Error('a conflict on an empty journal')
}

/** Changes of a room as long as those that close a road. */
function rowsFor(room: string): () => ChangeRow {
  let seq = 0
  const text = JSON.stringify({
    note: '塌方'.repeat(60),
    feature: Array.from({ length: 60 }, (_, i) => i / 7),
  })
  return () => ({
    room,
    seq: ++seq,
    at: '2026-07-01T08:00:00.000Z',
    text,
    hash: 'f'.repeat(64),
    actor: 'guest',
    key: `0123456789abcdef-${seq}`,
  })
}
