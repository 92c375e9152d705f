import { RANK, type Rank } from './classes.ts'
import { addPoint, type Line, type Mesh } from './mesh.ts'

/** Corners nearer than this to a crossing become the crossing. */
const SNAP_M = 6

/** Lines that others cross on another level, never at grade. */
export const isTrace = (rank: Rank): boolean => rank === RANK.motorway || rank === RANK.railway

/** Segments of lines by squares, to find those that may meet. */
export class Segments {
  private readonly bySquare = new Map<number, number[]>()
  readonly line: number[] = []
  readonly at: number[] = []

  constructor(
    private readonly mesh: Pick<Mesh, 'x' | 'y'>,
    lines: readonly Pick<Line, 'points'>[],
    private readonly squareM = 120,
  ) {
    for (const [l, { points }] of lines.entries()) {
      for (let i = 1; i < points.length; i++) {
        this.line.push(l)
        const id = this.at.push(i) - 1
        for (const square of this.squares(points[i - 1], points[i])) {
          const there = this.bySquare.get(square)
          if (there) there.push(id)
          else this.bySquare.set(square, [id])
        }
      }
    }
  }

  private *squares(a: number, b: number): Generator<number> {
    const { x, y } = this.mesh
    yield* this.squaresOf(x[a], y[a], x[b], y[b])
  }

  private *squaresOf(ax: number, ay: number, bx: number, by: number): Generator<number> {
    const s = this.squareM
    const [c0, c1] = [Math.floor(Math.min(ax, bx) / s), Math.floor(Math.max(ax, bx) / s)]
    const [r0, r1] = [Math.floor(Math.min(ay, by) / s), Math.floor(Math.max(ay, by) / s)]
    for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) yield (r + 1024) * 65536 + c + 1024
  }

  /** Ids of segments that may touch the box of a segment, each once, in rising order. */
  near(ax: number, ay: number, bx: number, by: number): number[] {
    const found = new Set<number>()
    for (const square of this.squaresOf(ax, ay, bx, by)) {
      for (const id of this.bySquare.get(square) ?? []) found.add(id)
    }
    return [...found].sort((p, q) => p - q)
  }
}

/** Where two segments cross, as shares of each; null where they do not. */
export function crossing(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): { t: number; u: number } | null {
  const [rx, ry, sx, sy] = [bx - ax, by - ay, dx - cx, dy - cy]
  const cross = rx * sy - ry * sx
  if (Math.abs(cross) < 1e-9) return null
  const t = ((cx - ax) * sy - (cy - ay) * sx) / cross
  const u = ((cx - ax) * ry - (cy - ay) * rx) / cross
  return t < 0 || t > 1 || u < 0 || u > 1 ? null : { t, u }
}

/** Gives roads that cross a point in common there, so that one can turn from one into the other. */
export function joinCrossings(mesh: Mesh): void {
  const { x, y, lines } = mesh
  const segments = new Segments(mesh, lines)
  const cuts = lines.map((): { i: number; t: number; point: number }[] => [])
  for (let s = 0; s < segments.at.length; s++) {
    const [l, i] = [segments.line[s], segments.at[s]]
    const [a, b] = [lines[l].points[i - 1], lines[l].points[i]]
    for (const other of segments.near(x[a], y[a], x[b], y[b])) {
      if (other <= s) continue
      const [m, j] = [segments.line[other], segments.at[other]]
      const [c, d] = [lines[m].points[j - 1], lines[m].points[j]]
      if (isTrace(lines[l].rank) || isTrace(lines[m].rank)) continue
      if (a === c || a === d || b === c || b === d) continue
      const hit = crossing(x[a], y[a], x[b], y[b], x[c], y[c], x[d], y[d])
      if (!hit) continue
      const [px, py] = [x[a] + (x[b] - x[a]) * hit.t, y[a] + (y[b] - y[a]) * hit.t]
      const near = [a, b, c, d].find(p => Math.abs(x[p] - px) + Math.abs(y[p] - py) < SNAP_M)
      const point = near ?? addPoint(mesh, px, py)
      cuts[l].push({ i, t: hit.t, point })
      cuts[m].push({ i: j, t: hit.u, point })
    }
  }
  for (const [l, line] of lines.entries()) {
    if (cuts[l].length > 0) line.points = withCuts(line.points, cuts[l])
  }
}

/** Points with others put in between, none twice in a row. */
export function withCuts(points: number[], cuts: { i: number; t: number; point: number }[]): number[] {
  const sorted = [...cuts].sort((p, q) => p.i - q.i || p.t - q.t || p.point - q.point)
  const out = [points[0]]
  const put = (point: number): void => {
    if (out[out.length - 1] !== point) out.push(point)
  }
  let next = 0
  for (let i = 1; i < points.length; i++) {
    while (next < sorted.length && sorted[next].i === i) put(sorted[next++].point)
    put(points[i])
  }
  return out
}
