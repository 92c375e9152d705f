import type { RoadNetwork, TurnRestriction } from '../../contract/roads.ts'
import type { Arc } from './arcs.ts'
import { indexOf, type Piece } from './junctions.ts'

/** A via chain longer than this is a mapping error, not a junction. */
const LONGEST_VIA = 24

/**
 * Restrictions as sequences of arcs that no motor vehicle may drive one after the other.
 * A restriction that cannot be matched to the roads is left out: it can only have forbidden something.
 */
export function forbiddenPaths(
  network: RoadNetwork,
  pieces: Piece[],
  junctions: number[],
  arcs: Arc[],
  out: number[][],
): number[][] {
  if (network.restrictions.length === 0) return []
  const junctionAt = new Map(junctions.map((node, j) => [node, j]))
  const wayId = (a: number): number => network.ways[pieces[arcs[a]!.edge]!.way]!.id
  const motorOut = (junction: number): number[] => out[junction]!.filter(a => arcs[a]!.motor)
  const into = incoming(arcs)
  const uTurn = (a: number, b: number): boolean =>
    arcs[a]!.edge === arcs[b]!.edge && arcs[a]!.back !== arcs[b]!.back

  const paths: number[][] = []
  const forbid = (r: TurnRestriction, path: number[]): void => {
    const last = path.at(-1)!
    for (const a of motorOut(arcs[last]!.head)) {
      const leadsTo = wayId(a) === r.toWay && (r.fromWay !== r.toWay || r.viaNode === null || uTurn(last, a))
      if (leadsTo === (r.kind === 'no')) paths.push([...path, a])
    }
  }

  const arcsOfWay = new Map<number, number[]>()
  const wanted = new Set(network.restrictions.filter(r => r.viaNode === null).map(r => r.fromWay))
  if (wanted.size > 0) {
    arcs.forEach((arc, a) => {
      const id = wayId(a)
      if (arc.motor && wanted.has(id)) arcsOfWay.set(id, [...(arcsOfWay.get(id) ?? []), a])
    })
  }

  for (const r of network.restrictions) {
    if (r.viaNode !== null) {
      const junction = junctionAt.get(indexOf(network.nodeIds, r.viaNode))
      if (junction === undefined) continue
      const leaves = motorOut(junction)
      if (!leaves.some(a => wayId(a) === r.toWay)) continue
      for (const a of into[junction] ?? []) {
        if (arcs[a]!.motor && wayId(a) === r.fromWay) forbid(r, [a])
      }
    } else {
      for (const a of arcsOfWay.get(r.fromWay) ?? []) followVia(r, [a], 0)
    }
  }
  return paths

  /** Drives along the via ways in order, piece by piece, until the last one meets the `to` way. */
  function followVia(r: TurnRestriction, path: number[], via: number): void {
    if (path.length > LONGEST_VIA) return
    const last = path.at(-1)!
    const here = arcs[last]!.head
    const onLastVia = path.length > 1 && via === r.viaWays.length - 1
    if (onLastVia && motorOut(here).some(a => wayId(a) === r.toWay)) {
      forbid(r, path)
      return
    }
    for (const a of motorOut(here)) {
      if (uTurn(last, a) || path.includes(a)) continue
      const id = wayId(a)
      if (id === r.viaWays[via] && (path.length > 1 || via === 0)) followVia(r, [...path, a], via)
      else if (path.length > 1 && id === r.viaWays[via + 1]) followVia(r, [...path, a], via + 1)
    }
  }
}

function incoming(arcs: Arc[]): Record<number, number[]> {
  const into: Record<number, number[]> = {}
  arcs.forEach((arc, a) => (into[arc.head] ??= []).push(a))
  return into
}
