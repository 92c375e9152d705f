import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxAt, cross, crosses, overlap } from './box.ts'
import type { Box, Px } from './box.ts'
import { FIRST_LED } from './spots.ts'
import { solveLabels } from './solve.ts'
import type { Placed, Room, Wish } from './solve.ts'

const SIZES = [
  [1280, 720],
  [1920, 1080],
  [3840, 1080],
  [3840, 2160],
  [7680, 2160],
] as const

const wishIn = (width: number, height: number) =>
  fc.record({
    rank: fc.integer({ min: 0, max: 4 }),
    // Villages come in clusters: many places in little room.
    at: fc.tuple(
      fc.integer({ min: 0, max: width }),
      fc.oneof(fc.integer({ min: 0, max: height }), fc.integer({ min: height / 2, max: height / 2 + 80 })),
    ),
    radiusPx: fc.constantFrom(0, 4, 9, 14),
    widthPx: fc.integer({ min: 20, max: 180 }),
    heightPx: fc.constantFrom(16, 20, 32, 60),
    mayLead: fc.boolean(),
  })
const situation = fc.constantFrom(...SIZES).chain(([width, height]) =>
  fc.record({
    room: fc.record({
      widthPx: fc.constant(width),
      heightPx: fc.constant(height),
      taken: fc.constantFrom<Box[]>(
        [],
        [{ left: width / 2 - 6, top: 0, right: width / 2 + 6, bottom: height }],
      ),
    }),
    wishes: fc
      .array(wishIn(width, height), { minLength: 20, maxLength: 120, size: 'max' })
      .map(list => list.map((wish, i): Wish => ({ ...wish, id: `w${i}` }))),
    shift: fc.tuple(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -80, max: 80 })),
  }),
)

/** Every pair looked at: the slow way to see that nothing is wrong. */
function faultsOf(wishes: Wish[], room: Room, placed: Map<string, Placed>): string[] {
  const faults: string[] = []
  const all = [...placed]
  const symbols = wishes
    .filter(({ radiusPx }) => radiusPx > 0)
    .map(({ id, at, radiusPx }) => [id, boxAt(at, 2 * radiusPx, 2 * radiusPx)] as const)
  all.forEach(([id, { box, leader }], i) => {
    if (box.left < 0 || box.top < 0 || box.right > room.widthPx || box.bottom > room.heightPx)
      faults.push(`${id} leaves the map`)
    for (const taken of room.taken ?? []) if (overlap(box, taken)) faults.push(`${id} on what is taken`)
    for (const [of, symbol] of symbols) {
      if (overlap(box, symbol)) faults.push(`${id} covers the symbol of ${of}`)
      if (leader && of !== id && crosses(leader, symbol))
        faults.push(`leader of ${id} through symbol of ${of}`)
    }
    for (const [other, there] of all.slice(i + 1)) {
      if (overlap(box, there.box)) faults.push(`${id} overlaps ${other}`)
      if (leader && there.leader && cross(leader, there.leader))
        faults.push(`leaders of ${id} and ${other} cross`)
    }
    for (const [other, there] of all)
      if (other !== id && leader && crosses(leader, there.box))
        faults.push(`leader of ${id} through ${other}`)
  })
  return faults
}

test('nothing overlaps anything at five sizes, whatever the situation', () => {
  fc.assert(
    fc.property(situation, ({ wishes, room }) => {
      expect(faultsOf(wishes, room, solveLabels(wishes, room))).toEqual([])
    }),
    { numRuns: 100 },
  )
})

test('the order in which they are asked for makes no difference', () => {
  fc.assert(
    fc.property(situation, ({ wishes, room }) => {
      expect(solveLabels(wishes.toReversed(), room)).toEqual(solveLabels(wishes, room))
    }),
    { numRuns: 50 },
  )
})

const spotsOf = (placed: Map<string, Placed>) => new Map([...placed].map(([id, { spot }]) => [id, spot]))

test('nothing moves while nothing changes, and after a pan only what is in the way', () => {
  let [stayed, moved] = [0, 0]
  fc.assert(
    fc.property(situation, ({ wishes, room, shift: [dx, dy] }) => {
      const before = spotsOf(solveLabels(wishes, room))
      // The same frame again: whoever found no room may find some by now, whoever stands does not move.
      const again = solveLabels(wishes, room, before)
      for (const [id, spot] of before) expect(again.get(id)?.spot).toBe(spot)

      const panned = wishes.map(wish => ({ ...wish, at: [wish.at[0] + dx, wish.at[1] + dy] as Px }))
      const after = solveLabels(panned, room, before)
      expect(faultsOf(panned, room, after)).toEqual([])
      // By its weight each in turn: at its old spot it would leave the map or meet something that came before it.
      const order = [...panned].sort(
        (a, b) =>
          a.rank - b.rank || Number(!before.has(a.id)) - Number(!before.has(b.id)) || (a.id < b.id ? -1 : 1),
      )
      for (const [i, wish] of order.entries()) {
        const [was, is] = [before.get(wish.id), after.get(wish.id)]
        if (was === undefined || !is) continue
        if (was === is.spot) {
          stayed++
          continue
        }
        moved++
        const ahead = order.slice(0, i).flatMap(({ id }) => after.get(id) ?? [])
        const there = solveLabels([wish], { ...room, taken: [] }, new Map([[wish.id, was]])).get(wish.id)
        const box = there?.spot === was ? there.box : null
        const blocked =
          !box ||
          ahead.some(other => overlap(other.box, box) || (other.leader && crosses(other.leader, box))) ||
          (there!.leader &&
            ahead.some(
              o => crosses(there!.leader!, o.box) || (o.leader && cross(o.leader, there!.leader!)),
            )) ||
          (room.taken ?? []).some(
            taken => overlap(taken, box) || (there!.leader && crosses(there!.leader, taken)),
          ) ||
          panned.some(
            ({ id, at, radiusPx }) =>
              radiusPx > 0 &&
              (overlap(boxAt(at, 2 * radiusPx, 2 * radiusPx), box) ||
                (id !== wish.id &&
                  there!.leader &&
                  crosses(there!.leader, boxAt(at, 2 * radiusPx, 2 * radiusPx)))),
          )
        expect(blocked).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
  expect(stayed).toBeGreaterThan(500)
  expect(moved).toBeGreaterThan(50)
})

const wish = (id: string, at: Px, more: Partial<Wish> = {}): Wish => ({
  id,
  rank: 1,
  at,
  radiusPx: 8,
  widthPx: 80,
  heightPx: 20,
  mayLead: true,
  ...more,
})
const room = { widthPx: 800, heightPx: 600 }

test('it stands to the right of its symbol where there is room', () => {
  const { box, leader } = solveLabels([wish('a', [100, 100])], room).get('a')!
  expect([box, leader]).toEqual([{ left: 112, top: 90, right: 192, bottom: 110 }, null])
})

test('the weightier has the better spot; the others go round it, apart on leaders, or are left out', () => {
  const crowded = Array.from({ length: 6 }, (_, i) => wish(`n${i}`, [400 + i * 28, 300], { rank: i }))
  const placed = solveLabels(crowded, room)
  // To the right stand the other symbols.
  expect(placed.get('n0')!.spot).toBe(1)
  expect(placed.size).toBe(6)
  expect([...placed.values()].filter(({ leader }) => leader).length).toBeGreaterThan(0)
  const withoutLeaders = solveLabels(
    crowded.map(one => ({ ...one, mayLead: false })),
    room,
  )
  expect(withoutLeaders.size).toBeLessThan(6)
  for (const { spot } of withoutLeaders.values()) expect(spot).toBeLessThan(FIRST_LED)
})

test('a place outside the map has no label', () => {
  expect(solveLabels([wish('a', [-1, 100]), wish('b', [10, 601])], room).size).toBe(0)
})
