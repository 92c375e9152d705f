import type { LonLat } from '../../../server/contract/geo.ts'
import { LAKE, RIVER } from '../county.ts'
import { Crowd } from './crowd.ts'
import { apartM, cellOf, cellsAround, type Ground, lonLatOf, round6 } from './ground.ts'
import type { Make } from './make.ts'
import { disc, holds, hull, overlap, type Ring, ringOf } from './ring.ts'
import { drawn } from './sites.ts'

export const GEOHAZARD_KINDS = ['landslide', 'rockfall', 'debrisFlow', 'collapse', 'fissure'] as const
export type GeohazardKind = (typeof GEOHAZARD_KINDS)[number]

/** A slope that may come down, and where to. */
export interface HazardArea {
  /** On the steep slope. */
  cell: number
  kind: GeohazardKind
  slopeDeg: number
  /** The house or road that its fall line comes to. */
  target: number
  people: number
  ring: Ring
  squareM: number
}

const STEEP_DEG = 25
/** A fall line longer than this does not count as above what lies at its end. */
const REACH_M = 420
/** A house this near to the fall line is reached by what comes down it. */
const BESIDE_M = 70
const ROAD_WITHIN_M = 350
/** It stands at least this much above what it threatens. */
const ABOVE_M = 12
const APART_M = 330

/**
 * Slopes of 25° and more from which the fall line comes to a house or a road within 420 m: those above houses
 * first. Each has a convex area round its fall line, from the head of the slope to beyond what it would hit.
 * @returns at most `wanted`, in order of chance; fewer where the land has no more
 */
export function hazardAreas(
  { ground, random }: Make,
  wanted: number,
  mines: readonly number[],
): HazardArea[] {
  const { land } = ground
  const targets = new Map<number, number>()
  const cells = drawn(ground, random, cell => {
    if (land.slopeDeg[cell] < STEEP_DEG || land.water[cell] || ground.houseM[cell] < 45) return 0
    if (ground.roadM[cell] > REACH_M && ground.houseM[cell] > REACH_M) return 0
    const target = targetBelow(ground, cell)
    // Nobody is led away on foot where the next road is too far.
    if (target < 0 || ground.roadM[target] > ROAD_WITHIN_M) return 0
    if (land.heightM[cell] - land.heightM[target] < ABOVE_M) return 0
    targets.set(cell, target)
    return 1
  })
  const out: HazardArea[] = []
  const starts = new Crowd(ground, APART_M)
  // What overlaps once overlaps for good: it is not looked at again with less distance.
  const refused = new Set<number>()
  const take = (from: readonly number[], least: number): void => {
    for (let apart = APART_M; out.length < wanted && apart > least; apart *= 0.7) {
      for (const cell of from) {
        if (out.length === wanted) return
        if (refused.has(cell) || starts.within(cell, apart)) continue
        const area = areaOf(ground, cell, targets.get(cell)!, mines, random.next())
        if (!area || out.some(h => overlap(h.ring, area.ring))) {
          refused.add(cell)
          continue
        }
        for (const within of cellsIn(ground, area.ring)) {
          area.people += ground.perCell[within]
          area.squareM += ground.widthM * ground.heightM
        }
        out.push(area)
        starts.add(cell)
      }
    }
  }
  take(
    cells.filter(cell => ground.houseM[targets.get(cell)!] <= BESIDE_M),
    90,
  )
  take(cells, 150)
  return out
}

/** Down the fall line to the first house, or else the first road; -1 when neither is in reach. */
function targetBelow(ground: Ground, cell: number): number {
  const { land, houseM, roadM } = ground
  let metres = 0
  let road = -1
  for (let at = cell; ;) {
    const next = land.receiver[at]
    if (next < 0) return road
    metres += apartM(ground, at, next)
    if (metres > REACH_M || land.water[next] === LAKE) return road
    if (metres > 45 && houseM[next] <= BESIDE_M) return next
    if (metres > 45 && roadM[next] === 0 && road < 0) road = next
    if (land.water[next] === RIVER) return road
    at = next
  }
}

function areaOf(
  ground: Ground,
  cell: number,
  target: number,
  mines: readonly number[],
  u: number,
): HazardArea | null {
  const { land } = ground
  const line = [headOf(ground, cell)]
  let gully = 0
  for (let at = cell; at !== target; at = land.receiver[at]) {
    line.push(at)
    gully = Math.max(gully, land.upstreamKm2[at])
  }
  line.push(target)
  const past = land.receiver[target]
  if (past >= 0 && land.water[past] !== RIVER) line.push(past)
  const discs: LonLat[] = []
  for (const [i, at] of line.entries()) {
    // Wider at its foot, where what comes down spreads.
    discs.push(...disc(lonLatOf(ground, at), 22 + 8 * u + (22 * i) / line.length))
  }
  const houses = ground.houseM[target] <= BESIDE_M ? Math.max(40, ground.houseM[target] + 10) : 0
  for (const near of cellsAround(ground, target, houses)) {
    if (ground.village[near] >= 0 && land.heightM[near] < land.heightM[cell])
      discs.push(...disc(lonLatOf(ground, near), 25))
  }
  const ring = ringOf(hull(discs).map(round6))
  if (!ring.points.every(p => land.inside[cellOf(ground, p)])) return null
  const slopeDeg = land.slopeDeg[cell]
  return {
    cell,
    kind: kindOf(ground, cell, slopeDeg, gully, mines, u),
    slopeDeg,
    target,
    people: 0,
    ring,
    squareM: 0,
  }
}

/** Cells with their middle in a ring. */
export function cellsIn(ground: Ground, ring: Ring): number[] {
  const { cols } = ground.land.grid
  const [first, last] = [cellOf(ground, [ring.west, ring.north]), cellOf(ground, [ring.east, ring.south])]
  const out: number[] = []
  for (let row = Math.floor(first / cols); row <= Math.floor(last / cols); row++) {
    for (let col = first % cols; col <= last % cols; col++) {
      const cell = row * cols + col
      if (holds(ring, lonLatOf(ground, cell))) out.push(cell)
    }
  }
  return out
}

/** Two steps up the steepest way. */
function headOf(ground: Ground, cell: number): number {
  const { land } = ground
  let head = cell
  for (let step = 0; step < 2; step++) {
    let best = head
    for (const up of cellsAround(ground, head, 1.1 * Math.max(ground.widthM, ground.heightM))) {
      if (land.heightM[up] > land.heightM[best]) best = up
    }
    head = best
  }
  return head
}

function kindOf(
  ground: Ground,
  cell: number,
  slopeDeg: number,
  gullyKm2: number,
  mines: readonly number[],
  u: number,
): GeohazardKind {
  if (gullyKm2 > 0.15) return 'debrisFlow'
  if (u < 0.5 && mines.some(m => apartM(ground, m, cell) < 1200)) return u < 0.3 ? 'collapse' : 'fissure'
  return slopeDeg + 8 * u > 40 ? 'rockfall' : 'landslide'
}
