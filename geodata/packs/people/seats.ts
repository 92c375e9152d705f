import { DRY, type Land } from '../county.ts'
import { apartM, cellOfNode, nodeOfCell, type Lattice } from '../lattice.ts'
import { boxMean, buildable, type Sites } from './sites.ts'

export interface Seats {
  /** The middle of the county town, a cell of the land. */
  countyTown: number
  /** The middles of the other towns. */
  towns: number[]
}

/**
 * Where the county town and `towns` others stand: the widest level ground by the main river, then spread.
 * Fewer, and −1 for the county town, where there is no ground to build on.
 */
export function seatsOf(land: Land, lattice: Lattice, sites: Sites, towns: number, areaKm2: number): Seats {
  const main = widestLevel(land, lattice, areaKm2)
  if (main < 0) return { countyTown: -1, towns: [] }
  const chosen = [main]
  const room = boxMean(
    sites.good.map((good, node) => (sites.slopeDeg[node] < 7 ? good : 0)),
    lattice,
    7,
  )
  const fairM = Math.sqrt((areaKm2 * 1e6) / (towns + 1))
  for (let near = 0.75; chosen.length <= towns && near > 0.05; near *= 0.9) {
    let [best, most] = [-1, 0]
    for (let node = 0; node < room.length; node++) {
      if (room[node] < 0.01 || sites.good[node] < 0.02) continue
      if (!buildable(land, cellOfNode(lattice, land.grid, node))) continue
      let nearest = Infinity
      for (const [i, other] of chosen.entries()) {
        nearest = Math.min(nearest, apartM(lattice, node, other) * (i === 0 ? 0.85 : 1))
      }
      if (nearest < near * fairM) continue
      const spread = Math.min(1.25, nearest / fairM)
      const score = Math.sqrt(Math.min(room[node], 0.35)) * spread * spread
      if (score > most) [best, most] = [node, score]
    }
    if (best < 0) continue
    chosen.push(best)
    near /= 0.9
  }
  const [countyTown, ...others] = chosen.map(node => cellOfNode(lattice, land.grid, node))
  return { countyTown, towns: others }
}

/** The node with most level ground round it, near the main river and away from the border. */
function widestLevel(land: Land, lattice: Lattice, areaKm2: number): number {
  const { grid } = land
  const count = lattice.cols * lattice.rows
  const level = new Float32Array(count)
  for (let node = 0; node < count; node++) {
    const cell = cellOfNode(lattice, grid, node)
    const fit = land.inside[cell] && land.water[cell] === DRY && land.slopeDeg[cell] < 4
    if (fit) level[node] = land.aboveWaterM[cell] < 60 ? 1 : 0.4
  }
  const reach = Math.max(7, Math.min(20, Math.round(Math.sqrt(areaKm2) / 2.2)))
  const room = boxMean(level, lattice, reach)
  const river = nearMainRiver(land, lattice)
  let [best, most] = [-1, 0]
  for (let node = 0; node < count; node++) {
    const x = (2 * (node % lattice.cols)) / lattice.cols - 1
    const y = (2 * Math.floor(node / lattice.cols)) / lattice.rows - 1
    const r2 = x * x + y * y
    const score = room[node] * (1 - 0.7 * r2) * river(node)
    if (score <= most || !buildable(land, cellOfNode(lattice, grid, node))) continue
    ;[best, most] = [node, score]
  }
  return best
}

function nearMainRiver(land: Land, lattice: Lattice): (node: number) => number {
  const order = land.rivers.reduce((high, river) => Math.max(high, river.order), 0)
  const along: number[] = []
  for (const river of land.rivers) {
    if (river.order < order) continue
    for (let i = 0; i < river.cells.length; i += 20)
      along.push(nodeOfCell(lattice, land.grid, river.cells[i]))
  }
  return node => {
    let least = Infinity
    for (const other of along) least = Math.min(least, apartM(lattice, node, other))
    return 1 / (1 + Math.max(0, least - 900) / 1500)
  }
}
