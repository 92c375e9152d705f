import { CLASS_RULES, RANK } from './classes.ts'
import { crossing, isTrace, Segments } from './cross.ts'
import type { Ground } from './ground.ts'
import { offGround } from './grade-line.ts'
import type { Line, Mesh } from './mesh.ts'
import type { Span } from './spans.ts'

/** Half the length of what carries one over the other, along the upper one. */
const OVER_MOTORWAY_M = 34
const OVER_RAILWAY_M = 16
const OVER_ROAD_M = 13
const UNDER_M = 11

/**
 * Bridges and underpasses where roads cross the motorway or a railway: an important road goes over it, a small
 * one under. Where the line is on a viaduct or in a tunnel anyway there is nothing to build.
 * @returns spans by index of the line, in metres along it
 */
export function levelSpans(ground: Ground, mesh: Mesh): Span[][] {
  const { x, y, lines } = mesh
  const spans = lines.map((): Span[] => [])
  const traces = lines
    .map((line, l) => ({ line, l }))
    .filter(({ line }) => isTrace(line.rank))
    .map(({ line, l }) => ({ line, l, off: offGround(ground, mesh, line) }))
  const segments = new Segments(
    mesh,
    traces.map(({ line }) => line),
  )
  const along = lines.map(line => alongOf(mesh, line.points))
  for (const [l, line] of lines.entries()) {
    if (line.ramp) continue
    for (let i = 1; i < line.points.length; i++) {
      const [a, b] = [line.points[i - 1], line.points[i]]
      for (const id of segments.near(x[a], y[a], x[b], y[b])) {
        const trace = traces[segments.line[id]]
        const j = segments.at[id]
        const [c, d] = [trace.line.points[j - 1], trace.line.points[j]]
        if (!crosses(line, trace.line) || a === c || a === d || b === c || b === d) continue
        const hit = crossing(x[a], y[a], x[b], y[b], x[c], y[c], x[d], y[d])
        if (!hit) continue
        if (Math.abs(trace.off[j]) > CLASS_RULES[trace.line.rank].earthM) continue
        const onLine = along[l][i - 1] + (along[l][i] - along[l][i - 1]) * hit.t
        const onTrace = along[trace.l][j - 1] + (along[trace.l][j] - along[trace.l][j - 1]) * hit.u
        const over = line.rank <= RANK.county && !line.street
        const half = trace.line.rank === RANK.railway ? OVER_RAILWAY_M : OVER_MOTORWAY_M
        if (over) spans[l].push(span('bridge', onLine, half))
        else {
          spans[trace.l].push(span('bridge', onTrace, OVER_ROAD_M))
          spans[l].push(span('underpass', onLine, UNDER_M))
        }
      }
    }
  }
  return spans
}

/** A road and a trace; the motorway over the railway; no line over itself. */
const crosses = (line: Line, trace: Line): boolean =>
  !isTrace(line.rank) || (line.rank === RANK.motorway && trace.rank === RANK.railway)

const span = (kind: Span['kind'], at: number, half: number): Span => ({
  kind,
  from: at - half,
  to: at + half,
  over: null,
})

/** Metres from a line's beginning to each of its points. */
export function alongOf({ x, y }: Pick<Mesh, 'x' | 'y'>, points: readonly number[]): number[] {
  let sum = 0
  return points.map((p, i) => {
    if (i === 0) return 0
    const [dx, dy] = [x[p] - x[points[i - 1]], y[p] - y[points[i - 1]]]
    return (sum += Math.sqrt(dx * dx + dy * dy))
  })
}
