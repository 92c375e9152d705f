import { expect, test } from 'vitest'
import { Refusal } from '../../server/contract/errors.ts'
import { readArguments } from './arguments.ts'

test('without arguments it is the demonstration county', () => {
  expect(readArguments([])).toEqual({ seed: 1, widthKm: 45, heightKm: 40, empty: false })
})

test.each([
  [['--seed', '7', '--size', '60km', '--out', 'there'], { seed: 7, widthKm: 60, heightKm: 60, out: 'there' }],
  [['--size=45x40km'], { widthKm: 45, heightKm: 40 }],
  [['--size', '30.5×20'], { widthKm: 30.5, heightKm: 20 }],
  [['--empty'], { empty: true }],
])('%j', (args, expected) => {
  expect(readArguments(args)).toMatchObject(expected)
})

test.each([
  [['--size', '8km'], 'bad_size'],
  [['--size', '500km'], 'bad_size'],
  [['--size', 'big'], 'bad_size'],
  [['--size', '-20km'], 'bad_size'],
  [['--size', '40x5'], 'bad_size'],
  [['--seed', '-1'], 'bad_seed'],
  [['--seed', '1.5'], 'bad_seed'],
  [['--seed', '99999999999'], 'bad_seed'],
  [['--seed'], 'usage'],
  [['--out', ' '], 'usage'],
  [['--fictional=no'], 'usage'],
  [['here'], 'usage'],
])('%j is refused as %s, with a remedy in both languages', (args, code) => {
  let refusal: unknown
  try {
    readArguments(args)
  } catch (error) {
    refusal = error
  }
  expect(refusal).toBeInstanceOf(Refusal)
  const { code: said, remedy } = refusal as Refusal
  expect(said).toBe(code)
  expect(remedy!.zh).not.toBe('')
  expect(remedy!.en).not.toBe('')
})
