import type pg from 'pg'
import { connect } from './postgres.connection.ts'
import type { DatabaseAddress } from './postgres.connection.ts'
import { beingRestored } from './postgres.refusals.ts'
import { CHANNEL, LOCK_SERVING } from './postgres.schema.ts'

export interface Watch {
  add(tell: (room: string) => void): () => void
  close(): Promise<void>
}

export interface WatchDeps {
  address: DatabaseAddress
  /** What our own appends are marked with. */
  sender: string
  epoch: string
  rooms: () => Promise<string[]>
}

const RETRY_MS = [100, 300, 1000, 3000]
/** A connection that is lost without a word is noticed by asking. */
const ASK_EVERY_MS = 10_000

/**
 * The connection that listens to the other processes and, as long as it is up, keeps a restore away. It comes
 * back by itself, and then tells of every room: nobody knows what was missed.
 * @throws Refusal `database_being_restored`
 */
export async function createWatch({ address, sender, epoch, rooms }: WatchDeps): Promise<Watch> {
  const watchers = new Set<{ tell: (room: string) => void }>()
  let client: pg.Client | null = null
  let closed = false
  let tries = 0
  let retry: NodeJS.Timeout | undefined

  const tellAll = (room: string) => {
    for (const { tell } of watchers) tell(room)
  }
  const listen = async () => {
    const fresh = await connect(address)
    const gone = () => lost(fresh)
    try {
      fresh.on('notification', ({ payload = '' }) => {
        const [from, room] = payload.split(' ')
        if (from !== sender && room) tellAll(room)
      })
      const { rows } = await fresh.query<{ free: boolean; epoch: string }>(
        `select pg_try_advisory_lock_shared(${LOCK_SERVING}) as free, value as epoch from meta where name = 'epoch'`,
      )
      if (!rows[0]?.free) throw beingRestored(address.where)
      if (rows[0].epoch !== epoch) {
        console.error(
          '数据库已从备份恢复，请重启 / The database was restored from a backup; restart the server',
        )
      }
      await fresh.query(`listen ${CHANNEL}`)
    } catch (e) {
      await fresh.end().catch(() => {})
      throw e
    }
    if (closed) return void (await fresh.end())
    fresh.on('error', gone).on('end', gone)
    client = fresh
    tries = 0
  }
  const lost = (which: pg.Client) => {
    if (client !== which) return
    client = null
    void which.end().catch(() => {})
    if (closed) return
    console.error(`PostgreSQL ${address.where}: 连接断开，正在重连 / connection lost, reconnecting`)
    again()
  }
  const again = () => {
    retry = setTimeout(
      () => {
        listen()
          .then(rooms)
          .then(all => all.forEach(tellAll))
          .catch(() => (client ? lost(client) : closed || again()))
      },
      RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)],
    )
    retry.unref()
  }
  const ask = setInterval(() => {
    const asked = client
    asked
      ?.query({ text: 'select 1', query_timeout: ASK_EVERY_MS / 2 } as pg.QueryConfig)
      .catch(() => lost(asked))
  }, ASK_EVERY_MS)
  ask.unref()

  try {
    await listen()
  } catch (e) {
    clearInterval(ask)
    throw e
  }
  return {
    add: tell => {
      const watcher = { tell }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    close: async () => {
      closed = true
      clearInterval(ask)
      clearTimeout(retry)
      const open = client
      client = null
      await open?.end().catch(() => {})
    },
  }
}
