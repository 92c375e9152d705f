import type { Source } from './follow.ts'

/** What a page asks of the line that its browser's pages share. */
export type ToLine = { type: 'open'; url: string; since: string | null } | { type: 'close' }
/** What comes over it. */
export interface FromLine {
  type: (typeof EVENTS)[number] | 'error'
  data?: string
}
export const EVENTS = ['ready', 'change', 'refetch', 'beat', 'presence', 'writable'] as const

export interface Port {
  tell(message: FromLine): void
}

/** The server is heard from every ten seconds: one that has been silent for longer may be dead. */
const DOUBTED_MS = 12_000

interface Open {
  source: Source
  /** From where this connection was asked to go on, and up to where it has told. */
  since: string | null
  told: string | null
  /** What holds until the next of its kind: told to whoever comes later. */
  standing: Map<'presence' | 'writable', string>
  heardMs: number
}

/**
 * One stream for all pages of a browser that follow the same room: a browser opens six connections to a server, and
 * the seventh page would wait for ever. Whoever comes later is told whether it has everything up to here.
 */
export function createLine(direct: (url: string) => Source, nowMs = () => Date.now()) {
  /** Who listens, and the change that it stood at when it came. */
  const ports = new Map<Port, string | null>()
  let open: Open | null = null

  const greet = (port: Port, { told, standing }: Open): void => {
    if (told === null) return
    const complete = holds(ports.get(port)!, told)
    port.tell({ type: complete ? 'ready' : 'refetch', data: JSON.stringify({ seq: seqOf(told) }) })
    for (const [type, data] of standing) port.tell({ type, data })
  }

  function connect(url: string, since: string | null): void {
    const source = direct(url)
    const mine: Open = { source, since, told: null, standing: new Map(), heardMs: nowMs() }
    open = mine
    for (const type of EVENTS) {
      source.addEventListener(type, event => {
        if (open !== mine) return
        mine.heardMs = nowMs()
        if (event.lastEventId) mine.told = event.lastEventId
        if (type === 'presence' || type === 'writable') mine.standing.set(type, event.data as string)
        for (const [port, at] of ports) {
          // What one page had before it asked, another may be missing.
          if (type === 'ready' && !holds(at, mine.since)) greet(port, mine)
          else port.tell({ type, data: event.data as string })
        }
      })
    }
    source.addEventListener('error', () => open === mine && end('error'))
  }

  function end(why?: 'error'): void {
    open?.source.close()
    open = null
    if (why === undefined) return
    const told = [...ports.keys()]
    ports.clear()
    for (const port of told) port.tell({ type: why })
  }

  return {
    join(port: Port, { url, since }: Extract<ToLine, { type: 'open' }>): void {
      if (open && nowMs() - open.heardMs > DOUBTED_MS) end('error')
      ports.set(port, since)
      if (open) greet(port, open)
      else connect(url, since)
    },
    leave(port: Port): void {
      ports.delete(port)
      if (ports.size === 0) end()
    },
  }
}

const seqOf = (id: string): number => Number(id.slice(id.lastIndexOf('-') + 1))
const epochOf = (id: string): string => id.slice(0, id.lastIndexOf('-'))

/** Does one that stands at `at` have everything up to `needed`? */
function holds(at: string | null, needed: string | null): boolean {
  if (at === null || needed === null) return at === needed
  return epochOf(at) === epochOf(needed) && seqOf(at) >= seqOf(needed)
}
