import { STRIDE } from './active.ts'
import { SIDE } from './lattice.ts'

/**
 * Sides of a block's cells by number: those from a corner to the east, then those from a corner to the north,
 * then, from `INNER_SIDES` on, those within cells. Cells that share a side so agree on its crossing.
 */
export const NORTHWARD = STRIDE * (SIDE + 1)
export const INNER_SIDES = 2 * NORTHWARD

/** South-west, south-east, north-east, north-west corner of the cell by its first. */
export const cornersOf = (corner: number): number[] => [
  corner,
  corner + 1,
  corner + STRIDE + 1,
  corner + STRIDE,
]

/** South, east, north, west side of the cell. */
export const sidesOf = (corner: number): number[] => [0, 1, 2, 3].map(side => sideOf(corner, side))

/** One of them by its place in that order. */
export function sideOf(corner: number, side: number): number {
  if (side === 0) return corner
  if (side === 1) return NORTHWARD + corner + 1
  return side === 2 ? corner + STRIDE : NORTHWARD + corner
}

/** Does the side lie between this block and another? */
export function isOnBorder(side: number): boolean {
  if (side >= INNER_SIDES) return false
  if (side < NORTHWARD) return side < STRIDE || side >= SIDE * STRIDE
  const x = (side - NORTHWARD) % STRIDE
  return x === 0 || x === SIDE
}

/** A number for a side on the border that both its blocks give it; `width` points in a row of the lattice. */
export function lastingNumber(side: number, column: number, row: number, width: number): number {
  const northward = side >= NORTHWARD ? 1 : 0
  const corner = side - northward * NORTHWARD
  const x = corner % STRIDE
  return ((row + (corner - x) / STRIDE) * width + column + x) * 2 + northward
}
