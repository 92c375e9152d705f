import { describe, expect, it } from 'vitest'
import { accumulate, fillPits, newDrainage, steepest } from './drainage.ts'

/** A raster from rows of text, one digit per cell. */
const raster = (...rows: string[]) => Float32Array.from(rows.join(''), digit => Number(digit))
const edges = (cols: number, rows: number) =>
  Uint8Array.from({ length: cols * rows }, (_, i) => {
    const [x, y] = [i % cols, Math.floor(i / cols)]
    return x === 0 || y === 0 || x === cols - 1 || y === rows - 1 ? 1 : 0
  })

describe('fillPits', () => {
  it('fills a bowl to its lowest rim, and no more', () => {
    const height = raster('99999', '91119', '91013', '91119', '99999')
    const receiver = new Int32Array(25)
    fillPits(height, 5, edges(5, 5), 0, receiver)
    expect(Array.from(height, String).join('')).toBe('9999993339933339333999999')
    // The bowl spills over the gap in the east.
    expect(receiver[2 * 5 + 3]).toBe(2 * 5 + 4)
  })

  it('lets water out only where told, each cell a rise above the next', () => {
    const height = raster('555', '555', '555')
    const outlet = new Uint8Array(9)
    outlet[0] = 1
    const receiver = new Int32Array(9)
    fillPits(height, 3, outlet, 0.5, receiver)
    expect(height[4]).toBe(5.5)
    expect(height[8]).toBe(6)
    expect([receiver[0], receiver[8], receiver[4]]).toEqual([-1, 4, 0])
  })
})

describe('steepest and accumulate', () => {
  it('turn to the steepest way, diagonals by their length, and gather what comes in from outside', () => {
    const height = raster('987', '876', '760')
    const flow = newDrainage(9)
    const outlet = new Uint8Array(9)
    outlet[8] = 1
    fillPits(height, 3, outlet, 0, flow.receiver)
    steepest(height, 3, flow.receiver, 0, new Float32Array(1))
    expect(flow.receiver[4]).toBe(8)
    expect(flow.receiver[5]).toBe(8)
    const inflow = new Float32Array(9)
    inflow[0] = 100
    accumulate(flow, 1, inflow)
    expect(flow.areaKm2[8]).toBe(109)
    const place = new Map([...flow.downstream].map((cell, k) => [cell, k]))
    for (const [cell, to] of flow.receiver.entries()) {
      if (to >= 0) expect(place.get(to)).toBeGreaterThan(place.get(cell)!)
    }
  })

  it('says so when water runs in a circle', () => {
    const flow = newDrainage(2)
    flow.receiver.set([1, 0])
    expect(() => accumulate(flow, 1)).toThrow('2 cells drain in a circle')
  })
})
