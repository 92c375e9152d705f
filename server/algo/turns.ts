import type { RoadNetwork } from '../contract/roads.ts'
import { NONE } from './graph.ts'
import { indexOf, type Piece } from './junctions.ts'
import { forbiddenPaths } from './restrictions.ts'

export interface BaseArc {
  tail: number
  head: number
  /** Index into the pieces; NONE on a link from a copy back to its junction. */
  edge: number
  back: 0 | 1
  motor: boolean
  foot: boolean
}
export type SplitArc = BaseArc

/**
 * Splits only the junctions that forbidden paths run through. A copy of a junction remembers which
 * forbidden paths have been begun on the way in; its outgoing arcs are the junction's for motor vehicles less
 * those that would complete one. This is the product of the road graph with the automaton of forbidden
 * paths, restricted to the states that occur. Walkers leave a copy by a link of no length.
 * @returns all arcs, and for each copy (numbered after the junctions) its junction.
 */
export function splitRestricted(
  network: RoadNetwork,
  pieces: Piece[],
  junctions: number[],
  arcs: BaseArc[],
): { arcs: SplitArc[]; copyOf: number[] } {
  const out = outgoing(arcs, junctions.length)
  const barriers = new Set<number>()
  const junctionAt = new Map(junctions.map((node, j) => [node, j]))
  for (const { node } of network.barriers) {
    const index = indexOf(network.nodeIds, node)
    const junction = index < 0 ? undefined : junctionAt.get(index)
    if (junction !== undefined) barriers.add(junction)
  }
  const paths = forbiddenPaths(network, pieces, junctionAt, arcs, out, barriers)
  const beginning = new Map<number, number[]>()
  paths.forEach((path, i) => {
    const list = beginning.get(path[0]!)
    if (list) list.push(i)
    else beginning.set(path[0]!, [i])
  })

  const result: SplitArc[] = arcs.map(arc => ({ ...arc }))
  const copyOf: number[] = []
  const copies = new Map<string, number>()
  const waiting: { copy: number; junction: number; begun: [path: number, next: number][] }[] = []

  /** Where arc `a` leads when `begun` paths are under way: a junction, a copy, or nowhere (-1). */
  const target = (a: number, begun: [number, number][]): number => {
    const after: [number, number][] = []
    for (const [path, next] of begun) {
      if (paths[path]![next] !== a) continue
      if (next === paths[path]!.length - 1) return -1
      after.push([path, next + 1])
    }
    for (const path of beginning.get(a) ?? []) after.push([path, 1])
    const junction = arcs[a]!.head
    if (after.length === 0) return junction
    const key = `${junction}|${after.map(s => s.join(':')).join(',')}`
    let copy = copies.get(key)
    if (copy === undefined) {
      copy = junctions.length + copyOf.push(junction) - 1
      copies.set(key, copy)
      waiting.push({ copy, junction, begun: after })
    }
    return copy
  }

  for (const a of beginning.keys()) result[a]!.head = target(a, [])
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    const { copy, junction, begun } = state
    for (const a of out[junction]!) {
      if (!arcs[a]!.motor) continue
      const head = target(a, begun)
      if (head >= 0) result.push({ ...arcs[a]!, tail: copy, head, foot: false })
    }
    result.push({ tail: copy, head: junction, edge: NONE, back: 0, motor: false, foot: true })
  }
  return { arcs: result, copyOf }
}

function outgoing(arcs: BaseArc[], junctions: number): number[][] {
  const out: number[][] = Array.from({ length: junctions }, () => [])
  arcs.forEach((arc, i) => out[arc.tail]!.push(i))
  return out
}
