import type { Land } from '../county.ts'
import { cellLonLat, cellSizeM } from '../grid.ts'
import type { LonLat } from '../../../server/contract/geo.ts'

/** The ground whose water first comes to one outlet, and where that outlet's water goes next. */
export interface Basin {
  km2: number
  /** Middle of blocks of the ground, with their share of its area. */
  blocks: { at: LonLat; share: number }[]
  /** Index of the next outlet downstream, -1 when there is none; and how far. */
  below: number
  belowKm: number
}

/** Cells of the land to a block's side: rain is smooth over 1.5 km. */
const BLOCK = 48

/** Divides the land among outlets (cells on rivers, dams): each cell belongs to the first that its water meets. */
export function basinsOf(land: Land, outlets: readonly number[]): Basin[] {
  const { grid, receiver } = land
  const size = cellSizeM(grid)
  const count = grid.cols * grid.rows
  const owner = new Int16Array(count).fill(-2)
  const at = new Map(outlets.map((cell, i) => [cell, i]))
  for (const [cell, i] of at) owner[cell] = i
  const path: number[] = []
  for (let start = 0; start < count; start++) {
    let cell = start
    while (cell >= 0 && owner[cell] === -2) {
      path.push(cell)
      cell = receiver[cell]
    }
    const found = cell < 0 ? -1 : owner[cell]
    for (const each of path) owner[each] = found
    path.length = 0
  }
  const cellKm2 = (size.widthM * size.heightM) / 1e6
  const across = Math.ceil(grid.cols / BLOCK)
  const counts = outlets.map(() => new Map<number, number>())
  for (let cell = 0; cell < count; cell++) {
    if (owner[cell] < 0) continue
    const row = Math.floor(cell / grid.cols)
    const block = Math.floor(row / BLOCK) * across + Math.floor((cell - row * grid.cols) / BLOCK)
    counts[owner[cell]].set(block, (counts[owner[cell]].get(block) ?? 0) + 1)
  }
  return outlets.map((outlet, i) => {
    const cells = [...counts[i].values()].reduce((a, b) => a + b, 0)
    const blocks = [...counts[i]].map(([block, n]) => {
      const row = Math.min(grid.rows - 1, Math.floor(block / across) * BLOCK + BLOCK / 2)
      const col = Math.min(grid.cols - 1, (block % across) * BLOCK + BLOCK / 2)
      return { at: cellLonLat(grid, row * grid.cols + col), share: n / cells }
    })
    let [below, steps] = [-1, 0]
    for (let cell = receiver[outlet]; cell >= 0; cell = receiver[cell], steps++) {
      const next = at.get(cell)
      if (next === undefined) continue
      below = next
      break
    }
    return { km2: cells * cellKm2, blocks, below, belowKm: (steps * 1.2 * size.widthM) / 1000 }
  })
}
