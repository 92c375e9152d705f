import { expect, test } from 'vitest'
import type { Entity } from '../contract/change.ts'
import { COMMANDS } from '../contract/commands.ts'
import { EntityMap } from '../contract/entity-map.ts'
import { emptyWorld } from '../contract/world.ts'
import type { World } from '../contract/world.ts'
import { VERBS } from './index.ts'

const now = '2026-07-01T08:00:00.000Z'
const clock = '2026-01-01T00:00:00.000Z'
const env = { now, clock, actor: 'guest', key: 'k' }
const feature = {
  type: 'Feature' as const,
  geometry: { type: 'Point' as const, coordinates: [1.5, 42.5] },
  properties: { kind: 'flood' as const },
}

function worldWith(id: string): World {
  const entity = { id, kind: 'closure', rev: 1 } as Entity
  return { ...emptyWorld('vale'), seq: 1, kinds: new Map([['closure', new EntityMap([entity])]]) }
}

test('every command has a verb', () => {
  expect(Object.keys(VERBS).sort()).toEqual(Object.keys(COMMANDS).sort())
})

test('close puts one whole closure, timed by the room’s clock', () => {
  const draft = VERBS.close(emptyWorld('vale'), { id: 'a', feature }, env)
  expect(draft.drop).toEqual([])
  expect(draft.put).toEqual([
    {
      id: 'a',
      kind: 'closure',
      audience: 'all',
      source: 'guest',
      asOf: now,
      feature,
      closedAt: clock,
      closedBy: 'guest',
    },
  ])
})

test('an id that is taken is refused', () => {
  expect(() => VERBS.close(worldWith('a'), { id: 'a', feature }, env)).toThrow(
    expect.objectContaining({ code: 'closure_exists', status: 409, at: 'id' }),
  )
})

test('open drops it, and only if it is there', () => {
  expect(VERBS.open(worldWith('a'), { id: 'a' }, env)).toEqual({
    put: [],
    drop: [{ kind: 'closure', id: 'a' }],
    note: null,
  })
  expect(() => VERBS.open(worldWith('a'), { id: 'b' }, env)).toThrow(
    expect.objectContaining({ code: 'closure_unknown', status: 404 }),
  )
})

test('openAll drops every one in one change, and is refused where there is none', () => {
  expect(VERBS.openAll(worldWith('a'), {}, env)).toEqual({
    put: [],
    drop: [{ kind: 'closure', id: 'a' }],
    note: null,
  })
  expect(() => VERBS.openAll(emptyWorld('vale'), {}, env)).toThrow(
    expect.objectContaining({ code: 'nothing_closed', status: 409 }),
  )
})
