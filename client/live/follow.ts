import type { ViewedChange } from '../../server/contract/change.ts'
import type { Present } from '../../server/contract/presence.ts'
import type { NotWritable } from '../../server/contract/writable.ts'

export type LiveState = 'connecting' | 'live' | 'away'

export interface Source {
  addEventListener(type: string, listener: (e: MessageEvent) => void): void
  close(): void
}

export interface LiveOptions {
  /** Asked anew for each connection: it names where to go on from. */
  url(): string
  /** Changes in order, those of one moment together. @returns false when some are missing before them */
  onChanges(changes: ViewedChange[]): boolean
  /** Fetches the whole; resolves when it is taken in. */
  fetchWorld(): Promise<{ seq: number }>
  /** What kept the whole from being fetched. */
  onTrouble(error: unknown): void
  onState(state: LiveState): void
  /** Given how to name where to go on from at the moment it connects. */
  open?: (url: () => string) => Source
  /** Who is there, where the server tells. */
  onPresence?(present: Present[]): void
  /** Why commands are refused for the time being; null = they are taken. */
  onWritable?(held: NotWritable | null): void
  wait?: (fn: () => void, ms: number) => unknown
}

const BACKOFF_MS = [500, 1000, 2000, 4000, 8000]
/** A burst is folded together this often. */
const FOLD_MS = 16
/** The server is heard from every ten seconds: a line silent for longer is dead, though nobody said so. */
const SILENT_MS = 25_000

/**
 * Follows a room for as long as the page lives. An EventSource gives up for good on a non-200 and does not notice
 * a line that died silently, so it is made anew after every failure and every long silence; each goes on from the
 * last change folded in. `live` is said only when nothing is missing any more.
 */
export function followRoom(options: LiveOptions): () => void {
  const open = options.open ?? (url => new EventSource(url()))
  const wait = options.wait ?? ((fn, ms) => setTimeout(fn, ms))
  let source: Source | null = null
  let [failures, ended, heardAt, connection] = [0, false, 0, 0]
  /** The newest change that the server spoke of. */
  let newest = 0
  let gathered: ViewedChange[] = []
  let fetching = false
  /** The connection that has said where the room stands. */
  let told = 0

  async function refetch(): Promise<void> {
    if (fetching || ended) return
    fetching = true
    const mine = connection
    try {
      // What was heard of meanwhile may be newer than what came.
      for (let seq = -1; seq < newest;) seq = (await options.fetchWorld()).seq
      fetching = false
      if ((mine === connection || told === connection) && source) options.onState('live')
    } catch (error) {
      fetching = false
      options.onTrouble(error)
      wait(() => source && void refetch(), BACKOFF_MS[2]!)
    }
  }

  function fold(): void {
    const changes = gathered
    gathered = []
    if (changes.length > 0 && !fetching && !options.onChanges(changes)) void refetch()
  }

  function start(): void {
    if (ended) return
    const mine = ++connection
    const made = open(options.url)
    source = made
    heardAt = Date.now()
    const on = (type: string, hear: (data: { seq: number }) => void) =>
      made.addEventListener(type, e => {
        if (mine !== connection) return
        heardAt = Date.now()
        failures = 0
        hear(JSON.parse(e.data as string) as { seq: number })
      })
    // Where it is not so, that is said right after.
    const taken = () => options.onWritable?.(null)
    on('ready', ({ seq }) => {
      told = mine
      newest = Math.max(newest, seq)
      fold()
      taken()
      if (!fetching) options.onState('live')
    })
    on('change', change => {
      newest = Math.max(newest, change.seq)
      if (gathered.push(change as ViewedChange) === 1) wait(fold, FOLD_MS)
    })
    on('refetch', ({ seq }) => {
      told = mine
      taken()
      // Another epoch may have started again from a small number.
      newest = seq
      void refetch()
    })
    on('beat', () => {})
    on('presence', present => options.onPresence?.(present as unknown as Present[]))
    on('writable', held => options.onWritable?.(held as unknown as NotWritable | null))
    made.addEventListener('error', () => mine === connection && lost())
  }

  function lost(): void {
    connection++
    source?.close()
    source = null
    fold()
    options.onState('away')
    wait(start, BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)]!)
  }

  const watchdog = setInterval(() => {
    if (source && Date.now() - heardAt > SILENT_MS) lost()
  }, 5000)
  options.onState('connecting')
  start()
  return () => {
    ended = true
    clearInterval(watchdog)
    source?.close()
  }
}
