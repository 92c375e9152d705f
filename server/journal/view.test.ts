import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { AUDIENCES } from '../contract/change.ts'
import type { Audience, Change } from '../contract/change.ts'
import { ROLES } from '../contract/viewer.ts'
import { Fold, applyChanges, canonicalText, emptyWorld } from '../contract/world.ts'
import { foldRow } from './decide.ts'
import type { Published } from './decide.ts'
import { sealChange } from './hash.ts'
import { reaches, sees, sightKey, sightOf } from './sight.ts'
import type { Sight } from './sight.ts'
import { viewChange, viewWorld } from './view.ts'

const at = '2026-07-01T08:00:00.000Z'
/** A note for an audience, or the vehicle of a team. */
type Put = { id: string; audience: Audience; team: string | null }
type Step = { put: Put[]; drop: string[] }
const kindOf = (id: string): string => (id < 'c' ? 'note' : 'vehicles')

/** The journal that such steps make, as it is published. */
function publish(steps: Step[]): { published: Published[]; fold: Fold } {
  const fold = new Fold(emptyWorld('vale'))
  const published = steps.map(({ put, drop }, i) => {
    const seq = i + 1
    const entities = put.map(({ id, audience, team }) => {
      const whole = { id, kind: kindOf(id), rev: seq, audience, source: 's', asOf: null }
      return { ...whole, secret: audience, fields: { team }, of: `of-${team}` }
    })
    const gone = drop.filter(id => !put.some(p => p.id === id)).map(id => ({ kind: kindOf(id), id }))
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
    put: fc.uniqueArray(
      fc.record({
        id,
        audience: fc.constantFrom(...AUDIENCES),
        team: fc.constantFrom('t1', 't2', null),
      }),
      { selector: p => p.id },
    ),
    drop: fc.uniqueArray(id),
  }),
  { maxLength: 30 },
)

const SIGHTS: Sight[] = [
  ...AUDIENCES.map(audience => ({ audience, own: null })),
  ...['t1', 't2', 't3', undefined].map(team => sightOf({ role: 'field', team })),
]

test('for every viewer the changes it gets fold to the world it may see, and hold nothing else', () => {
  fc.assert(
    fc.property(steps, taken => {
      const { published, fold } = publish(taken)
      for (const sight of SIGHTS) {
        const { audience, own } = sight
        let last = 0
        const seen = published.flatMap(p => {
          const view = viewChange(p, sight)
          if (!view) return []
          const change = { ...view, after: last }
          last = view.seq
          return change
        })
        const folded = applyChanges(emptyWorld('vale'), seen)
        const allowed = viewWorld(fold.world, sight)
        expect(canonicalText({ ...folded, seq: 0, at: null })).toBe(
          canonicalText({ ...allowed, seq: 0, at: null }),
        )
        const hidden = audience === 'all' ? /"secret":"(desk|commander)"/ : /"secret":"commander"/
        const told = JSON.stringify(seen)
        if (audience !== 'commander') expect(told).not.toMatch(hidden)
        if (own) {
          const others = ['t1', 't2', 'null'].filter(team => team !== own.team).map(team => `of-${team}`)
          const vehicles = seen.flatMap(({ put }) => put).filter(({ kind }) => kind === 'vehicles')
          for (const one of others) expect(JSON.stringify(vehicles)).not.toContain(one)
        }
      }
    }),
    { numRuns: 500 },
  )
})

test('every role has an audience; only a field viewer sees its own alone', () => {
  for (const role of ROLES) {
    const sight = sightOf({ role, team: 't1' })
    expect(AUDIENCES).toContain(sight.audience)
    expect(sight.own).toEqual(role === 'field' ? { team: 't1', township: undefined } : null)
  }
  expect(sightOf({ role: 'wall' }).audience).toBe('all')
  expect(reaches('desk', 'commander')).toBe(false)
})

test('its own are the team or township itself and what names it; the same sight has the same key', () => {
  const row = (kind: string, rowId: string, fields: object = {}) => ({
    kind,
    id: rowId,
    audience: 'all' as const,
    fields,
  })
  const team = sightOf({ role: 'field', team: 't1' })
  expect(sees(team, row('teams', 't1'))).toBe(true)
  expect(sees(team, row('teams', 't2'))).toBe(false)
  expect(sees(team, row('shelters', 't1'))).toBe(false)
  expect(sees(team, row('vehicles', 'v', { team: 't1' }))).toBe(true)
  expect(sees(team, row('villages', 'v', { township: 't1' }))).toBe(false)
  expect(sees(team, row('closure', 'c'))).toBe(true)
  const town = sightOf({ role: 'field', township: 't1' })
  expect(sees(town, row('townships', 't1'))).toBe(true)
  expect(sees(town, row('villages', 'v', { township: 't1' }))).toBe(true)
  expect(sees(town, row('teams', 't1'))).toBe(false)
  expect(new Set(SIGHTS.map(sightKey)).size).toBe(SIGHTS.length)
})
