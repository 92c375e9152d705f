import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { AUDIENCES } from '../contract/change.ts'
import type { Audience, Change } from '../contract/change.ts'
import { ROLES } from '../contract/viewer.ts'
import { Fold, applyChanges, canonicalText, emptyWorld } from '../contract/world.ts'
import { foldRow } from './decide.ts'
import type { Published } from './decide.ts'
import { sealChange } from './hash.ts'
import { audienceOf, viewChange, viewWorld } from './view.ts'

const at = '2026-07-01T08:00:00.000Z'
type Step = { put: { id: string; audience: Audience }[]; drop: string[] }

/** The journal that such steps make, as it is published. */
function publish(steps: Step[]): { published: Published[]; fold: Fold } {
  const fold = new Fold(emptyWorld('vale'))
  const published = steps.map(({ put, drop }, i) => {
    const seq = i + 1
    const entities = put.map(({ id, audience }) => {
      return { id, kind: 'note', rev: seq, audience, source: 's', asOf: null, secret: audience }
    })
    const gone = drop.filter(id => !put.some(p => p.id === id)).map(id => ({ kind: 'note', id }))
    const change: Omit<Change, 'hash'> = {
      v: 1,
      room: 'vale',
      seq,
      at,
      clock: at,
      actor: 'x',
      verb: 'v',
      key: String(seq),
      note: null,
      put: entities,
      drop: gone,
      prev: '',
    }
    return foldRow(sealChange(change), fold)
  })
  return { published, fold }
}

const id = fc.constantFrom('a', 'b', 'c', 'd')
const steps = fc.array(
  fc.record({
    put: fc.uniqueArray(fc.record({ id, audience: fc.constantFrom(...AUDIENCES) }), { selector: p => p.id }),
    drop: fc.uniqueArray(id),
  }),
  { maxLength: 30 },
)

test('for every audience the changes it gets fold to the world it may see, and hold nothing else', () => {
  fc.assert(
    fc.property(steps, taken => {
      const { published, fold } = publish(taken)
      for (const audience of AUDIENCES) {
        let last = 0
        const seen = published.flatMap(p => {
          const view = viewChange(p, audience)
          if (!view) return []
          const change = { ...view, after: last }
          last = view.seq
          return change
        })
        const folded = applyChanges(emptyWorld('vale'), seen)
        const allowed = viewWorld(fold.world, audience)
        expect(canonicalText({ ...folded, seq: 0, at: null })).toBe(
          canonicalText({ ...allowed, seq: 0, at: null }),
        )
        const hidden = audience === 'all' ? /"secret":"(desk|commander)"/ : /"secret":"commander"/
        if (audience !== 'commander') expect(JSON.stringify(seen)).not.toMatch(hidden)
      }
    }),
    { numRuns: 500 },
  )
})

test('every role has an audience', () => {
  for (const role of ROLES) expect(AUDIENCES).toContain(audienceOf(role))
  expect(audienceOf('wall')).toBe('all')
})
