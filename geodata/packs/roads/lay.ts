import { Heap } from '../heap.ts'
import { RANK, type Rank } from './classes.ts'
import type { Draft } from './draft.ts'
import type { Leg } from './search.ts'

/** Builds what a search found: new edges over open ground, old ones widened to the rank. */
export function lay(draft: Draft, legs: readonly Leg[], rank: Rank, road: number): number[] {
  return legs.map(({ from, to, edge }) => {
    if (edge < 0) return draft.addEdge(from, to, rank, road, false)
    const there = draft.edges[edge]
    if (there.rank > rank) {
      there.rank = rank
      there.road = road
    } else if (there.rank === rank && there.road < 0) {
      there.road = road
    }
    return edge
  })
}

/** Metres along the roads, whichever way they may be driven; paths and railways are none. */
export class RoadMetres {
  private readonly heap = new Heap()

  constructor(private readonly draft: Draft) {}

  /** To every place within the limit. */
  from(start: number, limitM: number): Map<number, number> {
    return this.spread(start, -1, limitM)
  }

  /** Infinity beyond the limit. */
  between(a: number, b: number, limitM: number): number {
    return this.spread(a, b, limitM).get(b) ?? Infinity
  }

  private spread(start: number, target: number, limitM: number): Map<number, number> {
    const { draft, heap } = this
    const best = new Map<number, number>([[start, 0]])
    const done = new Set<number>()
    heap.clear()
    heap.push(0, start)
    while (heap.size > 0) {
      const place = heap.pop()
      if (place === target) break
      if (done.has(place)) continue
      done.add(place)
      const metres = best.get(place)!
      for (const id of draft.at(place)) {
        const { rank, lengthM } = draft.edges[id]
        if (rank === RANK.motorway || rank === RANK.railway || rank === RANK.path) continue
        const next = draft.other(id, place)
        const sum = metres + lengthM
        const ahead = target < 0 ? 0 : draft.apartM(next, target)
        if (sum + ahead > limitM || sum >= (best.get(next) ?? Infinity)) continue
        best.set(next, sum)
        heap.push(sum + ahead, next)
      }
    }
    return best
  }
}

/** Every place that roads join to one, paths and railways left out. */
export function joinedTo(draft: Draft, from: number): Uint8Array {
  const joined = new Uint8Array(draft.placeCount)
  joined[from] = 1
  const open = [from]
  for (let n = 0; n < open.length; n++) {
    for (const id of draft.at(open[n])) {
      const { rank } = draft.edges[id]
      const next = draft.other(id, open[n])
      if (joined[next] || rank === RANK.path || rank === RANK.railway || rank === RANK.motorway) continue
      joined[next] = 1
      open.push(next)
    }
  }
  return joined
}
