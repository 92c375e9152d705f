import { expect, test } from 'vitest'
import { PARTS, readArguments } from './endurance/arguments.ts'
import { type Place, randomRequests, seeded } from './endurance/requests.ts'

test('parts, minutes and rounds; anything else is refused', () => {
  expect(readArguments([])).toEqual({ parts: [...PARTS], minutes: 5, rounds: 50, seeds: 20 })
  expect(readArguments(['--only', 'soak', '--minutes', '30'])).toMatchObject({ parts: ['soak'], minutes: 30 })
  for (const bad of [['--only', 'all'], ['--minutes', '-1'], ['--rounds', '1.5'], ['--minutes'], ['x']]) {
    expect(readArguments(bad)).toBeUndefined()
  }
})

test('the same seed asks the same questions, of every kind', () => {
  const vale: Place = { id: 'vale', bbox: [1.5, 42.5, 1.6, 42.6], places: [[1.52, 42.52]] }
  const [a, b] = [randomRequests(vale, seeded(7)), randomRequests(vale, seeded(7))]
  const asked = Array.from({ length: 2000 }, a)
  expect(asked).toEqual(Array.from({ length: 2000 }, b))
  expect(new Set(asked.map(({ kind }) => kind)).size).toBe(14)
})
