import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Change } from '../../server/contract/change.ts'
import { useSituation } from './situation.ts'

const feature = { type: 'Feature', geometry: null, properties: { kind: 'flood', way: 7 } } as const
const listed = (id: string) => ({
  ...feature,
  id,
  properties: { ...feature.properties, closedAt: '2026-01-01T00:00:00Z', closedBy: 'guest' },
})
const change = (seq: number, put: string[], drop: string[] = []) =>
  ({
    seq,
    put: put.map(id => ({
      id,
      kind: 'closure',
      feature,
      closedAt: '2026-01-01T00:00:00Z',
      closedBy: 'guest',
    })),
    drop: drop.map(id => ({ kind: 'closure', id })),
  }) as unknown as Change

describe('situation', () => {
  beforeEach(() => setActivePinia(createPinia()))

  it('folds changes in order and asks for the list when one is missing', () => {
    const s = useSituation()
    expect(s.apply(change(4, ['a']))).toBe(false)
    s.replace({ seq: 4, features: [listed('a')] })
    expect(s.apply(change(5, ['b']))).toBe(true)
    expect(s.apply(change(5, ['b']))).toBe(true)
    expect(s.apply(change(7, ['d']))).toBe(false)
    expect(s.inForce.map(c => c.id)).toEqual(['a', 'b'])
    expect(s.apply(change(6, [], ['a']))).toBe(true)
    expect(s.inForce.map(c => c.id)).toEqual(['b'])
  })

  it('keeps a closing pending until its own change comes back', () => {
    const s = useSituation()
    s.replace({ seq: 1, features: [] })
    s.expect({ id: 'a', verb: 'close', feature })
    expect(s.inForce).toHaveLength(0)
    expect(s.pendingIds.has('a')).toBe(true)
    s.apply(change(2, ['a']))
    expect(s.pending).toHaveLength(0)
    s.expect({ id: 'a', verb: 'open', feature: null })
    s.replace({ seq: 3, features: [] })
    expect(s.pending).toHaveLength(0)
  })

  it('never goes back to an older list, but starts afresh after a break', () => {
    const s = useSituation()
    s.replace({ seq: 9, features: [listed('a')] })
    s.replace({ seq: 8, features: [] })
    expect(s.inForce).toHaveLength(1)
    s.forget()
    s.replace({ seq: 2, features: [] })
    expect(s.inForce).toHaveLength(0)
  })

  it('holds what-ifs of this browser apart', () => {
    const s = useSituation()
    s.replace({ seq: 1, features: [listed('a')] })
    s.closeHere({ id: 'x', feature, closedAt: '2026-01-01T00:00:00Z', closedBy: '', local: true })
    s.replace({ seq: 2, features: [listed('a')] })
    expect(s.all.map(c => [c.id, c.local])).toEqual([
      ['a', false],
      ['x', true],
    ])
    s.openHere('x')
    expect(s.all).toHaveLength(1)
  })
})
