import { RANK } from './classes.ts'
import type { Draft } from './draft.ts'
import { joinedTo } from './lay.ts'
import { crossesWater, type Settled } from './settle.ts'

/** From a lane that leads nowhere to the nearest road, in metres; and its steepest grade. */
const LANE_M = 260
const LANE_GRADE = 0.11

/** Lanes that nothing has joined to the rest of their village get a way to the nearest road there. */
export function joinLanes(draft: Draft, { city, villages, seats }: Settled): void {
  const joined = joinedTo(draft, city.middle)
  const roads = new Places(draft, joined)
  for (const { parts } of new Set([city, ...seats, ...villages])) {
    for (const part of parts) {
      if (part.length < 2 || joined[part[0]]) continue
      let best: { a: number; b: number; metres: number } | null = null
      for (const a of part) {
        for (const b of roads.near(a)) {
          const metres = draft.apartM(a, b)
          if (metres > (best?.metres ?? LANE_M) || metres < 1) continue
          const rise = Math.abs(draft.heightM(a) - draft.heightM(b))
          if (rise < metres * LANE_GRADE && !crossesWater(draft, a, b)) best = { a, b, metres }
        }
      }
      if (!best) continue
      draft.addEdge(best.a, best.b, RANK.street, -1, true)
      for (const place of part) roads.add(place)
    }
  }
}

/** Places on joined roads, by squares of 300 m. */
class Places {
  private readonly bySquare = new Map<number, number[]>()

  constructor(
    private readonly draft: Draft,
    joined: Uint8Array,
  ) {
    const seen = new Set<number>()
    for (const { a, b, rank } of draft.edges) {
      if (rank === RANK.motorway || rank === RANK.path) continue
      for (const place of [a, b]) {
        if (!joined[place] || seen.has(place)) continue
        seen.add(place)
        this.add(place)
      }
    }
  }

  add(place: number): void {
    const key = this.key(place, 0, 0)
    const there = this.bySquare.get(key)
    if (there) there.push(place)
    else this.bySquare.set(key, [place])
  }

  near(place: number): number[] {
    const out: number[] = []
    for (let i = -1; i <= 1; i++) {
      for (let j = -1; j <= 1; j++) out.push(...(this.bySquare.get(this.key(place, i, j)) ?? []))
    }
    return out
  }

  private key(place: number, i: number, j: number): number {
    return (Math.floor(this.draft.y(place) / 300) + i) * 4096 + Math.floor(this.draft.x(place) / 300) + j
  }
}
