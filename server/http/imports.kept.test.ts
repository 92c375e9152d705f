import { expect, test } from 'vitest'
import { KeptPreviews } from './imports.kept.ts'

const BOUNDS = { ageMs: 1000, perActor: 2, all: 4, bytes: 100 }
let ms = 0
const previews = (more = {}) => new KeptPreviews(() => new Date(ms), { ...BOUNDS, ...more })
const of = (actor: string, size = 1) => ({
  room: 'vale',
  actor,
  command: new Uint8Array(size),
  persons: new Uint8Array(0),
})

test('a preview is its maker’s, in its room, for its time', () => {
  const kept = previews()
  const id = kept.keep(of('wang'))
  expect(kept.get(id, 'vale', 'wang')).toMatchObject({ actor: 'wang' })
  expect(kept.get(id, 'vale', 'li')).toBeNull()
  expect(kept.get(id, 'vale~drill', 'wang')).toBeNull()
  ms += 1001
  expect(kept.get(id, 'vale', 'wang')).toBeNull()
})

test('of one account the oldest goes; nobody’s previews push another’s out before all are too many', () => {
  const kept = previews()
  const lis = kept.keep(of('li'))
  const wangs = [1, 2, 3, 4, 5].map(() => kept.keep(of('wang')))
  const there = wangs.map(id => kept.get(id, 'vale', 'wang') !== null)
  expect(there).toEqual([false, false, false, true, true])
  expect(kept.get(lis, 'vale', 'li')).not.toBeNull()
  kept.keep(of('zhao'))
  kept.keep(of('qian'))
  expect(kept.get(lis, 'vale', 'li')).toBeNull()
})

test('they take so much memory together; the newest stays, however large', () => {
  const kept = previews()
  const old = kept.keep(of('li', 60))
  const big = kept.keep(of('wang', 60))
  expect([kept.get(old, 'vale', 'li'), kept.get(big, 'vale', 'wang')]).toEqual([null, expect.anything()])
  const huge = kept.keep(of('zhao', 500))
  expect(kept.get(huge, 'vale', 'zhao')).not.toBeNull()
})
