import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Entity, ViewedChange } from '../../server/contract/change.ts'
import { useSituation } from './situation.ts'
import { useWorld } from './world.ts'

const feature = { type: 'Feature', geometry: null, properties: { kind: 'flood', way: 7 } } as const
const at = '2026-01-01T00:00:00Z'
const closure = (id: string, rev = 1) =>
  ({ id, kind: 'closure', rev, feature, closedAt: at, closedBy: 'guest' }) as unknown as Entity
const change = (seq: number, put: string[], drop: string[] = [], after = seq - 1) =>
  ({
    seq,
    after,
    at,
    put: put.map(id => closure(id, seq)),
    drop: drop.map(id => ({ kind: 'closure', id })),
  }) as unknown as ViewedChange
const whole = (seq: number, ids: string[], epoch = 'e1') =>
  useWorld().replace({ room: 'vale', seq, at, epoch, entities: ids.map(id => closure(id)) })
const shut = () => useSituation().inForce.map(c => c.id)

beforeEach(() => setActivePinia(createPinia()))

describe('the world of a screen', () => {
  it('folds changes in order and says when one is missing', () => {
    const world = useWorld()
    expect(world.apply([change(4, ['a'])])).toBe(false)
    whole(4, ['a'])
    expect(world.apply([change(4, ['x']), change(5, ['b'])])).toBe(true)
    expect(world.apply([change(7, ['d'])])).toBe(false)
    expect(shut()).toEqual(['a', 'b'])
    expect(world.apply([change(6, [], ['a'])])).toBe(true)
    expect(shut()).toEqual(['b'])
    // What it may not see leaves no gap.
    expect(world.apply([change(9, ['c'], [], 6)])).toBe(true)
    expect(world.lastEventId).toBe('e1-9')
  })

  it('never goes back to an older whole, but starts afresh in another epoch', () => {
    whole(9, ['a'])
    whole(8, [])
    expect(shut()).toEqual(['a'])
    whole(2, [], 'e2')
    expect(shut()).toEqual([])
    expect(useWorld().lastEventId).toBe('e2-2')
  })
})

describe('situation', () => {
  it('keeps a closing pending until its own change comes back', () => {
    const s = useSituation()
    whole(1, [])
    s.expect({ id: 'a', verb: 'close', feature })
    expect(s.inForce).toHaveLength(0)
    expect(s.pendingIds.has('a')).toBe(true)
    useWorld().apply([change(2, ['a'])])
    expect(s.pending).toHaveLength(0)
    s.expect({ id: 'a', verb: 'open', feature: null })
    expect(s.pendingIds.has('a')).toBe(true)
    whole(3, [])
    expect(s.pending).toHaveLength(0)
  })

  it('leaves the closures alone when something else changes', () => {
    const s = useSituation()
    whole(1, ['a'])
    const before = s.all
    useWorld().apply([{ ...change(2, []), put: [{ ...closure('m'), kind: 'mines' }] }])
    expect(s.all).toBe(before)
  })

  it('holds what-ifs of this browser apart', () => {
    const s = useSituation()
    whole(1, ['a'])
    s.closeHere({ id: 'x', feature, closedAt: at, closedBy: '', local: true })
    whole(2, ['a'])
    expect(s.all.map(c => [c.id, c.local])).toEqual([
      ['a', false],
      ['x', true],
    ])
    s.openHere('x')
    expect(s.all).toHaveLength(1)
  })
})
