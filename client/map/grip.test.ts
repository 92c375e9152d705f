import { describe, expect, it } from 'vitest'
import { gripAt } from './grip.ts'

const p = (x: number, y: number) => ({ x, y })
const square = [p(0, 0), p(100, 0), p(100, 100), p(0, 100)]

describe('what is under the pointer', () => {
  it('is the nearest corner before the middle of a side', () => {
    expect(gripAt(square, true, p(4, 3), 10)).toEqual({ corner: 0 })
    expect(gripAt([p(0, 0), p(12, 0)], false, p(7, 0), 10)).toEqual({ corner: 1 })
    expect(gripAt(square, true, p(52, 2), 10)).toEqual({ side: 0 })
    expect(gripAt(square, true, p(30, 30), 10)).toBeNull()
  })
  it('is the last side of a ring only', () => {
    expect(gripAt(square, true, p(0, 50), 10)).toEqual({ side: 3 })
    expect(gripAt(square, false, p(0, 50), 10)).toBeNull()
  })
  it('is no side at a corner that is nowhere', () => {
    const holed = [p(0, 0), null, p(100, 100), p(0, 100)]
    expect(gripAt(holed, true, p(50, 0), 10)).toBeNull()
    expect(gripAt(holed, true, p(50, 100), 10)).toEqual({ side: 2 })
  })
})
