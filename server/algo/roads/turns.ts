import type { RoadNetwork } from '../../contract/roads.ts'
import type { Arc } from './arcs.ts'
import { NONE } from './graph.ts'
import type { Piece } from './junctions.ts'
import { forbiddenPaths } from './restrictions.ts'

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
  arcs: Arc[],
): { arcs: Arc[]; copyOf: number[] } {
  const out: number[][] = Array.from({ length: junctions.length }, () => [])
  arcs.forEach((arc, i) => out[arc.tail]!.push(i))
  const paths = forbiddenPaths(network, pieces, junctions, arcs, out)
  const beginning = new Map<number, number[]>()
  paths.forEach((path, i) => {
    const list = beginning.get(path[0]!)
    if (list) list.push(i)
    else beginning.set(path[0]!, [i])
  })

  const result: Arc[] = arcs.map(arc => ({ ...arc }))
  const copyOf: number[] = []
  const copies = new Map<string, number>()
  const waiting: { copy: number; at: number; begun: [path: number, next: number][] }[] = []

  /** Where arc `a` leads when `begun` paths are under way: a node, a copy of it, or nowhere (-1). */
  const target = (a: number, begun: [number, number][]): number => {
    const after: [number, number][] = []
    for (const [path, next] of begun) {
      if (paths[path]![next] !== a) continue
      if (next === paths[path]!.length - 1) return -1
      after.push([path, next + 1])
    }
    for (const path of beginning.get(a) ?? []) after.push([path, 1])
    const at = arcs[a]!.head
    if (after.length === 0) return at
    const key = `${at}|${after.map(s => s.join(':')).join(',')}`
    let copy = copies.get(key)
    if (copy === undefined) {
      copy = junctions.length + copyOf.push(at) - 1
      copies.set(key, copy)
      waiting.push({ copy, at, begun: after })
    }
    return copy
  }

  for (const a of beginning.keys()) result[a]!.head = target(a, [])
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    const { copy, at, begun } = state
    for (const a of out[at]!) {
      if (!arcs[a]!.motor) continue
      const head = target(a, begun)
      if (head >= 0) result.push({ ...arcs[a]!, tail: copy, head, foot: false })
    }
    result.push({ tail: copy, head: at, edge: NONE, back: 0, motor: false, foot: true })
  }
  return { arcs: withoutOrphans(result, junctions.length, copyOf), copyOf }
}

/**
 * A junction that no vehicle enters any more, every way in leading to a copy, would be a place that looks out of
 * reach. Where the copies together leave by all its arcs, and to the same nodes, they stand for it and its own
 * are for walkers. A walker's link stays only where walkers come in.
 */
function withoutOrphans(arcs: Arc[], junctions: number, copyOf: number[]): Arc[] {
  const leaving = new Map<number, Set<string>>()
  const driven = new Set<number>()
  const walked = new Set<number>()
  const motorOut = new Map<number, Arc[]>()
  const split = new Set(copyOf)
  const way = ({ edge, back, head }: Arc): string => `${edge},${back},${head}`
  for (const arc of arcs) {
    if (arc.foot && arc.edge !== NONE) walked.add(arc.head)
    if (!arc.motor) continue
    driven.add(arc.head)
    if (arc.tail >= junctions) {
      const junction = copyOf[arc.tail - junctions]!
      if (!leaving.has(junction)) leaving.set(junction, new Set())
      leaving.get(junction)!.add(way(arc))
    } else if (split.has(arc.tail)) {
      motorOut.set(arc.tail, [...(motorOut.get(arc.tail) ?? []), arc])
    }
  }
  for (const [junction, own] of motorOut) {
    if (driven.has(junction)) continue
    const covered = own.every(arc => leaving.get(junction)?.has(way(arc)))
    if (covered) for (const arc of own) arc.motor = false
  }
  return arcs.filter(arc => arc.motor || (arc.foot && (arc.edge !== NONE || walked.has(arc.tail))))
}
