import { RANK } from './classes.ts'
import type { Draft } from './draft.ts'
import { Joined } from './joined.ts'
import { crossesWater, type Settled } from './settle.ts'

/** From a lane that leads nowhere to the nearest road, in metres; and its steepest grade. */
const LANE_M = 260
const LANE_GRADE = 0.11

/** Lanes that nothing has joined to the rest of their village get a way to the nearest road there. */
export function joinLanes(draft: Draft, { city, villages, seats }: Settled): void {
  const joined = new Joined(draft, city.middle)
  for (const { parts } of new Set([city, ...seats, ...villages])) {
    for (const part of parts) {
      if (part.length < 2 || joined.has(part[0])) continue
      let best: { a: number; b: number; metres: number } | null = null
      for (const a of part) {
        for (const b of joined.near(draft.x(a), draft.y(a), LANE_M)) {
          const metres = draft.apartM(a, b)
          if (metres > (best?.metres ?? LANE_M) || metres < 1) continue
          const rise = Math.abs(draft.heightM(a) - draft.heightM(b))
          if (rise < metres * LANE_GRADE && !crossesWater(draft, a, b)) best = { a, b, metres }
        }
      }
      if (!best) continue
      draft.addEdge(best.a, best.b, RANK.street, -1, true)
      joined.refresh()
    }
  }
}
