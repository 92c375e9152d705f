import { and, asc, desc, eq, gt, lte, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { Refusal } from '../contract/errors.ts'
import { checkKeepable } from './keepable.ts'
import { addressOf, createPool, onOne } from './postgres.connection.ts'
import { unreachable } from './postgres.refusals.ts'
import { CHANNEL, changes, snapshots } from './postgres.schema.ts'
import { INSERT, columnsOf, openTables } from './postgres.tables.ts'
import { createWatch } from './postgres.watch.ts'
import { instantOf, lastSeqAt } from './seq-at.ts'
import type { ChangeRow, Durability, Snapshot, Store } from './store.ts'
import { UnknownFormat } from './store.ts'

/** Taken by another; two who wait for each other, of whom PostgreSQL sends one away, want the same seq or key. */
const CONFLICTS = ['23505', '40P01']

/** As much as a command may take, and hardly to be made smaller. */
const probeText = (): string => randomBytes(32 * 1024).toString('hex')

/** How long closing waits for connections to end, in milliseconds. */
const CLOSE_MS = 3000

/**
 * Adds the rows, in no other epoch than the one we know, and tells the other processes in the same
 * transaction. One statement is one transaction: all or nothing.
 */
const APPEND = `with added as (
    ${INSERT} where exists (select from meta where name = 'epoch' and value = $8) returning room)
  select count(*)::int as n, pg_notify('${CHANNEL}', $9 || ' ' || room) from added group by room`

const inJournal = (table: string): string =>
  `exists (select from changes c where c.room = ${table}.room and c.seq = ${table}.seq and c.hash = ${table}.hash)`
const IN_JOURNAL = inJournal('snapshots')
const PAST = `select seq, hash, text from past
  where room = $1 and seq <= $2 and ${inJournal('past')} order by seq desc limit 1`
/** One statement: a process that is killed leaves neither too many nor too few. */
const KEEP_PAST = `with gone as (delete from past where room = $1 and seq = any ($5::int[]) and seq <> $2)
  insert into past (room, seq, hash, text) values ($1, $2, $3, $4)
  on conflict (room, seq) do update set hash = excluded.hash, text = excluded.text`
const KEEP = `insert into snapshots (room, seq, hash, text) values ($1, $2, $3, $4)
  on conflict (room) do update set seq = excluded.seq, hash = excluded.hash, text = excluded.text
  where excluded.seq >= snapshots.seq or not ${IN_JOURNAL}`

const PROBE = `insert into meta (name, value) values ('probe', $1)
  on conflict (name) do update set value = excluded.value`

/**
 * The store on a PostgreSQL, which other processes may share.
 * @throws Refusal `database_url_unreadable`, `database_unreachable`, `database_not_utf8`,
 *   `database_being_restored` · UnknownFormat
 */
export async function openPostgresStore(databaseUrl: string): Promise<Store> {
  const address = addressOf(databaseUrl)
  const pool = createPool(address)
  const sender = randomUUID().slice(0, 8)
  try {
    const epoch = await onOne(pool, client => openTables(client, address.where))
    const watch = await createWatch({ address, sender, epoch, rooms: () => roomsOf(pool) })
    return storeOn(pool, watch, sender, epoch)
  } catch (e) {
    await pool.end()
    throw e instanceof Refusal || e instanceof UnknownFormat ? e : unreachable(address.where, e)
  }
}

function storeOn(
  pool: pg.Pool,
  watch: Awaited<ReturnType<typeof createWatch>>,
  sender: string,
  epoch: string,
): Store {
  const db = drizzle(pool)
  const newest = async (room: string, upTo?: number) => {
    const within = and(eq(changes.room, room), upTo === undefined ? undefined : lte(changes.seq, upTo))
    const { seq, at } = changes
    const [row] = await db.select({ seq, at }).from(changes).where(within).orderBy(desc(seq)).limit(1)
    return row
  }
  return {
    append: async rows => {
      checkKeepable(rows)
      return rows.length ? append(pool, rows, epoch, sender) : 'ok'
    },
    read: async (room, since, limit) => {
      const rows = db
        .select()
        .from(changes)
        .where(and(eq(changes.room, room), gt(changes.seq, since)))
        .orderBy(asc(changes.seq))
      return limit === undefined ? rows : rows.limit(limit)
    },
    find: async (room, actor, key) => {
      const named = and(eq(changes.room, room), eq(changes.actor, actor), eq(changes.key, key))
      const [row] = await db.select().from(changes).where(named)
      return row ?? null
    },
    seqAt: async (room, at) => {
      const instant = instantOf(at)
      const head = (await newest(room))?.seq ?? 0
      return lastSeqAt(head, instant, async seq => (await newest(room, seq))?.at)
    },
    rooms: () => roomsOf(pool),
    snapshot: async room => {
      const { seq, hash, text } = snapshots
      const kept = and(eq(snapshots.room, room), sql.raw(IN_JOURNAL))
      const [row] = await db.select({ seq, hash, text }).from(snapshots).where(kept)
      return row ?? null
    },
    keepSnapshot: async (room, { seq, hash, text }) => {
      await onOne(pool, client => client.query(KEEP, [room, seq, hash, text]))
    },
    past: async (room, seq) => (await pool.query<Snapshot>(PAST, [room, seq])).rows[0] ?? null,
    pastSeqs: async room => {
      const asked = 'select seq from past where room = $1 order by seq'
      return (await pool.query<{ seq: number }>(asked, [room])).rows.map(({ seq }) => seq)
    },
    keepPast: async (room, { seq, hash, text }, gone) => {
      await onOne(pool, client => client.query(KEEP_PAST, [room, seq, hash, text, gone]))
    },
    watch: async tell => watch.add(tell),
    epoch: async () => epoch,
    durability: () => onOne(pool, durabilityOf),
    probe: async () => void (await onOne(pool, client => client.query(PROBE, [probeText()]))),
    close: () => soon(Promise.all([watch.close(), pool.end()])),
  }
}

/** A network that swallows everything does not keep the server from ending. */
async function soon(work: Promise<unknown>): Promise<void> {
  let late: NodeJS.Timeout | undefined
  const waited = new Promise<void>(resolve => (late = setTimeout(resolve, CLOSE_MS)))
  await Promise.race([work, waited])
  clearTimeout(late)
}

async function append(
  pool: pg.Pool,
  rows: readonly ChangeRow[],
  epoch: string,
  sender: string,
): Promise<'ok' | 'conflict'> {
  const values = [...columnsOf(rows), epoch, sender]
  try {
    const told = await onOne(pool, client =>
      client.query<{ n: number }>({ name: 'append', text: APPEND, values }),
    )
    if (told.rows.length > 0) return 'ok'
  } catch (e) {
    if (CONFLICTS.includes((e as { code?: string }).code ?? '')) return 'conflict'
    throw e
  }
  throw new Error(
    `the database was restored from a backup: it is no longer in epoch ${epoch}; restart the server`,
  )
}

/** One look for each room, not one at every change. */
async function roomsOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ room: string }>(`
    with recursive found as (
      (select room from changes order by room limit 1)
      union all
      select (select c.room from changes c where c.room > found.room order by c.room limit 1)
      from found where found.room is not null)
    select room from found where room is not null`)
  return rows.map(({ room }) => room)
}

async function durabilityOf(client: pg.ClientBase): Promise<Durability> {
  const names = ['server_version', 'synchronous_commit', 'fsync', 'full_page_writes']
  const asked = names.map((name, i) => `current_setting('${name}') as "${names[i]}"`).join(', ')
  const settings = (await client.query<Record<string, string>>(`select ${asked}`)).rows[0]!
  const durable =
    ['on', 'remote_apply'].includes(settings.synchronous_commit!) &&
    settings.fsync === 'on' &&
    settings.full_page_writes === 'on'
  return { engine: 'postgresql', durable, settings }
}
