import type { Text } from '../contract/errors.ts'
import type { NotWritable, Writable } from '../contract/writable.ts'
import type { Store } from './store.ts'

/** While nothing can be written: how often that is tried again, in milliseconds. */
const AGAIN_MS = 3000

/** By what SQLite and PostgreSQL say: the disk is full, is read-only, fails; the database cannot be reached. */
const REASONS: [RegExp, Text][] = [
  [/^(SQLITE_FULL|53100|ENOSPC)/, { zh: '磁盘已满', en: 'the disk is full' }],
  [/^(SQLITE_READONLY|25006|EROFS)/, { zh: '数据库只读', en: 'the database is read-only' }],
  [/^SQLITE_(IOERR|CANTOPEN|CORRUPT|NOTADB)/, { zh: '磁盘读写出错', en: 'the disk fails' }],
  [/^SQLITE_BUSY/, { zh: '数据库一直被占用', en: 'the database stays locked' }],
  [
    /^(ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|57P|08|database_unreachable)/,
    { zh: '连不上数据库', en: 'the database cannot be reached' },
  ],
]
/** After these a probe need not be asked: a small write may pass where a large one did not. */
const SURE = 3

/**
 * The store, which knows whether it can be written to: a failed append marks it, any that is done and a probe,
 * sent only while it is marked, clear it again.
 */
export function knowingWritable(store: Store, now: () => Date, againMs = AGAIN_MS): Store & Writable {
  let held: NotWritable | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const watchers = new Set<{ tell: (now: NotWritable | null) => void }>()
  const set = (next: NotWritable | null): void => {
    held = next
    for (const { tell } of watchers) {
      try {
        tell(next)
      } catch (e) {
        console.error(e)
      }
    }
  }
  const clear = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (held) set(null)
  }
  const mark = (e: unknown): void => {
    if (closed) return
    const reason = reasonOf(e)
    if (held?.reason.en !== reason.en) set({ since: held?.since ?? now().toISOString(), reason })
    timer ??= setTimeout(() => {
      timer = undefined
      store.probe().then(clear, mark)
    }, againMs).unref()
  }
  return {
    ...store,
    append: async rows => {
      try {
        const answer = await store.append(rows)
        if (answer === 'ok' && rows.length > 0) clear()
        return answer
      } catch (e) {
        // A row that no store keeps says nothing of this one.
        if (!(e instanceof RangeError)) {
          if (isSure(e)) mark(e)
          else await store.probe().catch(mark)
        }
        throw e
      }
    },
    probe: () => store.probe().then(clear, mark),
    notWritable: () => held,
    watchWritable: tell => {
      const watcher = { tell }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      return store.close()
    },
  }
}

const codeOf = (e: unknown): string => String((e as { code?: unknown }).code ?? '')

const isSure = (e: unknown): boolean => REASONS.slice(0, SURE).some(([code]) => code.test(codeOf(e)))

function reasonOf(e: unknown): Text {
  const known = REASONS.find(([code]) => code.test(codeOf(e)))
  if (known) return known[1]
  const said = (e as Error).message
  return { zh: said, en: said }
}
