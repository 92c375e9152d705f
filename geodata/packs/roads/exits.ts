import type { Draft } from './draft.ts'
import type { Search, Wish } from './search.ts'

/** Where a road can leave the county: a node at the grid's edge, the cheapest one of its sector of eight. */
export interface Exit {
  place: number
  cost: number
  sector: number
}

/** The ways out of the county town, cheapest first. */
export function exitsOf(draft: Draft, search: Search, city: number, wish: Wish): Exit[] {
  search.find(city, { rest: () => Infinity, toward: city, pull: 0 }, wish)
  const { cols, rows } = draft.lattice
  const bySector = new Map<number, Exit>()
  for (let node = 0; node < cols * rows; node++) {
    const row = Math.floor(node / cols)
    const col = node - row * cols
    if (row > 0 && col > 0 && row < rows - 1 && col < cols - 1) continue
    const cost = search.costTo(node)
    if (cost === Infinity) continue
    const sector = sectorOf(draft.x(node) - draft.x(city), draft.y(node) - draft.y(city))
    const known = bySector.get(sector)
    if (!known || cost < known.cost) bySector.set(sector, { place: node, cost, sector })
  }
  return [...bySector.values()].sort((a, b) => a.cost - b.cost || a.place - b.place)
}

/** 0–7 round the compass. */
function sectorOf(dx: number, dy: number): number {
  const octant = Math.abs(dx) > Math.abs(dy) ? 0 : 1
  const half = (dy >= 0 ? 4 : 0) + (dx >= 0 === dy >= 0 ? 0 : 2)
  return half + (dx >= 0 === dy >= 0 ? octant : 1 - octant)
}

/** Sectors from one to another the shorter way round: 4 is straight across. */
export const gap = (a: number, b: number): number => Math.min((a - b + 8) % 8, (b - a + 8) % 8)
