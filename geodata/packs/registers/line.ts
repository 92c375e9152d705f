import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import type { Grid } from '../grid.ts'

/** Cells that a straight line crosses, sampled twice per cell. */
export function* cellsBetween(grid: Grid, from: LonLat, to: LonLat): Generator<number> {
  const [x0, y0] = [(from[0] - grid.west) / grid.dLon, (grid.north - from[1]) / grid.dLat]
  const [x1, y1] = [(to[0] - grid.west) / grid.dLon, (grid.north - to[1]) / grid.dLat]
  const steps = Math.max(1, Math.ceil(2 * Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))))
  let last = -1
  for (let i = 0; i <= steps; i++) {
    const col = Math.floor(x0 + ((x1 - x0) * i) / steps)
    const row = Math.floor(y0 + ((y1 - y0) * i) / steps)
    if (col < 0 || row < 0 || col >= grid.cols || row >= grid.rows) continue
    const cell = row * grid.cols + col
    if (cell !== last) yield (last = cell)
  }
}

export function lengthM(points: readonly LonLat[]): number {
  let sum = 0
  for (let i = 1; i < points.length; i++) sum += distanceM(points[i - 1], points[i])
  return sum
}

/** Fewer points, none further than `toleranceM` from the line (Douglas–Peucker). */
export function simplified(points: readonly LonLat[], toleranceM: number): LonLat[] {
  if (points.length < 3) return [...points]
  const scaleY = 111_195
  const scaleX = scaleY * Math.cos((points[0][1] * Math.PI) / 180)
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  const stack: [number, number][] = [[0, points.length - 1]]
  for (let span = stack.pop(); span; span = stack.pop()) {
    const [a, b] = span
    const [ax, ay] = [points[a][0] * scaleX, points[a][1] * scaleY]
    const [dx, dy] = [points[b][0] * scaleX - ax, points[b][1] * scaleY - ay]
    const square = dx * dx + dy * dy
    let [furthest, most] = [-1, toleranceM * toleranceM]
    for (let i = a + 1; i < b; i++) {
      const [px, py] = [points[i][0] * scaleX - ax, points[i][1] * scaleY - ay]
      const t = square > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / square)) : 0
      const [ex, ey] = [px - t * dx, py - t * dy]
      if (ex * ex + ey * ey > most) [furthest, most] = [i, ex * ex + ey * ey]
    }
    if (furthest < 0) continue
    keep[furthest] = 1
    stack.push([a, furthest], [furthest, b])
  }
  return points.filter((_, i) => keep[i])
}
