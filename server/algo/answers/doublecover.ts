import type { PeopleCount } from '../../contract/entities.ts'
import type { County } from '../county.ts'
import { INF, NONE, type Graph } from '../roads/graph.ts'
import { coverage, type Coverage } from '../search/coverage.ts'
import { alongEdge, leave, partMs, statesOf, type Snap } from '../search/snap.ts'
import { forEachArc, type Weights } from '../search/weights.ts'
import type { Origin } from './origins.ts'
import { countPeople } from './people.ts'

/** People whose settlement two different teams reach within the limit. */
export function doubleCover(
  county: County,
  weights: Weights,
  origins: Origin[],
  limitMs: number,
): PeopleCount {
  const { graph } = county
  const seeds = origins.flatMap((o, owner) =>
    leave(graph, weights, o.snap, o.delayMs).map(seed => ({ ...seed, owner })),
  )
  const cover = coverage(graph, weights, seeds, limitMs)
  const onEdge = new Map<number, number[]>()
  origins.forEach(({ snap }, owner) => onEdge.set(snap.edge, [...(onEdge.get(snap.edge) ?? []), owner]))
  const covered = county.settlements.filter(settlement => {
    const place = county.placeOf(weights, settlement)
    if (!place) return false
    const here = (onEdge.get(place.snap.edge) ?? []).map(owner => ({ owner, origin: origins[owner]! }))
    return secondMs(graph, weights, cover, here, place.snap) + place.accessMs <= limitMs
  })
  return countPeople(covered)
}

/**
 * Time of the second owner at a place. The two owners of both ends of its edge are enough: a third one at an end
 * is behind two others there. Owners on the same edge need not leave it.
 */
function secondMs(
  graph: Graph,
  weights: Weights,
  cover: Coverage,
  here: { owner: number; origin: Origin }[],
  place: Snap,
): number {
  const best = new Map<number, number>()
  const offer = (owner: number, ms: number): void => {
    if (owner >= 0 && ms < (best.get(owner) ?? INF)) best.set(owner, ms)
  }
  const offerNode = (node: number, more: number): void => {
    offer(cover.firstOwner[node]!, cover.firstMs[node]! + more)
    offer(cover.secondOwner[node]!, cover.secondMs[node]! + more)
  }
  if (place.node !== NONE) for (const state of statesOf(graph, place.node)) offerNode(state, 0)
  else {
    forEachArc(graph, place.edge, arc => {
      const ms = weights.ms[arc]!
      const before = graph.arcEdge[arc]! & 1 ? 1 - place.t : place.t
      if (ms < INF) offerNode(graph.tail[arc]!, partMs(ms, before))
    })
  }
  for (const { owner, origin } of here) {
    offer(owner, origin.delayMs + alongEdge(graph, weights, origin.snap, place))
  }
  return [...best.values()].sort((a, b) => a - b)[1] ?? INF
}
