import { smoothstep } from '../noise.ts'
import { DX, DY, type Drainage } from './drainage.ts'
import type { Ground } from './erode.ts'

/** Streams from here on have cut a floor, km². */
const FLOOR_KM2 = 1.5
/** How far a floor reaches at most. */
const WIDEST_M = 700

/** Width of the water of a river that drains this much (hydraulic geometry, w ∝ √A). */
export const riverWidthM = (areaKm2: number): number => 2.1 * Math.sqrt(areaKm2)

/**
 * Widens valleys to floors: beside a stream the ground is drawn down to a gentle rise from its bed, wide where the
 * rock is weak or the stream large. The bed of a wide river is as broad as its water. Changes `ground.height`.
 */
export function cutFloors(ground: Ground, flow: Drainage): void {
  const { frame, height, steepness, basin } = ground
  const { cols, rows, cellM } = frame
  const nearest = new Int32Array(height.length).fill(-1)
  const buckets: number[][] = Array.from({ length: Math.ceil((WIDEST_M * 2) / cellM) + 2 }, () => [])
  const floorM = (cell: number) => {
    const soft = Math.min(2.2, Math.max(0.35, 0.05 / steepness[cell]))
    return Math.min(260, 10 * soft * Math.sqrt(flow.areaKm2[cell]))
  }
  for (let i = 0; i < height.length; i++) {
    if (flow.areaKm2[i] < FLOOR_KM2) continue
    nearest[i] = i
    buckets[0].push(i)
  }
  const away = (cell: number, source: number) => {
    const dx = (cell % cols) - (source % cols)
    const dy = Math.floor(cell / cols) - Math.floor(source / cols)
    return Math.sqrt(dx * dx + dy * dy) * cellM
  }
  const shaped: number[] = []
  for (const [ring, bucket] of buckets.entries()) {
    for (const cell of bucket) {
      const source = nearest[cell]
      const reach = Math.min(WIDEST_M, 2.6 * floorM(source) + 30)
      const x = cell % cols
      const y = (cell - x) / cols
      for (let d = 0; d < 8; d++) {
        const [nx, ny] = [x + DX[d], y + DY[d]]
        if (nx < 0 || ny < 0 || nx >= cols || ny >= rows) continue
        const to = ny * cols + nx
        if (nearest[to] === source) continue
        const metres = away(to, source)
        if (metres > reach || (nearest[to] >= 0 && away(to, nearest[to]) <= metres)) continue
        if (nearest[to] < 0) shaped.push(to)
        nearest[to] = source
        buckets[Math.max(ring, Math.floor((2 * metres) / cellM))]?.push(to)
      }
    }
  }
  for (const cell of shaped) {
    const source = nearest[cell]
    const metres = away(cell, source)
    const bed = height[source]
    const half = floorM(source)
    const water = riverWidthM(flow.areaKm2[source]) / 2
    const floor = metres <= water + cellM / 3 ? 0.1 : 1.2 + 0.012 * (metres - water)
    const over = height[cell] - bed - floor
    const keep = Math.max(
      smoothstep(half * 0.9, half * 2.6 + 30, metres),
      metres > water + cellM / 3 ? basin[cell] * 0.8 : 0,
    )
    if (over > 0) height[cell] = bed + floor + over * keep
  }
}
