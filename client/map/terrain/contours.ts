/** Lines of equal height over a raster, by marching squares. Coordinates are columns and rows of samples. */
export interface ContourLine {
  heightM: number
  /** x, y, x, y … ; the higher ground lies on the right. */
  xy: number[]
}

/** Sides of a square that a line enters and leaves by, per case of corners above: north 0, east 1, south 2, west 3. */
const STEPS: readonly (readonly number[])[] = [
  [],
  [0, 3],
  [1, 0],
  [1, 3],
  [2, 1],
  [0, 3, 2, 1],
  [2, 0],
  [2, 3],
  [3, 2],
  [0, 2],
  [1, 0, 3, 2],
  [1, 2],
  [3, 1],
  [0, 1],
  [3, 0],
  [],
]

/**
 * Every multiple of `everyM` in the raster. Each square's step is stored by the side it starts on; since two
 * squares share a side and turn the same way round, steps join end to start.
 */
export function contourLines(
  heightM: Float32Array,
  width: number,
  height: number,
  everyM: number,
): ContourLine[] {
  const levels = new Map<number, Map<number, number>>()
  const sideOf = (x: number, y: number, side: number): number => {
    if (side === 0) return 2 * (y * width + x)
    if (side === 2) return 2 * ((y + 1) * width + x)
    return 2 * (y * width + x + (side === 1 ? 1 : 0)) + 1
  }
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const i = y * width + x
      const [a, b, c, d] = [heightM[i]!, heightM[i + 1]!, heightM[i + width + 1]!, heightM[i + width]!]
      const last = Math.floor(Math.max(a, b, c, d) / everyM)
      for (let n = Math.floor(Math.min(a, b, c, d) / everyM) + 1; n <= last; n++) {
        const level = n * everyM
        const above = Number(a >= level) | (Number(b >= level) << 1)
        const steps = STEPS[above | (Number(c >= level) << 2) | (Number(d >= level) << 3)]!
        let next = levels.get(level)
        if (!next) levels.set(level, (next = new Map()))
        for (let s = 0; s < steps.length; s += 2)
          next.set(sideOf(x, y, steps[s]!), sideOf(x, y, steps[s + 1]!))
      }
    }
  }
  const cross = (side: number, level: number, xy: number[]): void => {
    const corner = side >> 1
    const [x, y] = [corner % width, Math.floor(corner / width)]
    const [from, to] = [heightM[corner]!, heightM[corner + (side & 1 ? width : 1)]!]
    const part = (level - from) / (to - from)
    xy.push(side & 1 ? x : x + part, side & 1 ? y + part : y)
  }
  return [...levels].flatMap(([level, next]) =>
    chains(next).map(sides => {
      const xy: number[] = []
      for (const side of sides) cross(side, level, xy)
      return { heightM: level, xy }
    }),
  )
}

/** Steps joined: first the lines that begin at the raster's edge, then the rings. */
function chains(next: Map<number, number>): number[][] {
  const entered = new Set(next.values())
  const out: number[][] = []
  const follow = (start: number): void => {
    const chain = [start]
    for (let at = start; ;) {
      const to = next.get(at)
      if (to === undefined) break
      next.delete(at)
      chain.push((at = to))
    }
    if (chain.length > 1) out.push(chain)
  }
  for (const start of next.keys()) if (!entered.has(start)) follow(start)
  for (const start of next.keys()) if (next.has(start)) follow(start)
  return out
}
