import { LAKE } from '../county.ts'
import { CLASS_RULES, RANK, type Rank } from './classes.ts'
import { isTrace, withCuts } from './cross.ts'
import { leastEarthM } from './fit.ts'
import type { Ground } from './ground.ts'
import { addPoint, type Mesh } from './mesh.ts'

/** Drops roads that nothing joins to the rest: lanes on a shelf of their own. Motorway and railway stay. */
export function prune(mesh: Mesh): void {
  const find = joints(mesh, () => true)
  const size = new Float64Array(mesh.x.length)
  for (const { points } of mesh.lines) size[find(points[0])] += points.length
  let largest = 0
  for (let p = 1; p < size.length; p++) if (size[p] > size[largest]) largest = p
  mesh.lines = mesh.lines.filter(({ points, rank }) => isTrace(rank) || find(points[0]) === largest)
}

/** Lines that cut the corner of a lake get a point on its shore. @returns how many points */
export function roundLakes(ground: Ground, mesh: Mesh): number {
  const { x, y } = mesh
  let added = 0
  const inLake = (px: number, py: number): boolean => ground.land.water[ground.cell(px, py)] === LAKE
  for (const line of mesh.lines) {
    if (isTrace(line.rank)) continue
    const cuts: { i: number; t: number; point: number }[] = []
    for (let i = 1; i < line.points.length; i++) {
      const [a, b] = [line.points[i - 1], line.points[i]]
      for (const t of [0.5, 0.25, 0.75]) {
        const [px, py] = [x[a] + (x[b] - x[a]) * t, y[a] + (y[b] - y[a]) * t]
        if (!inLake(px, py)) continue
        const shore = shoreBy(ground, px, py)
        if (shore) cuts.push({ i, t, point: addPoint(mesh, ...shore) })
        break
      }
    }
    if (cuts.length > 0) line.points = withCuts(line.points, cuts)
    added += cuts.length
  }
  return added
}

/** The nearest spot with a dry strip of 20 m round it, sought in rings out to 150 m. */
function shoreBy(ground: Ground, px: number, py: number): [x: number, y: number] | null {
  for (let radius = 20; radius <= 150; radius += 10) {
    for (let k = 0; k < 16; k++) {
      const angle = (k * Math.PI) / 8
      const [sx, sy] = [px + radius * Math.cos(angle), py + radius * Math.sin(angle)]
      if (!ground.byLake(sx, sy, 20)) return [sx, sy]
    }
  }
  return null
}

/** Which points a vehicle reaches from one by roads, motorways left out. */
export function drivenFrom(mesh: Mesh, from: number): (point: number | undefined) => boolean {
  const find = joints(mesh, rank => rank !== RANK.path && !isTrace(rank))
  const home = find(from)
  return point => point !== undefined && find(point) === home
}

/** Is one of some points of the roads within some metres of a spot? */
export function pointsNear(
  { x, y, lines }: Mesh,
  passes: (point: number) => boolean,
): (px: number, py: number, withinM: number) => boolean {
  const some = [...new Set(lines.flatMap(line => (isTrace(line.rank) ? [] : line.points)))].filter(passes)
  return (px, py, withinM) =>
    some.some(p => (x[p] - px) * (x[p] - px) + (y[p] - py) * (y[p] - py) <= withinM * withinM)
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
      if (leastEarthM(ground, mesh, line) <= CLASS_RULES[line.rank].earthM) break
      line.rank = line.rank === RANK.track ? RANK.path : RANK.track
      line.road = -1
    }
  }
}
