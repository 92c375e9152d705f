import { boxAt, overlap } from './box.ts'
import type { Box, Px } from './box.ts'
import { Crowd } from './crowd.ts'
import { FIRST_LED, SPOTS, middleAt } from './spots.ts'

/** A name, a flag or a number that wants to stand by a place. */
export interface Wish {
  id: string
  /** The smaller, the sooner it is placed. */
  rank: number
  at: Px
  /** Half the side of the symbol at the place: no label stands on any symbol. 0 = none. */
  radiusPx: number
  widthPx: number
  heightPx: number
  /** May it stand apart on a leader where it is crowded? Otherwise it is left out. */
  mayLead: boolean
}

export interface Placed {
  box: Box
  /** Which of its spots it has; given back in the next frame, it keeps it while it can. */
  spot: number
  /** From the place to the label. */
  leader: readonly [Px, Px] | null
}

export interface Room {
  widthPx: number
  heightPx: number
  /** Where nothing may stand: a legend on the map, the seams between a wall's screens. */
  taken?: readonly Box[]
}

/**
 * Places labels so that no two overlap, none covers a symbol, no leader runs through a label: by rank, among equals
 * those first that stood already. A label that stood keeps its spot unless something of more weight needs it.
 * @param before the spots of the last frame, by id
 * @returns what found room, by id
 */
export function solveLabels(
  wishes: readonly Wish[],
  room: Room,
  before: ReadonlyMap<string, number> = new Map(),
): Map<string, Placed> {
  const crowd = new Crowd()
  const seen: Box = { left: 0, top: 0, right: room.widthPx, bottom: room.heightPx }
  for (const box of room.taken ?? []) crowd.add(box)
  const symbols = new Map<string, Box>()
  for (const { id, at, radiusPx } of wishes) {
    if (radiusPx <= 0) continue
    const symbol = boxAt(at, 2 * radiusPx, 2 * radiusPx)
    symbols.set(id, symbol)
    if (overlap(symbol, seen)) crowd.add(symbol)
  }
  const isHeld = (id: string): number => (before.has(id) ? 0 : 1)
  const order = [...wishes].sort(
    (a, b) => a.rank - b.rank || isHeld(a.id) - isHeld(b.id) || (a.id < b.id ? -1 : 1),
  )
  const placed = new Map<string, Placed>()
  for (const wish of order) {
    const [x, y] = wish.at
    if (x < 0 || y < 0 || x > room.widthPx || y > room.heightPx) continue
    const found = place(wish, seen, crowd, symbols.get(wish.id), before.get(wish.id))
    if (!found) continue
    crowd.add(found.box)
    if (found.leader) crowd.addLine(found.leader)
    placed.set(wish.id, found)
  }
  return placed
}

function place(wish: Wish, seen: Box, crowd: Crowd, own: Box | undefined, held?: number): Placed | null {
  const last = wish.mayLead ? SPOTS : FIRST_LED
  for (let i = held === undefined || held >= last ? 0 : -1; i < last; i++) {
    const spot = i < 0 ? held! : i
    const box = boxAt(middleAt(spot, wish.at, wish), wish.widthPx, wish.heightPx)
    if (!within(box, seen) || !crowd.isFree(box)) continue
    if (spot < FIRST_LED) return { box, spot, leader: null }
    const leader = [wish.at, nearestOn(box, wish.at)] as const
    // Its own symbol is where the leader begins.
    if (crowd.isOpen(leader, own ?? box)) return { box, spot, leader }
  }
  return null
}

const within = (box: Box, seen: Box): boolean =>
  box.left >= seen.left && box.top >= seen.top && box.right <= seen.right && box.bottom <= seen.bottom

const nearestOn = ({ left, top, right, bottom }: Box, [x, y]: Px): Px => [
  Math.min(Math.max(x, left), right),
  Math.min(Math.max(y, top), bottom),
]
