import { crossing, Segments } from './cross.ts'
import { alongOf } from './levels.ts'
import type { Ground } from './ground.ts'
import type { Line, Mesh } from './mesh.ts'
import { RANK } from './classes.ts'
import type { RiverLines } from './rivers.ts'

/** Two bridges over one river closer together than this are none: the road stays on its bank. */
const TWICE_M = 450
/** From the water to the middle of the road. */
const BANK_M = 13

interface Hit {
  /** The line's point after the crossing. */
  i: number
  at: number
  river: number
  /** The river's point after the crossing. */
  j: number
  /** On which side the road was before: 1 or −1. */
  side: number
}

/**
 * Takes roads that cross a winding river and soon cross back along the bank they came from. Points of streets
 * stay where they are.
 * @returns how many pairs of crossings were undone
 */
export function keepToBanks(ground: Ground, mesh: Mesh, rivers: RiverLines): number {
  const still = new Set<number>()
  for (const { points, street } of mesh.lines) if (street) for (const p of points) still.add(p)
  const streams = new Segments(rivers, rivers.lines)
  let undone = 0
  for (const line of mesh.lines) {
    if (line.street || line.rank === RANK.motorway || line.rank === RANK.railway) continue
    const hits = hitsOf(mesh, line, rivers, streams)
    for (let n = 1; n < hits.length; n++) {
      const [first, second] = [hits[n - 1], hits[n]]
      if (first.river !== second.river || second.at - first.at > TWICE_M) continue
      if (!alongBank(ground, mesh, line, rivers, first, second, still)) continue
      undone++
      n++
    }
  }
  return undone
}

function hitsOf(mesh: Mesh, { points }: Line, rivers: RiverLines, streams: Segments): Hit[] {
  const { x, y } = mesh
  const along = alongOf(mesh, points)
  const hits: Hit[] = []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]]
    for (const id of streams.near(x[a], y[a], x[b], y[b])) {
      const river = streams.line[id]
      const j = streams.at[id]
      const [c, d] = [rivers.lines[river].points[j - 1], rivers.lines[river].points[j]]
      const [cx, cy, dx, dy] = [rivers.x[c], rivers.y[c], rivers.x[d], rivers.y[d]]
      const hit = crossing(x[a], y[a], x[b], y[b], cx, cy, dx, dy)
      if (!hit) continue
      const side = Math.sign((dx - cx) * (y[a] - cy) - (dy - cy) * (x[a] - cx)) || 1
      hits.push({ i, at: along[i - 1] + (along[i] - along[i - 1]) * hit.t, river, j, side })
    }
  }
  return hits.sort((p, q) => p.at - q.at)
}

/** Moves the points between two crossings beside the river, each to its nearest spot on the bank. */
function alongBank(
  ground: Ground,
  { x, y }: Mesh,
  { points }: Line,
  rivers: RiverLines,
  first: Hit,
  second: Hit,
  still: Set<number>,
): boolean {
  const river = rivers.lines[first.river]
  const [low, high] = [Math.max(1, Math.min(first.j, second.j) - 3), Math.max(first.j, second.j) + 3]
  const between = points.slice(first.i, second.i)
  if (between.length === 0 || between.some(p => still.has(p))) return false
  const moved = between.map(p => {
    let [least, nx, ny] = [Infinity, x[p], y[p]]
    for (let j = low; j <= Math.min(high, river.points.length - 1); j++) {
      const [c, d] = [river.points[j - 1], river.points[j]]
      const [sx, sy] = [rivers.x[d] - rivers.x[c], rivers.y[d] - rivers.y[c]]
      const length2 = sx * sx + sy * sy
      if (length2 < 1e-6) continue
      const t = Math.max(0, Math.min(1, ((x[p] - rivers.x[c]) * sx + (y[p] - rivers.y[c]) * sy) / length2))
      const [fx, fy] = [rivers.x[c] + sx * t, rivers.y[c] + sy * t]
      const off = (x[p] - fx) * (x[p] - fx) + (y[p] - fy) * (y[p] - fy)
      if (off >= least) continue
      least = off
      const out = (first.side * (river.widthM[j] / 2 + BANK_M)) / Math.sqrt(length2)
      ;[nx, ny] = [fx - sy * out, fy + sx * out]
    }
    return [nx, ny]
  })
  if (moved.some(([nx, ny]) => ground.byLake(nx, ny, 20))) return false
  between.forEach((p, i) => ([x[p], y[p]] = moved[i]))
  return true
}

/** Round a crossing the road may be over the water; this far beyond the banks it may not. */
const CLEAR_M = 45

/** Moves points that lie in a river, or on its very edge, out to the bank on their side; bridges stay. */
export function keepDry(ground: Ground, mesh: Mesh, rivers: RiverLines): void {
  const { x, y } = mesh
  const still = new Set<number>()
  for (const { points, street } of mesh.lines) if (street) for (const p of points) still.add(p)
  const streams = new Segments(rivers, rivers.lines)
  for (const line of mesh.lines) {
    if (line.street) continue
    const along = alongOf(mesh, line.points)
    const hits = hitsOf(mesh, line, rivers, streams)
    for (const [i, p] of line.points.entries()) {
      if (still.has(p)) continue
      const near = nearestRiver(mesh, p, rivers, streams)
      if (!near || near.metres >= near.widthM / 2 + 8) continue
      const over = hits.some(
        hit => hit.river === near.river && Math.abs(hit.at - along[i]) < near.widthM / 2 + CLEAR_M,
      )
      if (over) continue
      const out = near.side * (near.widthM / 2 + BANK_M)
      const [nx, ny] = [near.x - near.uy * out, near.y + near.ux * out]
      if (!ground.byLake(nx, ny, 20)) [x[p], y[p]] = [nx, ny]
    }
  }
}

interface Near {
  river: number
  /** The foot on the river's line, the direction of its flow there, and on which side the point is. */
  x: number
  y: number
  ux: number
  uy: number
  side: number
  metres: number
  widthM: number
}

function nearestRiver({ x, y }: Mesh, p: number, rivers: RiverLines, streams: Segments): Near | null {
  let best: Near | null = null
  for (const id of streams.near(x[p] - 70, y[p] - 70, x[p] + 70, y[p] + 70)) {
    const river = streams.line[id]
    const j = streams.at[id]
    const [c, d] = [rivers.lines[river].points[j - 1], rivers.lines[river].points[j]]
    const [sx, sy] = [rivers.x[d] - rivers.x[c], rivers.y[d] - rivers.y[c]]
    const length = Math.sqrt(sx * sx + sy * sy)
    if (length < 1e-3) continue
    const [px, py] = [x[p] - rivers.x[c], y[p] - rivers.y[c]]
    const t = Math.max(0, Math.min(1, (px * sx + py * sy) / (length * length)))
    const [fx, fy] = [rivers.x[c] + sx * t, rivers.y[c] + sy * t]
    const metres = Math.sqrt((x[p] - fx) * (x[p] - fx) + (y[p] - fy) * (y[p] - fy))
    if (best && best.metres <= metres) continue
    const side = Math.sign(sx * py - sy * px) || 1
    const widthM = rivers.lines[river].widthM[j]
    best = { river, x: fx, y: fy, ux: sx / length, uy: sy / length, side, metres, widthM }
  }
  return best
}
