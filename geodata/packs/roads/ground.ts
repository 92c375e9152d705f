import type { LonLat } from '../../../server/contract/geo.ts'
import { LAKE, type Land } from '../county.ts'
import { cellSizeM } from '../grid.ts'

/** The land in metres: x eastwards from the grid's western edge, y southwards from its northern one. */
export class Ground {
  readonly cellW: number
  readonly cellH: number

  constructor(readonly land: Land) {
    const { widthM, heightM } = cellSizeM(land.grid)
    this.cellW = widthM
    this.cellH = heightM
  }

  x(cell: number): number {
    return ((cell % this.land.grid.cols) + 0.5) * this.cellW
  }

  y(cell: number): number {
    return (Math.floor(cell / this.land.grid.cols) + 0.5) * this.cellH
  }

  /** The cell under a point; a point outside gets the nearest one. */
  cell(x: number, y: number): number {
    const { cols, rows } = this.land.grid
    const col = Math.max(0, Math.min(cols - 1, Math.floor(x / this.cellW)))
    const row = Math.max(0, Math.min(rows - 1, Math.floor(y / this.cellH)))
    return row * cols + col
  }

  /** Metres above the sea, between the middles of cells. */
  height(x: number, y: number): number {
    const { cols, rows } = this.land.grid
    const h = this.land.heightM
    const c = Math.max(0, Math.min(cols - 1.001, x / this.cellW - 0.5))
    const r = Math.max(0, Math.min(rows - 1.001, y / this.cellH - 0.5))
    const [c0, r0] = [Math.floor(c), Math.floor(r)]
    const [u, v] = [c - c0, r - r0]
    const i = r0 * cols + c0
    const top = h[i] + (h[i + 1] - h[i]) * u
    const below = h[i + cols] + (h[i + cols + 1] - h[i + cols]) * u
    return top + (below - top) * v
  }

  /** Is there a lake within some metres of a point? */
  byLake(x: number, y: number, marginM: number): boolean {
    const { water } = this.land
    return (
      water[this.cell(x, y)] === LAKE ||
      water[this.cell(x - marginM, y)] === LAKE ||
      water[this.cell(x + marginM, y)] === LAKE ||
      water[this.cell(x, y - marginM)] === LAKE ||
      water[this.cell(x, y + marginM)] === LAKE
    )
  }

  lonLat(x: number, y: number): LonLat {
    const { west, north, dLon, dLat } = this.land.grid
    return [west + (x / this.cellW) * dLon, north - (y / this.cellH) * dLat]
  }
}
