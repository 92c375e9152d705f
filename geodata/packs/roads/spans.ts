import type { Text } from '../../../server/contract/errors.ts'
import { LAKE } from '../county.ts'
import { CLASS_RULES, RANK } from './classes.ts'
import { crossing, isTrace, Segments, withCuts } from './cross.ts'
import type { Ground } from './ground.ts'
import { alongOf, levelSpans } from './levels.ts'
import { offGround } from './grade-line.ts'
import { addPoint, type Line, type Mesh } from './mesh.ts'
import type { RiverLines } from './rivers.ts'

/** What a stretch of a line is, in metres along it. */
export interface Span {
  from: number
  to: number
  kind: 'bridge' | 'tunnel' | 'ford' | 'underpass'
  /** The river beneath; null for a viaduct. */
  over: Text | null
}

/** A line cut where bridges, tunnels and fords begin and end. */
export interface Piece extends Line {
  span: Span | null
}

/** Banks and abutments on either side of the water. */
const ABUTMENT_M = 9
/** Up to this width a track goes through the water. */
const FORD_M = 7
/** Shorter cuts and fills need no structure; shorter gaps between two are closed. */
const LEAST_M = 25

/**
 * Bridges where lines cross rivers, fords for tracks through small ones; viaducts and tunnels where the road's
 * own height leaves the ground by more than earthworks do.
 */
export function piecesOf(ground: Ground, mesh: Mesh, rivers: RiverLines): Piece[] {
  const uses = new Uint16Array(mesh.x.length)
  for (const { points } of mesh.lines) for (const p of points) uses[p]++
  const streams = new Segments(rivers, rivers.lines)
  const levels = levelSpans(ground, mesh)
  return mesh.lines.flatMap((line, l) => {
    const along = alongOf(mesh, line.points)
    const wet = overRivers(mesh, line, along, rivers, streams)
    const spans = disjoint([
      ...clipped([...wet, ...levels[l]], line, along, uses),
      ...overLakes(ground, mesh, line, along),
      ...structures(ground, mesh, line, along),
    ])
    return cutAt(mesh, line, along, spans)
  })
}

function overRivers(
  { x, y }: Mesh,
  { points, rank }: Line,
  along: number[],
  rivers: RiverLines,
  streams: Segments,
): Span[] {
  const spans: Span[] = []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]]
    for (const id of streams.near(x[a], y[a], x[b], y[b])) {
      const river = rivers.lines[streams.line[id]]
      const j = streams.at[id]
      const [c, d] = [river.points[j - 1], river.points[j]]
      const hit = crossing(x[a], y[a], x[b], y[b], rivers.x[c], rivers.y[c], rivers.x[d], rivers.y[d])
      if (!hit) continue
      const [rx, ry] = [x[b] - x[a], y[b] - y[a]]
      const [sx, sy] = [rivers.x[d] - rivers.x[c], rivers.y[d] - rivers.y[c]]
      const sine = Math.abs(rx * sy - ry * sx) / Math.sqrt((rx * rx + ry * ry) * (sx * sx + sy * sy))
      const water = river.widthM[j] / Math.max(0.35, sine)
      const at = along[i - 1] + (along[i] - along[i - 1]) * hit.t
      const ford = (rank === RANK.track || rank === RANK.path) && river.widthM[j] < FORD_M
      const half = water / 2 + (ford ? 2 : ABUTMENT_M)
      spans.push({ from: at - half, to: at + half, kind: ford ? 'ford' : 'bridge', over: river.name })
    }
  }
  return spans
}

/** Bridges over the tails of lakes that a road could not go round. */
function overLakes(ground: Ground, { x, y }: Mesh, { points }: Line, along: number[]): Span[] {
  const spans: Span[] = []
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]]
    const length = along[i] - along[i - 1]
    const n = Math.max(2, Math.ceil(length / 12))
    for (let k = 0; k <= n; k++) {
      const [px, py] = [x[a] + ((x[b] - x[a]) * k) / n, y[a] + ((y[b] - y[a]) * k) / n]
      if (ground.land.water[ground.cell(px, py)] !== LAKE) continue
      const at = along[i - 1] + (length * k) / n
      const [from, to] = [Math.max(0, at - ABUTMENT_M), Math.min(along[along.length - 1], at + ABUTMENT_M)]
      spans.push({ from, to, kind: 'bridge', over: null })
    }
  }
  return spans
}

/** A bridge ends before the next junction, where there is room for it. */
function clipped(spans: Span[], { points }: Line, along: number[], uses: Uint16Array): Span[] {
  const end = along[along.length - 1]
  return spans.flatMap(span => {
    const middle = (span.from + span.to) / 2
    let [from, to] = [Math.max(0, span.from), Math.min(end, span.to)]
    for (let i = 1; i < points.length - 1; i++) {
      if (uses[points[i]] < 2) continue
      if (along[i] <= middle && along[i] > from) from = along[i]
      if (along[i] > middle && along[i] < to) to = along[i]
    }
    if (to - from >= 4) return [{ ...span, from, to }]
    // A junction at the very water: better one on a bridge than a road through the river.
    return span.kind === 'underpass'
      ? []
      : [{ ...span, from: Math.max(0, span.from), to: Math.min(end, span.to) }]
  })
}

/** How closely the ground under a road is looked at, in metres. */
const LOOK_M = 15

/** Where the road leaves the ground by more than earthworks do, between its points too. */
function structures(ground: Ground, mesh: Mesh, line: Line, along: number[]): Span[] {
  if (line.street || (line.rank > RANK.township && !isTrace(line.rank))) return []
  const fine: { x: number[]; y: number[]; at: number[] } = { x: [], y: [], at: [] }
  for (const [i, p] of line.points.entries()) {
    const before = line.points[Math.max(0, i - 1)]
    const length = i > 0 ? along[i] - along[i - 1] : 0
    const n = Math.max(1, Math.ceil(length / LOOK_M))
    for (let k = i > 0 ? 1 : n; k <= n; k++) {
      const t = k / n
      fine.x.push(mesh.x[before] + (mesh.x[p] - mesh.x[before]) * t)
      fine.y.push(mesh.y[before] + (mesh.y[p] - mesh.y[before]) * t)
      fine.at.push(along[i] - length * (1 - t))
    }
  }
  const { earthM } = CLASS_RULES[line.rank]
  const spans: Span[] = []
  const points = fine.at.map((_, i) => i)
  for (const [i, off] of offGround(ground, fine, { ...line, points }).entries()) {
    if (Math.abs(off) <= earthM) continue
    const from = fine.at[Math.max(0, i - 1)]
    const to = fine.at[Math.min(fine.at.length - 1, i + 1)]
    spans.push({ from, to, kind: off > 0 ? 'bridge' : 'tunnel', over: null })
  }
  return spans
}

/** In order, overlapping ones of a kind joined, of two kinds the later one shortened. */
function disjoint(spans: Span[]): Span[] {
  const out: Span[] = []
  for (const span of [...spans].sort((p, q) => p.from - q.from || p.to - q.to)) {
    const last = out.at(-1)
    if (last && span.kind === last.kind && span.from <= last.to + LEAST_M) {
      last.to = Math.max(last.to, span.to)
      last.over ??= span.over
    } else if (!last || span.from >= last.to) {
      out.push({ ...span })
    } else if (span.to > last.to + 5) {
      out.push({ ...span, from: last.to })
    }
  }
  return out
}

function cutAt(mesh: Mesh, line: Line, along: number[], spans: Span[]): Piece[] {
  if (spans.length === 0) return [{ ...line, span: null }]
  const { x, y } = mesh
  const cuts: { i: number; t: number; point: number }[] = []
  const pointAt = (metres: number): number => {
    const i = Math.max(
      1,
      along.findIndex(at => at >= metres),
    )
    const length = along[i] - along[i - 1]
    const t = length > 0 ? (metres - along[i - 1]) / length : 0
    if (t * length < 1.5) return line.points[i - 1]
    if ((1 - t) * length < 1.5) return line.points[i]
    const [a, b] = [line.points[i - 1], line.points[i]]
    const point = addPoint(mesh, x[a] + (x[b] - x[a]) * t, y[a] + (y[b] - y[a]) * t)
    cuts.push({ i, t, point })
    return point
  }
  const marks = spans.map(span => ({ span, a: pointAt(span.from), b: pointAt(span.to) }))
  const all = withCuts(line.points, cuts)
  const out: Piece[] = []
  let start = 0
  const emit = (to: number, span: Span | null): void => {
    if (to > start) out.push({ ...line, points: all.slice(start, to + 1), span })
    start = Math.max(start, to)
  }
  for (const { span, a, b } of marks) {
    const from = all.indexOf(a, start)
    const to = all.indexOf(b, Math.max(from, 0))
    if (from < 0 || to <= from) continue
    emit(from, null)
    emit(to, span)
  }
  emit(all.length - 1, null)
  return out
}
