import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followRoom } from './follow.ts'
import type { LiveOptions, Source } from './follow.ts'

type Fake = Source & { fire(type: string, data?: unknown): void; url: string; closed: boolean }
let made: Fake[]
let end: () => void = () => {}
beforeEach(() => {
  vi.useFakeTimers()
  made = []
})
afterEach(() => {
  end()
  vi.useRealTimers()
})

function open(url: () => string): Source {
  const heard = new Map<string, (e: MessageEvent) => void>()
  const source: Fake = {
    url: url(),
    closed: false,
    addEventListener: (type, fn) => void heard.set(type, fn),
    close: () => void (source.closed = true),
    fire: (type, data) => heard.get(type)?.({ data: JSON.stringify(data) } as MessageEvent),
  }
  made.push(source)
  return source
}
function follow(more: Partial<LiveOptions> = {}) {
  const heard = { states: [] as string[], changes: [] as number[][], troubles: [] as unknown[] }
  end = followRoom({
    url: () => `/stream?n=${made.length}`,
    open,
    onChanges: changes => !!heard.changes.push(changes.map(c => c.seq)),
    fetchWorld: async () => ({ seq: 99 }),
    onTrouble: e => heard.troubles.push(e),
    onState: s => heard.states.push(s),
    ...more,
  })
  return heard
}

describe('following a room', () => {
  it('says that it is live again, though the line broke and came back while the whole was fetched', async () => {
    let take: (world: { seq: number }) => void = () => {}
    const heard = follow({
      onChanges: () => false,
      fetchWorld: () => new Promise(resolve => (take = resolve)),
    })
    made[0]!.fire('ready', { seq: 1 })
    made[0]!.fire('change', { seq: 2 })
    await vi.advanceTimersByTimeAsync(16)
    made[0]!.fire('error')
    vi.advanceTimersByTime(500)
    made[1]!.fire('ready', { seq: 2 })
    expect(heard.states.at(-1)).toBe('away')
    take({ seq: 2 })
    await vi.advanceTimersByTimeAsync(0)
    expect(heard.states.at(-1)).toBe('live')
  })

  it('makes a new source after every failure, waiting longer each time, and starts afresh once it hears', () => {
    const heard = follow()
    made[0]!.fire('error')
    expect(made[0]!.closed).toBe(true)
    vi.advanceTimersByTime(500)
    made[1]!.fire('error')
    vi.advanceTimersByTime(999)
    expect(made).toHaveLength(2)
    vi.advanceTimersByTime(1)
    made[2]!.fire('ready', { seq: 0 })
    made[2]!.fire('error')
    vi.advanceTimersByTime(500)
    expect(made.map(m => m.url)).toEqual(['/stream?n=0', '/stream?n=1', '/stream?n=2', '/stream?n=3'])
    expect(heard.states).toEqual(['connecting', 'away', 'away', 'live', 'away'])
  })

  it('folds a burst together, and all of it before it says that it is live', () => {
    const heard = follow()
    for (const seq of [1, 2, 3]) made[0]!.fire('change', { seq })
    expect(heard.changes).toEqual([])
    made[0]!.fire('ready', { seq: 3 })
    expect(heard.changes).toEqual([[1, 2, 3]])
    expect(heard.states).toEqual(['connecting', 'live'])
    made[0]!.fire('change', { seq: 4 })
    vi.advanceTimersByTime(16)
    expect(heard.changes).toEqual([[1, 2, 3], [4]])
  })

  it('fetches the whole when a change is missing, until it holds everything it has heard of', async () => {
    const seqs = [4, 7]
    const fetchWorld = vi.fn<() => Promise<{ seq: number }>>(async () => ({ seq: seqs.shift()! }))
    const heard = follow({ onChanges: () => false, fetchWorld })
    made[0]!.fire('change', { seq: 7 })
    await vi.advanceTimersByTimeAsync(16)
    expect(fetchWorld).toHaveBeenCalledTimes(2)
    expect(heard.states).toEqual(['connecting', 'live'])
  })

  it('fetches the whole when told to, and tries again when it cannot', async () => {
    let answers = 0
    const fetchWorld = async () => {
      if (answers++ === 0) throw new Error('gone')
      return { seq: 5 }
    }
    const heard = follow({ fetchWorld })
    made[0]!.fire('refetch', { seq: 5 })
    await vi.advanceTimersByTimeAsync(10)
    expect(heard).toMatchObject({ states: ['connecting'], troubles: [new Error('gone')] })
    await vi.advanceTimersByTimeAsync(2000)
    expect(heard.states).toEqual(['connecting', 'live'])
  })

  it('takes a line that fell silent for dead', () => {
    const heard = follow()
    made[0]!.fire('ready', { seq: 0 })
    for (let i = 0; i < 6; i++) {
      vi.advanceTimersByTime(10_000)
      made[0]!.fire('beat', {})
    }
    expect(heard.states).toEqual(['connecting', 'live'])
    vi.advanceTimersByTime(30_000)
    expect(made[0]!.closed).toBe(true)
    expect(heard.states).toContain('away')
  })

  it('stops when it is ended', () => {
    const heard = follow()
    end()
    expect(made[0]!.closed).toBe(true)
    vi.advanceTimersByTime(60_000)
    expect(made).toHaveLength(1)
    expect(heard.states).toEqual(['connecting'])
  })
})
