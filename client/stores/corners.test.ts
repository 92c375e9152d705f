import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LonLat } from '../../server/contract/geo.ts'
import { lineText } from '../../server/contract/registers/words.ts'
import { cornersOf, crossingOf, textOfCorners } from './corners.ts'

const degrees = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map(n => n / 1e6)
const position = fc.tuple(degrees(180), degrees(90)) as fc.Arbitrary<LonLat>
const positions = fc.uniqueArray(position, { minLength: 3, maxLength: 30, selector: p => p.join() })

describe('the corners of a line', () => {
  it('of any way or ring read back as they were written', () => {
    fc.assert(
      fc.property(positions, fc.boolean(), (line, closed) => {
        const text = lineText(closed ? [...line, line[0]!] : line)
        const corners = cornersOf(text, closed)
        expect(corners.map(corner => corner.at)).toEqual(line)
        expect(
          textOfCorners(
            corners.map(c => c.text),
            closed,
          ),
        ).toBe(text)
      }),
    )
  })
  it.each(['82.8', '82.8,', '182.8,38.9', '82.8,98', '北,东', '1,2,3'])('%s is no position', text => {
    expect(cornersOf(text, false)).toEqual([{ text, at: null }])
  })
  it('on the one before, or of a ring on its first, are left out', () => {
    expect(textOfCorners(['1,1', '1,1', '2,2', '3,1', '1,1'], true)).toBe('1,1; 2,2; 3,1; 1,1')
    expect(textOfCorners(['1,1', '2,2'], true)).toBe('1,1; 2,2')
    expect(textOfCorners([], true)).toBe('')
  })
})

describe('a ring', () => {
  /** Corners in the order of their bearing from a place inside: such a ring never crosses itself. */
  const star = fc
    .uniqueArray(fc.integer({ min: 0, max: 359 }), { minLength: 5, maxLength: 40 })
    .map(bearings => bearings.toSorted((a, b) => a - b))
    .filter(all => all.every((b, i) => (i === 0 ? b + 360 - all.at(-1)! : b - all[i - 1]!) < 170))
    .chain(all =>
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: all.length, maxLength: all.length }).map(far =>
        all.map((b, i): LonLat => {
          const angle = (b * Math.PI) / 180
          return [far[i]! * Math.cos(angle), far[i]! * Math.sin(angle)]
        }),
      ),
    )
  it('round a place does not cross itself, from whichever corner it begins', () => {
    fc.assert(
      fc.property(star, fc.nat(39), (ring, by) => {
        const turned = [...ring.slice(by % ring.length), ...ring.slice(0, by % ring.length)]
        expect(crossingOf(turned)).toBeNull()
      }),
    )
  })
  it('with two corners of different sides swapped crosses itself', () => {
    const square: LonLat[] = [
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 2],
    ]
    expect(crossingOf(square)).toBeNull()
    const [a, b, c, d] = square as [LonLat, LonLat, LonLat, LonLat]
    expect(crossingOf([a, c, b, d])).toEqual([0, 2])
    expect(crossingOf([a, b, d, c])).toEqual([1, 3])
  })
  it('that touches itself, or goes back over itself, crosses itself', () => {
    expect(
      crossingOf([
        [0, 0],
        [4, 0],
        [4, 2],
        [2, 0],
        [0, 2],
      ]),
    ).toEqual([0, 2])
    expect(
      crossingOf([
        [0, 0],
        [4, 0],
        [1, 0],
        [1, 3],
      ]),
    ).toEqual([0, 1])
    expect(
      crossingOf([
        [2, 0],
        [4, 4],
        [0, 4],
        [0, 0],
        [4, 0],
      ]),
    ).not.toBeNull()
  })
})
