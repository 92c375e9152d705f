import { M_PER_DEG, type LonLat } from '../../server/contract/geo.ts'
import type { Raster } from '../formats/raster.ts'

/** The cells on which a county is made. */
export type Grid = Raster

/** The middle of a cell. */
export function cellLonLat(grid: Grid, cell: number): LonLat {
  const row = Math.floor(cell / grid.cols)
  const col = cell - row * grid.cols
  return [grid.west + (col + 0.5) * grid.dLon, grid.north - (row + 0.5) * grid.dLat]
}

/** The cell that holds a point, or -1 outside. */
export function cellAt(grid: Grid, [lon, lat]: LonLat): number {
  const col = Math.floor((lon - grid.west) / grid.dLon)
  const row = Math.floor((grid.north - lat) / grid.dLat)
  return col < 0 || row < 0 || col >= grid.cols || row >= grid.rows ? -1 : row * grid.cols + col
}

/** Width and height of a cell in metres, at the middle of the grid. */
export function cellSizeM(grid: Grid): { widthM: number; heightM: number } {
  const middle = grid.north - (grid.rows / 2) * grid.dLat
  return {
    widthM: grid.dLon * M_PER_DEG * Math.cos((middle * Math.PI) / 180),
    heightM: grid.dLat * M_PER_DEG,
  }
}
