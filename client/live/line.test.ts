import * as fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Source } from './follow.ts'
import { createLine } from './line.ts'
import type { FromLine, Port } from './line.ts'

type Fake = Source & { fire(type: string, seq?: number): void; url: string; closed: boolean }
let made: Fake[]
let nowMs: number
beforeEach(() => {
  made = []
  nowMs = 0
})

function direct(url: string): Source {
  const heard = new Map<string, (e: MessageEvent) => void>()
  const source: Fake = {
    url,
    closed: false,
    addEventListener: (type, fn) => void heard.set(type, fn),
    close: () => void (source.closed = true),
    fire: (type, seq) =>
      heard.get(type)?.({
        data: JSON.stringify({ seq }),
        lastEventId: seq ? `e-${seq}` : '',
      } as MessageEvent),
  }
  made.push(source)
  return source
}
const page = (): Port & { heard: string[] } => {
  const heard: string[] = []
  return {
    heard,
    tell: ({ type, data }: FromLine) => void heard.push(`${type}${data ? (JSON.parse(data).seq ?? '') : ''}`),
  }
}
const start = () => createLine(direct, () => nowMs)

describe('a line for all pages of a browser', () => {
  it('is one stream, told to all of them', () => {
    const line = start()
    const [a, b] = [page(), page()]
    line.join(a, { type: 'open', url: '/s?since=e-3', since: 'e-3' })
    line.join(b, { type: 'open', url: '/s?since=e-4', since: 'e-4' })
    made[0]!.fire('change', 4)
    made[0]!.fire('ready', 4)
    made[0]!.fire('change', 5)
    expect(made.map(({ url }) => url)).toEqual(['/s?since=e-3'])
    for (const { heard } of [a, b]) expect(heard).toEqual(['change4', 'ready4', 'change5'])
  })

  it('tells a page that comes later whether it has everything', () => {
    const line = start()
    line.join(page(), { type: 'open', url: '/s', since: 'e-3' })
    made[0]!.fire('ready', 7)
    const [level, ahead, behind, other, first] = ['e-7', 'e-9', 'e-6', 'f-7', null].map(since => {
      const one = page()
      line.join(one, { type: 'open', url: '/s', since })
      return one
    })
    expect([level, ahead, behind, other, first].map(one => one!.heard)).toEqual([
      ['ready7'],
      ['ready7'],
      ['refetch7'],
      ['refetch7'],
      ['refetch7'],
    ])
  })

  it('tells a page that comes later what holds at present', () => {
    const line = start()
    line.join(page(), { type: 'open', url: '/s', since: 'e-3' })
    made[0]!.fire('ready', 3)
    made[0]!.fire('presence')
    made[0]!.fire('writable')
    made[0]!.fire('presence')
    const late = page()
    line.join(late, { type: 'open', url: '/s', since: 'e-3' })
    expect(late.heard).toEqual(['ready3', 'presence', 'writable'])
  })

  it('has a page that stood further back than it began fetch anew when it is ready', () => {
    const line = start()
    const [a, b] = [page(), page()]
    line.join(a, { type: 'open', url: '/s', since: 'e-5' })
    line.join(b, { type: 'open', url: '/s', since: 'e-2' })
    made[0]!.fire('ready', 6)
    expect([a.heard, b.heard]).toEqual([['ready6'], ['refetch6']])
  })

  it('ends for all when it breaks, and the next that asks begins another', () => {
    const line = start()
    const [a, b] = [page(), page()]
    for (const one of [a, b]) line.join(one, { type: 'open', url: '/s', since: 'e-1' })
    made[0]!.fire('error')
    expect([a.heard, b.heard, made[0]!.closed]).toEqual([['error'], ['error'], true])
    line.join(b, { type: 'open', url: '/s', since: 'e-1' })
    made[1]!.fire('ready', 1)
    made[0]!.fire('change', 2)
    expect([a.heard, b.heard]).toEqual([['error'], ['error', 'ready1']])
  })

  it('closes with the last page, and one that was silent too long is made anew', () => {
    const line = start()
    const [a, b] = [page(), page()]
    line.join(a, { type: 'open', url: '/s', since: null })
    line.leave(a)
    expect(made[0]!.closed).toBe(true)
    line.join(a, { type: 'open', url: '/s', since: null })
    made[1]!.fire('ready', 1)
    nowMs = 12_001
    line.join(b, { type: 'open', url: '/s', since: 'e-1' })
    expect([made.length, made[1]!.closed, a.heard.at(-1)]).toEqual([3, true, 'error'])
  })

  it('leaves no page that thinks it is live without a change that happened', () => {
    const step = fc.record({
      page: fc.integer({ min: 0, max: 2 }),
      does: fc.constantFrom('open', 'leave', 'change', 'break'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), steps => {
        made = []
        const line = start()
        // As a page behaves: it takes what comes in order, and fetches the whole where it is told to.
        const pages = [0, 1, 2].map(() => ({ seq: 0, live: false, port: null as Port | null }))
        let head = 0
        let sentBy = 0
        const serve = (): void => {
          const source = made.at(-1)
          if (!source || source.closed) return
          if (sentBy < made.length) {
            const since = Number(/-(\d+)$/.exec(source.url)![1])
            for (let seq = since + 1; seq <= head; seq++) source.fire('change', seq)
            source.fire('ready', Math.max(head, 1))
            sentBy = made.length
          }
        }
        for (const { page: n, does } of steps) {
          const one = pages[n]!
          if (does === 'open' && !one.port) {
            const since = `e-${one.seq}`
            one.port = {
              tell: ({ type, data }) => {
                const seq = data ? Number(JSON.parse(data).seq) : 0
                if (type === 'change' && seq > one.seq) {
                  if (one.live) expect(seq).toBe(one.seq + 1)
                  one.seq = seq
                }
                if (type === 'ready') one.live = true
                if (type === 'refetch') [one.seq, one.live] = [head, true]
                if (type === 'error') [one.live, one.port] = [false, null]
              },
            }
            line.join(one.port, { type: 'open', url: `/s?since=${since}`, since })
          }
          if (does === 'leave' && one.port) {
            line.leave(one.port)
            ;[one.port, one.live] = [null, false]
          }
          if (does === 'change') {
            head++
            if (sentBy === made.length && made.length > 0 && !made.at(-1)!.closed)
              made.at(-1)!.fire('change', head)
          }
          if (does === 'break') made.at(-1)?.fire('error')
          else if (n > 0) serve()
          for (const { live, seq } of pages) if (live) expect(seq).toBe(head)
        }
      }),
      { numRuns: 500 },
    )
  })
})
