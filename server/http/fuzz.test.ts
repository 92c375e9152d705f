import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { CLOSURE, INSIDE, testApp } from './app.fixture.ts'
import type { TestApp } from './app.fixture.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})

const polygon = { type: 'Polygon', coordinates: [[INSIDE, [1.6, 42.5], [1.6, 42.6], INSIDE]] }
const closures = [CLOSURE, { ...CLOSURE, geometry: polygon }]
const base = { county: 'vale', room: 'vale', closures }
const GOOD: [string, object][] = [
  [
    '/api/matrix',
    { ...base, profile: { base: 'heavy', weightT: 3 }, from: [INSIDE], to: [INSIDE], delaysMs: [0] },
  ],
  ['/api/route', { ...base, profile: 'foot', from: INSIDE, to: INSIDE }],
  ['/api/isochrones', { ...base, points: [{ at: INSIDE, delayMs: 3 }], minutes: [15, 30], direction: 'to' }],
  ['/api/dispatch', { ...base, at: INSIDE, count: 3 }],
  ['/api/nearest-road', { county: 'vale', at: INSIDE }],
  ['/api/counties/vale/closures', { key: 'k', id: 'a', feature: { ...CLOSURE, geometry: polygon } }],
]

const odd = fc.oneof(
  fc.constantFrom(null, true, '', 'x', '__proto__', 0, -1, 1e308, 91, 181, 0.5),
  fc.constantFrom([], {}, [[]], [[[]]], [null], INSIDE, [42.5, 1.5], { type: 'Point' }),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Puts something odd at a random place of a value, or takes the place away. */
function mutate(value: unknown, way: number[], put: unknown, remove: boolean): unknown {
  if (typeof value !== 'object' || value === null || way.length === 0) return put
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value }
  const keys = Object.keys(copy)
  const [step, ...rest] = way
  const key = keys[step! % (keys.length + 1)] ?? 'extra'
  const slot = copy as Record<string, unknown>
  if (remove && rest.length === 0) delete slot[key]
  else slot[key] = mutate(slot[key], rest, put, remove)
  return copy
}

const request = fc.record({
  which: fc.nat(GOOD.length - 1),
  way: fc.array(fc.nat(9), { maxLength: 7 }),
  put: odd,
  remove: fc.boolean(),
})

test('the requests that are mutated are good', async () => {
  for (const [path, body] of GOOD) expect((await app.send('POST', path, body)).ok).toBe(true)
})

test('whatever is sent, the answer is good or a coded refusal, never a crash', async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ which, way, put, remove }) => {
      const [path, good] = GOOD[which]!
      const answer = await app.send('POST', path, JSON.stringify(mutate(good, way, put, remove)))
      const said = await answer.json()
      if (answer.ok) return
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
      expect(said).toMatchObject({
        code: expect.stringMatching(/^[a-z_]+$/),
        message: expect.stringMatching(/ \/ /),
      })
      expect(said.message).not.toMatch(/undefined|\[object|NaN/)
    }),
    { numRuns: 1500 },
  )
})
