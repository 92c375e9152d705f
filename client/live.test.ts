import { describe, expect, it, vi } from 'vitest'
import { followChanges, type Source } from './live.ts'

function fakeSources() {
  const made: (Source & { fire(type: string, data?: unknown): void; closed: boolean })[] = []
  const open = () => {
    const heard = new Map<string, (e: MessageEvent) => void>()
    const source = {
      closed: false,
      addEventListener: (type: string, fn: (e: MessageEvent) => void) => void heard.set(type, fn),
      close: () => void (source.closed = true),
      fire: (type: string, data?: unknown) =>
        heard.get(type)?.({ data: JSON.stringify(data) } as MessageEvent),
    }
    made.push(source)
    return source
  }
  return { made, open }
}

describe('followChanges', () => {
  it('makes a new source after every failure, waiting longer each time, and starts afresh once open', () => {
    const { made, open } = fakeSources()
    const waits: number[] = []
    const states: string[] = []
    const onOpen = vi.fn<() => void>()
    followChanges({
      url: '/stream',
      open,
      wait: (fn, ms) => (waits.push(ms), fn()),
      onChange: () => {},
      onRefetch: () => {},
      onOpen,
      onState: s => states.push(s),
    })
    made[0]!.fire('error')
    made[1]!.fire('error')
    expect(made[0]!.closed).toBe(true)
    made[2]!.fire('open')
    made[2]!.fire('error')
    expect(waits).toEqual([500, 1000, 500])
    expect(states).toEqual(['connecting', 'away', 'away', 'live', 'away'])
    expect(onOpen).toHaveBeenCalledTimes(1)
  })

  it('hands changes over and stops when it is ended', () => {
    const { made, open } = fakeSources()
    const changes: unknown[] = []
    const wait = vi.fn<(fn: () => void, ms: number) => void>()
    const quiet = { onRefetch: () => {}, onOpen: () => {}, onState: () => {} }
    const end = followChanges({ url: '/s', open, wait, onChange: c => changes.push(c), ...quiet })
    made[0]!.fire('change', { seq: 3 })
    expect(changes).toEqual([{ seq: 3 }])
    end()
    expect(made[0]!.closed).toBe(true)
  })
})
