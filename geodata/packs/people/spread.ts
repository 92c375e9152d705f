import { M_PER_DEG } from '../../../server/contract/geo.ts'
import type { Hamlet, Land, People, Village } from '../county.ts'
import { cellAt, cellLonLat, type Grid } from '../grid.ts'

const CELL_M = 100

/** People per cell of 100 m, by houses. Sums to the people of the villages, each hamlet's being in its village's. */
export function spread(
  land: Land,
  villages: readonly Village[],
  hamlets: readonly Hamlet[],
): Pick<People, 'grid' | 'perCell'> {
  const grid = gridOver(land.grid)
  const perCell = new Float32Array(grid.cols * grid.rows)
  const away = new Map<string, number>()
  for (const hamlet of hamlets) {
    away.set(hamlet.village, (away.get(hamlet.village) ?? 0) + hamlet.people)
    share(perCell, grid, land, hamlet.houses, hamlet.people)
  }
  for (const village of villages) {
    share(perCell, grid, land, village.houses, village.people - (away.get(village.id) ?? 0))
  }
  return { grid, perCell }
}

function gridOver({ west, north, cols, rows, dLon, dLat }: Grid): Grid {
  const latitude = ((north - (rows * dLat) / 2) * Math.PI) / 180
  const lat = CELL_M / M_PER_DEG
  const lon = lat / Math.cos(latitude)
  return {
    west,
    north,
    dLon: lon,
    dLat: lat,
    cols: Math.ceil((cols * dLon) / lon),
    rows: Math.ceil((rows * dLat) / lat),
  }
}

/** Whole people, spread evenly over the houses, so that the grid's sum is exact. */
function share(perCell: Float32Array, grid: Grid, land: Land, houses: Int32Array, people: number): void {
  const n = houses.length
  for (let i = 0; i < n; i++) {
    const here = Math.floor(((i + 1) * people) / n) - Math.floor((i * people) / n)
    perCell[cellAt(grid, cellLonLat(land.grid, houses[i]))] += here
  }
}
