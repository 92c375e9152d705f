import type { Mesh } from './mesh.ts'

/** Leaves out points that a straight line passes within `toleranceM`; ends, shared points and those of `kept` stay. */
export function simplify(mesh: Mesh, toleranceM: number, kept: ReadonlySet<number>): void {
  const uses = new Uint16Array(mesh.x.length)
  for (const { points } of mesh.lines) for (const p of points) uses[p]++
  for (const line of mesh.lines) {
    const left: number[] = [line.points[0]]
    let start = 0
    for (let i = 1; i < line.points.length; i++) {
      if (i < line.points.length - 1 && uses[line.points[i]] < 2 && !kept.has(line.points[i])) continue
      left.push(...between(mesh, line.points, start, i, toleranceM), line.points[i])
      start = i
    }
    line.points = left
  }
}

/** Douglas and Peucker 1973. */
function between({ x, y }: Mesh, points: number[], from: number, to: number, toleranceM: number): number[] {
  const [a, b] = [points[from], points[to]]
  const [dx, dy] = [x[b] - x[a], y[b] - y[a]]
  const length = Math.sqrt(dx * dx + dy * dy)
  let [far, at] = [toleranceM, -1]
  for (let i = from + 1; i < to; i++) {
    const [px, py] = [x[points[i]] - x[a], y[points[i]] - y[a]]
    const off = length < 1 ? Math.sqrt(px * px + py * py) : Math.abs(px * dy - py * dx) / length
    if (off > far) [far, at] = [off, i]
  }
  if (at < 0) return []
  const mesh = { x, y, lines: [] }
  return [
    ...between(mesh, points, from, at, toleranceM),
    points[at],
    ...between(mesh, points, at, to, toleranceM),
  ]
}
