import { DRY, LAKE, RIVER, type Land } from '../county.ts'
import { cellOfNode, type Lattice } from '../lattice.ts'
import { CLASS_RULES, RANK, type Rank } from './classes.ts'
import { riverWidthM } from '../terrain/valleys.ts'

/** How a new road of a class is built, in metres of good road that a metre of it counts for. */
export interface Builder {
  rank: Rank
  /** Grade to stay below while searching; the class allows a little more. */
  grade: number
  /** What a metre of climb beyond the grade counts for; the road is fitted to the slope afterwards. */
  perExcessM: number
  /** Metres of excess that one move may have, on level ground, and by how much the road may shift on a slope. */
  slackM: number
  shiftM: number
  earthM: number
  /** Counts for more beyond the county's border, and among a village's houses. */
  outside: number
  houses: number
  /** What climb, slope, earth and wet ground count for beside the mere length. */
  effort: number
}

export const builderOf = (rank: Rank, more: Partial<Builder> = {}): Builder => ({
  rank,
  grade: CLASS_RULES[rank].grade * (rank === RANK.track ? 0.7 : 0.85),
  perExcessM: 120,
  slackM: 1,
  shiftM: 6,
  earthM: CLASS_RULES[rank].earthM,
  outside: 1.5,
  houses: 1.2,
  effort: 1,
  ...more,
})

/** Half of the 32 ways to step on: to the nodes within three rows and columns, no two in one direction. */
export const STEPS: readonly (readonly [dCol: number, dRow: number])[] = [
  [1, 0], [0, 1], [1, 1], [-1, 1],
  [2, 1], [1, 2], [-1, 2], [-2, 1],
  [3, 1], [1, 3], [-1, 3], [-3, 1],
  [3, 2], [2, 3], [-2, 3], [-3, 2],
] // prettier-ignore

/** Cells that something else holds: what they are bit by bit. */
export const HELD = {
  /** A town's houses: roads keep to its streets. */
  town: 1,
  /** A motorway or a railway: may be crossed. */
  line: 2,
  /** Kept free for ramps. */
  kept: 4,
  /** A village's houses: a road may run through. */
  village: 8,
} as const

/**
 * What building a road from one node of the lattice to another costs, worked out when first asked for.
 * Costs hold in both directions.
 */
export class Moves {
  private readonly costs: Float32Array
  private readonly between: number[][]
  readonly lengths: number[]

  constructor(
    private readonly land: Land,
    private readonly lattice: Lattice,
    private readonly held: Uint8Array,
    private readonly builder: Builder,
  ) {
    this.costs = new Float32Array(lattice.cols * lattice.rows * STEPS.length)
    this.lengths = STEPS.map(([dc, dr]) => {
      const [dx, dy] = [dc * lattice.widthM, dr * lattice.heightM]
      return Math.sqrt(dx * dx + dy * dy)
    })
    const { cols } = land.grid
    this.between = STEPS.map(([dc, dr]) => {
      const n = Math.max(Math.abs(dc), Math.abs(dr)) * lattice.step
      const out: number[] = []
      for (let k = 1; k <= n; k++) {
        out.push(Math.round((dr * lattice.step * k) / n) * cols + Math.round((dc * lattice.step * k) / n))
      }
      return out
    })
  }

  /** From a node by a step, or back; Infinity where no road can go. The step must stay on the lattice. */
  cost(node: number, step: number): number {
    const i = node * STEPS.length + step
    const known = this.costs[i]
    return known === 0 ? (this.costs[i] = this.reckon(node, step)) : known
  }

  private reckon(node: number, step: number): number {
    const { land, lattice, builder } = this
    const cell = cellOfNode(lattice, land.grid, node)
    const offsets = this.between[step]
    const n = offsets.length
    const end = cell + offsets[n - 1]
    const h0 = land.heightM[cell]
    const rise = land.heightM[end] - h0
    const length = this.lengths[step]
    const steep = Math.tan(((land.slopeDeg[cell] + land.slopeDeg[end]) * Math.PI) / 360)
    // On a slope the road can shift sideways to gain or lose height: see fit.ts.
    const shift = builder.shiftM * steep
    const excess = Math.max(0, Math.abs(rise) - builder.grade * length)
    if (excess > builder.slackM + shift) return Infinity
    if (this.barred(cell) || this.barred(end)) return Infinity
    let wet = land.water[cell] === RIVER
    let [sum, crossings, before, bank] = [0, 0, cell, 0]
    let onLine = false
    for (let k = 0; k < n; k++) {
      const at = cell + offsets[k]
      const water = land.water[at]
      if (water === LAKE || this.held[at] & (HELD.town | HELD.kept)) return Infinity
      const slope = land.slopeDeg[at] / 14
      const off = Math.abs(land.heightM[at] - h0 - (rise * (k + 1)) / n)
      if (off > 2 * builder.earthM + shift) return Infinity
      const earth = off / builder.earthM
      const houses = this.held[at] & HELD.village ? builder.houses : 0
      sum += slope * slope + earth * earth + houses + (land.floodPlain[at] ? 0.35 : 0)
      if (water === RIVER && !wet) bank = bankOf(land, at, before)
      // To touch a river and stay on its bank is no crossing: the road is moved out of it afterwards.
      if (wet && water !== RIVER && bank * bankOf(land, before, at) <= 0) {
        crossings += 60 + 8 * riverWidthM(land.upstreamKm2[before])
      }
      wet = water === RIVER
      before = at
      const line = (this.held[at] & HELD.line) !== 0
      if (line && !onLine) crossings += 350
      onLine = line
    }
    const climb = Math.min(1, Math.abs(rise) / (length * builder.grade))
    const far = land.inside[end] ? 1 : builder.outside
    return (
      far *
      (length * (1 + builder.effort * (0.7 * climb * climb + sum / n)) +
        builder.perExcessM * excess +
        crossings)
    )
  }

  /** No road turns or ends in a lake, in a large river, on a railway or among a town's houses. */
  private barred(cell: number): boolean {
    const { land, held } = this
    if ((held[cell] & ~HELD.village) !== 0) return true
    return land.water[cell] !== DRY && (land.water[cell] === LAKE || land.upstreamKm2[cell] > 8)
  }
}

/** Downstream far enough to have left the bends of a cell or two behind. */
const AHEAD = 8

/** On which side of a river cell's flow another cell lies: the sign tells left from right. */
function bankOf({ receiver, grid }: Land, river: number, cell: number): number {
  let ahead = river
  for (let k = 0; k < AHEAD && receiver[ahead] >= 0; k++) ahead = receiver[ahead]
  const { cols } = grid
  const row = Math.floor(river / cols)
  const col = river - row * cols
  const [fr, fc] = [Math.floor(ahead / cols) - row, (ahead % cols) - col]
  const [dr, dc] = [Math.floor(cell / cols) - row, (cell % cols) - col]
  return fc * dr - fr * dc
}
