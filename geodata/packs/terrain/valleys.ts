import { smoothstep } from '../noise.ts'
import { DX, DY, type Drainage } from './drainage.ts'
import type { Ground } from './erode.ts'
import { apartM } from './field.ts'

/** Streams from here on have cut a floor, km². */
const FLOOR_KM2 = 1.5
/** How far the cutting reaches at most. */
const WIDEST_M = 900
/** Slope of the valley sides above a floor. */
const SIDE = 0.63

/** Width of the water of a river that drains this much (hydraulic geometry, w ∝ √A). */
export const riverWidthM = (areaKm2: number): number => 2.1 * Math.sqrt(areaKm2)

const reachM = (floorM: number): number => Math.min(WIDEST_M, 6 * floorM + 90)

/**
 * Widens valleys to floors: beside a stream the ground is drawn down to a gentle rise from its bed, wide where the
 * rock is weak or the stream large. The bed of a wide river is as broad as its water. Changes `ground.height`;
 * returns 1 on the beds.
 */
export function cutFloors(ground: Ground, flow: Drainage): Uint8Array {
  const beds = new Uint8Array(ground.height.length)
  const { frame, height, steepness, basin } = ground
  const { cols, rows, cellM } = frame
  const nearest = new Int32Array(height.length).fill(-1)
  const buckets: number[][] = Array.from({ length: Math.ceil((WIDEST_M * 2) / cellM) + 2 }, () => [])
  const floorM = (cell: number) => {
    const soft = Math.min(2.2, Math.max(0.35, 0.05 / steepness[cell]))
    return Math.min(280, 13 * soft * Math.sqrt(flow.areaKm2[cell]))
  }
  for (let i = 0; i < height.length; i++) {
    if (flow.areaKm2[i] < FLOOR_KM2) continue
    nearest[i] = i
    beds[i] = 1
    buckets[0].push(i)
  }
  const away = (cell: number, source: number) => apartM(frame, cell, source)
  const shaped: number[] = []
  for (const [ring, bucket] of buckets.entries()) {
    for (const cell of bucket) {
      const source = nearest[cell]
      const reach = reachM(floorM(source))
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
    const wet = metres <= water + cellM / 3
    const floor = wet ? 0.1 : 1.2 + 0.012 * (metres - water) + SIDE * Math.max(0, metres - half)
    if (wet) beds[cell] = 1
    const over = height[cell] - bed - floor
    const keep = Math.max(smoothstep(0.65, 1, metres / reachM(half)), wet ? 0 : basin[cell] * 0.8)
    if (over > 0) height[cell] = bed + floor + over * keep
  }
  return beds
}
