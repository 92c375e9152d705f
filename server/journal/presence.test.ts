import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Present } from '../contract/presence.ts'
import { createPresence } from './presence.ts'

/** Presence whose second passes when the test says so. */
function setup() {
  const due: (() => void)[] = []
  const presence = createPresence(((fn: () => void) => due.push(fn)) as unknown as typeof setTimeout)
  const told: Present[][] = []
  presence.subscribe(list => told.push(list))
  return { presence, told, pass: () => due.splice(0).forEach(fn => fn()), due }
}
const at = (n: number): Date => new Date(Date.UTC(2026, 6, 1, 8, 0, n))
const someone = (id: string) => ({ id, name: id, role: 'duty' as const })

test('one person with two screens is one, until both are gone', () => {
  const { presence, told, pass, due } = setup()
  const [first, second] = [presence.enter(someone('a'), at(0)), presence.enter(someone('a'), at(1))]
  presence.enter(someone('b'), at(2))
  expect(due).toHaveLength(1)
  pass()
  expect(told).toEqual([
    [
      { ...someone('a'), screens: 2, since: at(0).toISOString() },
      { ...someone('b'), screens: 1, since: at(2).toISOString() },
    ],
  ])
  first()
  first()
  pass()
  expect(told[1]![0]).toMatchObject({ id: 'a', screens: 1 })
  second()
  pass()
  expect(told[2]!.map(({ id }) => id)).toEqual(['b'])
})

test('whoever comes and goes in whatever order, those are listed who have not left', () => {
  const step = fc.record({ id: fc.constantFrom('a', 'b', 'c'), enters: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const { presence } = setup()
      const open = new Map<string, (() => void)[]>()
      steps.forEach(({ id, enters }, n) => {
        const leaves = open.get(id) ?? []
        if (enters) leaves.push(presence.enter(someone(id), at(n)))
        else leaves.pop()?.()
        open.set(id, leaves)
      })
      const counted = [...open]
        .filter(([, leaves]) => leaves.length > 0)
        .map(([id, leaves]) => [id, leaves.length])
      expect(
        presence
          .list()
          .map(({ id, screens }) => [id, screens])
          .sort(),
      ).toEqual(counted.sort())
    }),
  )
})
