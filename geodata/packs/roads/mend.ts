import { CLASS_RULES, RANK, type Rank } from './classes.ts'
import { isTrace } from './cross.ts'
import { profileAlong } from './fit.ts'
import type { Ground } from './ground.ts'
import type { Line, Mesh } from './mesh.ts'

/** Drops roads that nothing joins to the rest: lanes on a shelf of their own. Motorway and railway stay. */
export function prune(mesh: Mesh): void {
  const find = joints(mesh, () => true)
  const size = new Float64Array(mesh.x.length)
  for (const { points } of mesh.lines) size[find(points[0])] += points.length
  let largest = 0
  for (let p = 1; p < size.length; p++) if (size[p] > size[largest]) largest = p
  mesh.lines = mesh.lines.filter(({ points, rank }) => isTrace(rank) || find(points[0]) === largest)
}

/** Which points a vehicle reaches from one by roads, motorways left out. */
export function drivenFrom(mesh: Mesh, from: number): (point: number | undefined) => boolean {
  const find = joints(mesh, rank => rank !== RANK.path && !isTrace(rank))
  const home = find(from)
  return point => point !== undefined && find(point) === home
}

/** Points that lines of some ranks join have one root. */
function joints({ x, lines }: Mesh, passes: (rank: Rank) => boolean): (p: number) => number {
  const root = Int32Array.from(x, (_, p) => p)
  const find = (p: number): number => {
    let at = p
    while (root[at] !== at) at = root[at] = root[root[at]]
    return at
  }
  for (const { points, rank } of lines) {
    if (!passes(rank)) continue
    for (let i = 1; i < points.length; i++) root[find(points[i - 1])] = find(points[i])
  }
  return find
}

/** Village roads and lanes too steep for their class are tracks: no village digs a tunnel. Too steep a track is a path. */
export function gentle(ground: Ground, mesh: Mesh): void {
  for (const line of mesh.lines) {
    while (line.rank >= RANK.village && line.rank < RANK.path) {
      const { earthM } = CLASS_RULES[line.rank]
      if (offGround(ground, mesh, line).every(off => Math.abs(off) <= earthM)) break
      line.rank = line.rank === RANK.track ? RANK.path : RANK.track
      line.road = -1
    }
  }
}

/** By how many metres a line lies above the ground at each of its points, built no steeper than its class. */
export function offGround(ground: Ground, { x, y }: Mesh, line: Line): number[] {
  const wanted = profileAlong(ground, { x, y }, line)
  return line.points.map((p, i) => wanted[i] - ground.height(x[p], y[p]))
}
