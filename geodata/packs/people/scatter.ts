import { type Land } from '../county.ts'
import { cellOfNode, type Lattice } from '../lattice.ts'
import type { Random } from '../random.ts'
import { buildable, type Sites } from './sites.ts'

/**
 * `wanted` places to live, the better ground the likelier and the closer together, none near `kept` ones.
 * @param kept with the metres to keep free round each
 * @param taken 1 where somebody lives
 * @returns cells of the land; fewer than wanted only where nothing is left to build on
 */
export function scatter(
  land: Land,
  lattice: Lattice,
  sites: Sites,
  random: Random,
  wanted: number,
  kept: readonly { cell: number; keptM: number }[],
  taken: Uint8Array,
): number[] {
  const { grid } = land
  const candidates: { node: number; cell: number; key: number; room: number }[] = []
  for (let node = 0; node < sites.good.length; node++) {
    const u = random.next()
    // Villages stand apart from the ground's quality too: a poor side valley has its hamlet.
    const weight = sites.good[node] > 0.03 ? Math.sqrt(sites.around[node]) : 0
    if (weight < 0.1) continue
    const cell = cellOfNode(lattice, grid, node)
    if (!buildable(land, cell) || land.floodPlain[cell] || taken[cell]) continue
    candidates.push({
      node,
      cell,
      key: -Math.log(u + 1e-12) / weight,
      room: Math.min(1, sites.around[node] / 0.5),
    })
  }
  candidates.sort((a, b) => a.key - b.key || a.node - b.node)
  const chosen: { node: number; cell: number }[] = []
  for (let spacing = 1; chosen.length < wanted && spacing > 0.1; spacing *= 0.88) {
    const buckets = new Buckets(land, lattice)
    for (const one of kept) buckets.add(one.cell, one.keptM)
    for (const one of chosen) buckets.add(one.cell, 0)
    for (const { node, cell, room } of candidates) {
      if (chosen.length === wanted) break
      const apart = (1900 - 700 * room) * spacing
      if (!buckets.free(cell, apart)) continue
      buckets.add(cell, 0)
      chosen.push({ node, cell })
    }
  }
  return chosen.map(({ cell }) => cell)
}

/** Places in squares of 2 km, to find what is near. */
class Buckets {
  private readonly bySquare = new Map<number, { x: number; y: number; keptM: number }[]>()
  private readonly cellW: number
  private readonly cellH: number

  constructor(
    private readonly land: Land,
    lattice: Lattice,
  ) {
    this.cellW = lattice.widthM / lattice.step
    this.cellH = lattice.heightM / lattice.step
  }

  private at(cell: number): { x: number; y: number } {
    const { cols } = this.land.grid
    return { x: (cell % cols) * this.cellW, y: Math.floor(cell / cols) * this.cellH }
  }

  add(cell: number, keptM: number): void {
    const { x, y } = this.at(cell)
    const key = Math.floor(x / 2000) * 4096 + Math.floor(y / 2000)
    const there = this.bySquare.get(key)
    if (there) there.push({ x, y, keptM })
    else this.bySquare.set(key, [{ x, y, keptM }])
  }

  free(cell: number, apartM: number): boolean {
    const { x, y } = this.at(cell)
    const [sx, sy] = [Math.floor(x / 2000), Math.floor(y / 2000)]
    for (let i = -2; i <= 2; i++) {
      for (let j = -2; j <= 2; j++) {
        for (const other of this.bySquare.get((sx + i) * 4096 + sy + j) ?? []) {
          const need = Math.max(apartM, other.keptM)
          const [dx, dy] = [x - other.x, y - other.y]
          if (dx * dx + dy * dy < need * need) return false
        }
      }
    }
    return true
  }
}

/** Straight metres between two cells of the land. */
export function cellsApartM(land: Land, lattice: Lattice, a: number, b: number): number {
  const { cols } = land.grid
  const dx = ((a % cols) - (b % cols)) * (lattice.widthM / lattice.step)
  const dy = (Math.floor(a / cols) - Math.floor(b / cols)) * (lattice.heightM / lattice.step)
  return Math.sqrt(dx * dx + dy * dy)
}
