import { DRY } from '../county.ts'
import { CLASS_RULES, RANK } from './classes.ts'
import type { Ground } from './ground.ts'
import type { Line, Mesh } from './mesh.ts'

const SMOOTHINGS = 8
const ROUNDS = 24
/** No point strays further than this from where the search put it. */
const ASTRAY_M = 95

/**
 * Rounds the corners of what the search found and shifts the roads along the slope until the ground under
 * them climbs no steeper than their class: a road on a hillside follows its contour, a bend cuts less deep.
 * Streets stay as they are.
 */
export function fit(ground: Ground, mesh: Mesh): void {
  const { x, y } = mesh
  const ties = tiesOf(mesh)
  const x0 = Float64Array.from(x)
  const y0 = Float64Array.from(y)
  const move = (p: number, nx: number, ny: number): void => {
    const [dx, dy] = [nx - x0[p], ny - y0[p]]
    if (dx * dx + dy * dy > ASTRAY_M * ASTRAY_M) return
    const { water } = ground.land
    if (water[ground.cell(nx, ny)] !== DRY && water[ground.cell(x[p], y[p])] === DRY) return
    if (ground.byLake(nx, ny, 20) && !ground.byLake(x[p], y[p], 15)) return
    x[p] = nx
    y[p] = ny
  }
  const smooth = (share: number): void => {
    for (const { p, a, b, small } of ties) {
      const dx = (x[a] + x[b]) / 2 - x[p]
      const dy = (y[a] + y[b]) / 2 - y[p]
      const part = small ? share / 2 : share
      move(p, x[p] + part * dx, y[p] + part * dy)
    }
  }
  for (let round = 0; round < SMOOTHINGS; round++) smooth(0.5)
  for (let round = 0; round < ROUNDS; round++) {
    const wanted = profile(ground, mesh)
    for (const { p } of ties) {
      const lack = wanted[p] - ground.height(x[p], y[p])
      if (Math.abs(lack) < 0.3) continue
      const gx = (ground.height(x[p] + 15, y[p]) - ground.height(x[p] - 15, y[p])) / 30
      const gy = (ground.height(x[p], y[p] + 15) - ground.height(x[p], y[p] - 15)) / 30
      const steep = Math.sqrt(gx * gx + gy * gy)
      if (steep < 0.03) continue
      const shift = Math.max(-14, Math.min(14, (0.6 * lack) / steep))
      move(p, x[p] + (shift * gx) / steep, y[p] + (shift * gy) / steep)
    }
    smooth(0.22)
  }
}

interface Tie {
  p: number
  a: number
  b: number
  /** Of a road so small that its bends may be tight. */
  small: boolean
}

/**
 * The points that may move, each with its neighbours along the road. At a junction these are the two that
 * belong to the most important, then the straightest way through; ends and streets' corners stay.
 */
function tiesOf({ x, y, lines }: Mesh): Tie[] {
  const around = new Map<number, { q: number; rank: number }[]>()
  const still = new Set<number>()
  for (const { points, rank, street } of lines) {
    for (let i = 0; i < points.length; i++) {
      if (street) still.add(points[i])
      const there = around.get(points[i]) ?? []
      if (i > 0) there.push({ q: points[i - 1], rank })
      if (i + 1 < points.length) there.push({ q: points[i + 1], rank })
      around.set(points[i], there)
    }
  }
  const ties: Tie[] = []
  for (const [p, near] of around) {
    if (near.length < 2 || still.has(p)) continue
    let [best, pair, small] = [Infinity, [near[0].q, near[1].q], false]
    for (let i = 0; i < near.length; i++) {
      for (let j = i + 1; j < near.length; j++) {
        const [a, b] = [near[i], near[j]]
        const ux = x[a.q] - x[p]
        const uy = y[a.q] - y[p]
        const vx = x[b.q] - x[p]
        const vy = y[b.q] - y[p]
        const norm = Math.sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy)) || 1
        const score = (a.rank + b.rank) * 3 + (ux * vx + uy * vy) / norm
        if (score < best) [best, pair, small] = [score, [a.q, b.q], a.rank >= RANK.village]
      }
    }
    ties.push({ p, a: pair[0], b: pair[1], small })
  }
  return ties
}

/**
 * The height that each point's road should have: as near to the ground as the steepest grades of the classes
 * allow, over the whole network at once. The mean of the lowest surface above and the highest one below the
 * ground that nowhere climb faster; both are reached by sweeping along the lines.
 */
export function profile(ground: Ground, { x, y, lines }: Mesh): Float64Array {
  const high = Float64Array.from(x, (px, p) => ground.height(px, y[p]))
  const low = high.slice()
  const pull = (a: number, b: number, rise: number): boolean => {
    let changed = false
    if (high[b] > high[a] + rise + 0.01) [high[b], changed] = [high[a] + rise, true]
    if (low[b] < low[a] - rise - 0.01) [low[b], changed] = [low[a] - rise, true]
    return changed
  }
  for (let sweep = 0, changed = true; changed && sweep < 40; sweep++) {
    changed = false
    for (const { points, rank } of lines) {
      const { grade } = CLASS_RULES[rank]
      const rise = (i: number): number => {
        const [dx, dy] = [x[points[i]] - x[points[i - 1]], y[points[i]] - y[points[i - 1]]]
        return grade * Math.sqrt(dx * dx + dy * dy)
      }
      for (let i = 1; i < points.length; i++) if (pull(points[i - 1], points[i], rise(i))) changed = true
      for (let i = points.length - 1; i > 0; i--) {
        if (pull(points[i], points[i - 1], rise(i))) changed = true
      }
    }
  }
  return high.map((value, p) => (value + low[p]) / 2)
}

/** The same for one line by itself: its height at each of its points. */
export function profileAlong(ground: Ground, mesh: Pick<Mesh, 'x' | 'y'>, line: Line): number[] {
  const { high, low } = envelopes(ground, mesh, line)
  return high.map((value, i) => (value + low[i]) / 2)
}

/**
 * The least height of cuts and fills, in metres, with which a line can be built no steeper than its class: half
 * of the most that the ground climbs beyond the grade between any two of its points.
 */
export function leastEarthM(ground: Ground, mesh: Pick<Mesh, 'x' | 'y'>, line: Line): number {
  const { here, high, low } = envelopes(ground, mesh, line)
  return here.reduce((most, height, i) => Math.max(most, height - high[i], low[i] - height), 0) / 2
}

/** The ground along a line, the lowest surface above it and the highest below that climb no faster than its class. */
function envelopes(
  ground: Ground,
  { x, y }: Pick<Mesh, 'x' | 'y'>,
  { points, rank }: Line,
): { here: number[]; high: number[]; low: number[] } {
  const { grade } = CLASS_RULES[rank]
  const here = points.map(p => ground.height(x[p], y[p]))
  const rise = points.map((p, i) => {
    if (i === 0) return 0
    const [dx, dy] = [x[p] - x[points[i - 1]], y[p] - y[points[i - 1]]]
    return grade * Math.sqrt(dx * dx + dy * dy)
  })
  const [high, low] = [[...here], [...here]]
  for (let i = 1; i < rise.length; i++) {
    high[i] = Math.min(high[i], high[i - 1] + rise[i])
    low[i] = Math.max(low[i], low[i - 1] - rise[i])
  }
  for (let i = rise.length - 1; i > 0; i--) {
    high[i - 1] = Math.min(high[i - 1], high[i] + rise[i])
    low[i - 1] = Math.max(low[i - 1], low[i] - rise[i])
  }
  return { here, high, low }
}
