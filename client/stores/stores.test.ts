import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { markFresh } from './answer.ts'
import { useConnection } from './connection.ts'
import { useSelection } from './selection.ts'

beforeEach(() => setActivePinia(createPinia()))

describe('selection', () => {
  it('goes back one step at a time: tool, team, point, coverage', () => {
    const s = useSelection()
    Object.assign(s, { tool: 'road', team: 't', coverage: true })
    s.setPoint([1.23456789, 2])
    expect(s.at).toEqual([1.234568, 2])
    const seen = [1, 2, 3, 4].map(() => (s.back(), [s.tool, s.team, s.at !== null, s.coverage]))
    expect(seen).toEqual([
      ['point', 't', true, true],
      ['point', null, true, true],
      ['point', null, false, true],
      ['point', null, false, false],
    ])
  })
})

describe('connection', () => {
  it('says until when the data is known: the moment the line broke, not each retry', () => {
    const c = useConnection()
    c.set('live', new Date('2026-01-01T00:00:00Z'))
    c.set('away', new Date('2026-01-01T01:00:00Z'))
    c.set('away', new Date('2026-01-01T02:00:00Z'))
    expect(c.asOf).toBe('2026-01-01T01:00:00.000Z')
    expect(c.away).toBe(true)
  })
})

const place = (id: string) => ({ id, name: id, people: null, durationMs: null, reason: 'beyond' as const })

describe('markFresh', () => {
  it('marks what lay inside with every road open', () => {
    expect(markFresh([place('a'), place('b')], [place('a')]).map(p => p.fresh)).toEqual([false, true])
  })
  it('marks nothing while nothing is closed', () => {
    expect(markFresh([place('a')], null)[0]!.fresh).toBe(false)
  })
})
