import { cellSizeM, type Grid } from './grid.ts'

/**
 * Every third cell or so of the land, about 90 m apart: fine enough to look for sites and ways, small enough
 * to search. A node is the middle of one cell of the land, so heights there are exact.
 */
export interface Lattice {
  /** Cells of the land from one node to the next. */
  step: number
  cols: number
  rows: number
  /** Metres from one node to the next. */
  widthM: number
  heightM: number
}

const SPACING_M = 90

export function latticeOf(grid: Grid): Lattice {
  const { widthM, heightM } = cellSizeM(grid)
  const step = Math.max(1, Math.round(SPACING_M / Math.max(widthM, heightM)))
  return {
    step,
    cols: Math.floor(grid.cols / step),
    rows: Math.floor(grid.rows / step),
    widthM: widthM * step,
    heightM: heightM * step,
  }
}

/** The land's cell of a node. */
export function cellOfNode({ step, cols }: Lattice, grid: Grid, node: number): number {
  const row = Math.floor(node / cols)
  const half = step >> 1
  return (row * step + half) * grid.cols + (node - row * cols) * step + half
}

/** The node nearest to a cell of the land. */
export function nodeOfCell({ step, cols, rows }: Lattice, grid: Grid, cell: number): number {
  const row = Math.floor(cell / grid.cols)
  const r = Math.min(rows - 1, Math.floor(row / step))
  const c = Math.min(cols - 1, Math.floor((cell - row * grid.cols) / step))
  return r * cols + c
}

/** Straight metres between two nodes. */
export function apartM({ cols, widthM, heightM }: Lattice, a: number, b: number): number {
  const [ra, rb] = [Math.floor(a / cols), Math.floor(b / cols)]
  const dx = (a - ra * cols - (b - rb * cols)) * widthM
  const dy = (ra - rb) * heightM
  return Math.sqrt(dx * dx + dy * dy)
}
