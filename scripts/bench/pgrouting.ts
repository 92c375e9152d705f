import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import pg from 'pg'
import { INF, NONE } from '../../server/algo/roads/graph.ts'
import { findPostgres, startPostgres } from '../../server/db/postgres.fixture.ts'
import { medianMs } from './measure.ts'
import type { Bench } from './figures.ts'

const QUERIES = 20

/**
 * A hundred places to one, by Fengtu and by pgRouting over the same arcs, query by query in turn; every time must
 * be equal. PostgreSQL runs in a folder and on a port of its own and goes with the run.
 */
export async function comparePgRouting(name: string, bench: Bench): Promise<void> {
  const bin = postgresBin()
  if (!bin) {
    console.log('\nNOT RUN: comparison with pgRouting (apt-get install postgresql-15-pgrouting)')
    return
  }
  const server = await startPostgres(bin, { fsync: 'off', shared_buffers: '256MB' })
  const client = new pg.Client({ connectionString: server.url })
  try {
    await client.connect()
    await loadArcs(client, bench)
    const theirs: number[] = []
    const ours: number[] = []
    let unequal = 0
    for (let i = 0; i < QUERIES; i++) {
      const { from, to } = bench.nodesForComparison(i)
      ours.push(medianMs(() => bench.timesTo(to, from), 5, 2))
      const expected = bench.timesTo(to, from)
      const start = performance.now()
      const { rows } = await client.query<{ start_vid: string; agg_cost: number }>(
        `SELECT start_vid, agg_cost FROM pgr_dijkstraCost(
           'SELECT id, source, target, cost FROM arcs', $1::bigint[], $2::bigint, true)`,
        [from, to],
      )
      theirs.push(performance.now() - start)
      const got = new Map(rows.map(row => [Number(row.start_vid), row.agg_cost]))
      from.forEach((node, k) => {
        if (node !== to && expected[k]! !== (got.get(node) ?? INF)) unequal++
      })
    }
    const [a, b] = [median(ours), median(theirs)]
    console.log(
      `\n${name}, 100 × 1, ${QUERIES} queries in turn: Fengtu ${a.toFixed(2)} ms, pgRouting ${b.toFixed(1)} ms, ratio ${(b / a).toFixed(0)}×, unequal times: ${unequal}`,
    )
  } finally {
    await client.end().catch(() => {})
    await server.stop()
  }
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[values.length >> 1]!
}

function postgresBin(): string | null {
  const bin = findPostgres()
  const control = bin && `/usr/share/postgresql/${basename(dirname(bin))}/extension/pgrouting.control`
  return control && existsSync(control) ? bin : null
}

async function loadArcs(client: pg.Client, bench: Bench): Promise<void> {
  const { graph, weights } = bench
  await client.query('CREATE EXTENSION pgrouting CASCADE')
  await client.query('CREATE TABLE arcs (id bigint, source bigint, target bigint, cost float8)')
  const usable: number[] = []
  for (let arc = 0; arc < graph.arcs; arc++) {
    if (weights.ms[arc]! < INF && graph.arcEdge[arc] !== NONE) usable.push(arc)
  }
  for (let i = 0; i < usable.length; i += 20_000) {
    const part = usable.slice(i, i + 20_000)
    await client.query(
      'INSERT INTO arcs SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::float8[])',
      [
        part,
        part.map(arc => graph.tail[arc]!),
        part.map(arc => graph.head[arc]!),
        part.map(arc => weights.ms[arc]!),
      ],
    )
  }
  await client.query('CREATE INDEX ON arcs (id)')
  await client.query('VACUUM ANALYZE arcs')
}
