import { createClient } from '@libsql/client'
import type { InStatement } from '@libsql/client'
import { and, asc, eq, gt } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/libsql'
import { randomUUID } from 'node:crypto'
import { workerData } from 'node:worker_threads'
import { CREATE, FORMAT, changes, meta } from './schema.ts'
import type { ChangeRow, Durability } from './store.ts'
import { answerCalls } from './thread.ts'

const { url } = workerData as { url: string }
/** SQLite takes 32,766 values in a statement; a row has seven. */
const ROWS_PER_INSERT = 1000

const client = createClient({ url, concurrency: 1, timeout: 5000 })
const db = drizzle(client)

async function pragma(name: string): Promise<unknown> {
  return Object.values((await client.execute(`PRAGMA ${name}`)).rows[0] ?? {})[0]
}

/** The client may replace its connection after an error, and a new one has settings of its own. */
async function settle(): Promise<void> {
  if ((await pragma('synchronous')) !== 2) await client.execute('PRAGMA synchronous=FULL')
}

async function open(): Promise<void> {
  await pragma('journal_mode=WAL')
  await settle()
  const first = [
    ['format', FORMAT],
    ['epoch', randomUUID().slice(0, 8)],
  ].map(args => ({ sql: 'insert or ignore into meta (name, value) values (?, ?)', args }))
  await client.batch([...CREATE, ...first], 'write')
  const format = await readMeta('format')
  if (format !== FORMAT) throw Object.assign(new Error(`format ${format}`), { code: 'UNKNOWN_FORMAT' })
}

async function readMeta(name: string): Promise<string> {
  const [row] = await db.select().from(meta).where(eq(meta.name, name))
  return row!.value
}

const opened = open()
opened.catch(() => {})

async function append(rows: ChangeRow[]): Promise<'ok' | 'conflict'> {
  await opened
  await settle()
  const inserts: InStatement[] = []
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT) {
    const { sql, params } = db
      .insert(changes)
      .values(rows.slice(i, i + ROWS_PER_INSERT))
      .toSQL()
    inserts.push({ sql, args: params as string[] })
  }
  try {
    await client.batch(inserts, 'write')
    return 'ok'
  } catch (e) {
    if ((e as { code?: string }).code === 'SQLITE_CONSTRAINT') return 'conflict'
    throw e
  }
}

async function read(room: string, since: number, limit?: number): Promise<ChangeRow[]> {
  await opened
  const rows = db
    .select()
    .from(changes)
    .where(and(eq(changes.room, room), gt(changes.seq, since)))
    .orderBy(asc(changes.seq))
  return limit === undefined ? rows : rows.limit(limit)
}

answerCalls({
  append,
  read,
  rooms: async (): Promise<string[]> => {
    await opened
    return (await db.selectDistinct({ room: changes.room }).from(changes)).map(r => r.room)
  },
  epoch: async () => {
    await opened
    return readMeta('epoch')
  },
  durability: async (): Promise<Durability> => {
    await opened
    await settle()
    return {
      journalMode: String(await pragma('journal_mode')),
      synchronous: Number(await pragma('synchronous')),
    }
  },
  close: async () => {
    await opened
    client.close()
  },
})
