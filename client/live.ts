import type { Change } from '../server/contract/change.ts'

export type LiveState = 'connecting' | 'live' | 'away'

export interface Source {
  addEventListener(type: string, listener: (e: MessageEvent) => void): void
  close(): void
}

export interface LiveOptions {
  url: string
  onChange(change: Change): void
  /** The stream is open, for the first time or again: fetch what was missed. */
  onOpen(): void
  /** Some changes cannot be told one by one: fetch the whole. */
  onRefetch(): void
  onState(state: LiveState): void
  open?: (url: string) => Source
  wait?: (fn: () => void, ms: number) => unknown
}

const BACKOFF_MS = [500, 1000, 2000, 4000, 8000]

/**
 * Follows a stream of changes for as long as the page lives. An EventSource gives up for good on a non-200,
 * so it is made anew after every failure; whoever listens refetches on `onOpen`, so nothing is missed.
 */
export function followChanges(options: LiveOptions): () => void {
  const open = options.open ?? (url => new EventSource(url))
  const wait = options.wait ?? ((fn, ms) => setTimeout(fn, ms))
  let source: Source | null = null
  let [failures, ended] = [0, false]

  function start(): void {
    if (ended) return
    source = open(options.url)
    source.addEventListener('open', () => {
      failures = 0
      options.onState('live')
      options.onOpen()
    })
    source.addEventListener('error', () => {
      source?.close()
      source = null
      options.onState('away')
      wait(start, BACKOFF_MS[Math.min(failures++, BACKOFF_MS.length - 1)]!)
    })
    source.addEventListener('change', e => options.onChange(JSON.parse(e.data) as Change))
    source.addEventListener('refetch', () => options.onRefetch())
  }

  options.onState('connecting')
  start()
  return () => {
    ended = true
    source?.close()
  }
}
