import { describe, expect, it } from 'vitest'
import { accumulate, newDrainage } from './drainage.ts'
import { watercourses } from './rivers.ts'

describe('watercourses', () => {
  it('orders by Strahler: two of one order make the next, a lesser one adds nothing', () => {
    // A main stem of 90 cells eastwards; streams of 30 cells join it at 40 and 70 from the north.
    const [cols, rows] = [100, 40]
    const flow = newDrainage(cols * rows)
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < cols; x++) {
        const cell = y * cols + x
        const stream = x === 40 || x === 70
        if (y === 35) flow.receiver[cell] = x === cols - 1 ? -1 : cell + 1
        else if (stream && y < 35) flow.receiver[cell] = cell + cols
        else if (y > 35) flow.receiver[cell] = cell - cols
        else
          flow.receiver[cell] =
            x < 35 || x === cols - 1
              ? cell + cols
              : x < 55
                ? cell + Math.sign(40 - x)
                : cell + Math.sign(70 - x)
      }
    }
    accumulate(flow, 0.05)
    const { lines } = watercourses(flow, new Float32Array(cols * rows))
    expect(lines.map(line => line.order)).toEqual([2, 1, 1])
    expect(lines[0].cells.at(-1)).toBe(35 * cols + 99)
    expect(
      lines
        .slice(1)
        .map(line => line.cells.at(-1)! - 35 * cols)
        .sort((a, b) => a - b),
    ).toEqual([40, 70])
  })
})
