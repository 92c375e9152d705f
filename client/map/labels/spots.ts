import type { Px } from './box.ts'

/** Directions in the order in which a reader expects a name: right, left, above, below, then aslant. */
const NEAR: readonly Px[] = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
]
const GAP_PX = 4
/** How far from its place a label on a leader stands, in heights of the label, and in how many directions. */
const FAR = [1.6, 2.8, 4.2, 6, 8]
const DIRECTIONS = 16

/** Where a label may stand by its place, the best first; from `FIRST_LED` on it needs a leader. */
export const FIRST_LED = NEAR.length
export const SPOTS = NEAR.length + FAR.length * DIRECTIONS

/**
 * The middle of a label at one of its spots.
 * @param radiusPx half the side of the symbol that it names
 */
export function middleAt(
  spot: number,
  at: Px,
  { widthPx, heightPx, radiusPx }: { widthPx: number; heightPx: number; radiusPx: number },
): Px {
  const [halfW, halfH] = [widthPx / 2, heightPx / 2]
  if (spot < FIRST_LED) {
    const [dx, dy] = NEAR[spot]!
    const aslant = dx !== 0 && dy !== 0
    // Aslant it stands by the symbol's corner.
    const room = radiusPx + (aslant ? 0 : GAP_PX)
    return [at[0] + dx * (room + halfW), at[1] + dy * (room + halfH)]
  }
  const far = spot - FIRST_LED
  const distance = radiusPx + FAR[Math.floor(far / DIRECTIONS)]! * heightPx
  const angle = (2 * Math.PI * ((far % DIRECTIONS) + 0.5)) / DIRECTIONS
  const [dx, dy] = [Math.cos(angle), -Math.sin(angle)]
  return [at[0] + dx * (distance + halfW), at[1] + dy * (distance + halfH)]
}
