import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyChanges, canonicalText, emptyWorld, unflatten } from '../contract/world.ts'
import type { World } from '../contract/world.ts'
import type { Viewer } from '../contract/viewer.ts'
import { sightOf } from '../journal/sight.ts'
import { viewWorld } from '../journal/view.ts'
import { readChange } from '../journal/hash.ts'
import { createMemoryStore } from '../db/memory.ts'
import { testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

const ROOM = '/api/rooms/vale'
const as = (role: Viewer['role']): Viewer => ({ id: role, name: role, role })
const feature = {
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [1.5, 42.5] },
  properties: { kind: 'flood' },
}
const source = { name: '台账', asOf: null }

/** Registers for all and for desks alone: `liaisonOfficers` holds persons. */
const register = fc.constantFrom('teams', 'stores', 'liaisonOfficers')
const id = fc.constantFrom('a', 'b', 'c')
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      register,
      id,
      people: fc.nat(99),
      stale: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), register, id }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('close' as const, 'open' as const), id }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const FIELDS: Record<string, (people: number) => object> = {
  teams: people => ({ kind: 'fire', people }),
  stores: () => ({}),
  liaisonOfficers: people => ({ township: 't', from: `单位 ${people}` }),
}
const township = { register: 'townships', id: 't', name: '镇', at: null, source, fields: { kind: 'town' } }

async function send(app: TestApp, s: Step, i: number): Promise<void> {
  const world = unflatten(await (await app.get(`${ROOM}/world`)).json())
  const held = 'register' in s ? world.kinds.get(s.register)?.get(s.id) : undefined
  const command = (name: string, input: unknown) =>
    app.send('POST', `${ROOM}/commands`, { key: `k${i}`, name, input })
  if (s.do === 'close') await command('close', { id: s.id, feature })
  else if (s.do === 'open') await command('open', { id: s.id })
  else if (s.do === 'remove')
    await command('removeRecord', { register: s.register, id: s.id, ifRev: held?.rev ?? 1 })
  else if (s.do === 'save') {
    const fields = FIELDS[s.register]!(s.people)
    const at = s.register === 'liaisonOfficers' ? null : [1.4 + s.people / 1000, 42.5]
    const record = { register: s.register, id: s.id, name: s.id, at, source, fields }
    await command('saveRecord', { record, ifRev: s.stale ? 1 : (held?.rev ?? null) })
  }
}

test('whatever is sent: the world over HTTP = the live one = the fold of the journal; each role sees its part of it', async () => {
  let hidden = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async steps => {
      const store = createMemoryStore('e1')
      const duty = await testApp({ store, viewer: as('duty') })
      const first = { key: 't', name: 'saveRecord', input: { record: township, ifRev: null } }
      expect((await duty.send('POST', `${ROOM}/commands`, first)).status).toBe(200)
      for (const [i, s] of steps.entries()) await send(duty, s, i)

      const changes = (await store.read('vale', 0)).map(readChange)
      const folded = applyChanges(emptyWorld('vale'), changes)
      const over = async (app: TestApp, query = ''): Promise<World> =>
        unflatten(await (await app.get(`${ROOM}/world${query}`)).json())
      expect(canonicalText(await over(duty))).toBe(canonicalText(folded))
      hidden += folded.kinds.get('liaisonOfficers')?.size ?? 0
      for (const role of ['wall', 'field', 'reader', 'commander'] as const) {
        const own = await testApp({ store, viewer: as(role) })
        const seen = canonicalText(await over(own))
        expect(seen).toBe(canonicalText(viewWorld(folded, sightOf({ role }))))
        if (role !== 'commander') expect(seen).not.toContain('liaisonOfficers')
        const { changes: told } = await (await own.get(`${ROOM}/changes?limit=1000`)).json()
        if (role !== 'commander') expect(JSON.stringify(told)).not.toContain('liaisonOfficers')
      }
      const half = Math.floor(changes.length / 2)
      expect(canonicalText(await over(duty, `?at=${half}`))).toBe(
        canonicalText(applyChanges(emptyWorld('vale'), changes.slice(0, half))),
      )
    }),
    { numRuns: 40 },
  )
  // Not one of the roles' tests may have had nothing to hide.
  expect(hidden).toBeGreaterThan(10)
}, 60_000)
