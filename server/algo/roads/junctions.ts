import type { RoadNetwork } from '../../contract/roads.ts'
import { ROAD_FLAGS } from '../../contract/roads.ts'

/** A stretch of one way between two junctions. `points` index the network's nodes, ends included. */
export interface Piece {
  way: number
  tail: number
  head: number
  points: Uint32Array
}

/**
 * Cuts ways at every node that two of them share and at their ends.
 * @returns the pieces, and for each junction its node's index in the network.
 */
export function cutIntoEdges(network: RoadNetwork): { pieces: Piece[]; junctions: number[] } {
  const uses = new Uint8Array(network.nodeIds.length)
  const runs: { way: number; points: Uint32Array }[] = []
  network.ways.forEach((way, i) => {
    if ((way.flags & ROAD_FLAGS.noMotor) !== 0 && (way.flags & ROAD_FLAGS.noFoot) !== 0) return
    for (const points of unbrokenRuns(network, way.nodes)) runs.push({ way: i, points })
  })
  for (const { points } of runs) {
    points.forEach((node, i) => {
      const end = i === 0 || i === points.length - 1
      uses[node] = Math.min(2, uses[node]! + (end ? 2 : 1))
    })
  }
  const junctionOf = new Int32Array(network.nodeIds.length).fill(-1)
  const junctions: number[] = []
  const junction = (node: number): number => {
    if (junctionOf[node]! < 0) junctionOf[node] = junctions.push(node) - 1
    return junctionOf[node]!
  }
  const pieces: Piece[] = []
  for (const { way, points } of runs) {
    let start = 0
    for (let i = 1; i < points.length; i++) {
      if (uses[points[i]!]! < 2) continue
      const piece = points.subarray(start, i + 1)
      pieces.push({ way, tail: junction(piece[0]!), head: junction(points[i]!), points: piece })
      start = i
    }
  }
  return { pieces, junctions }
}

/** A way's nodes as runs of known ones, repeated neighbours dropped; a run has two nodes or more. */
function unbrokenRuns(network: RoadNetwork, ids: ArrayLike<number>): Uint32Array[] {
  const runs: Uint32Array[] = []
  let run: number[] = []
  const close = (): void => {
    if (run.length > 1) runs.push(Uint32Array.from(run))
    run = []
  }
  for (let i = 0; i < ids.length; i++) {
    const node = indexOf(network.nodeIds, ids[i]!)
    if (node < 0) close()
    else if (run.at(-1) !== node) run.push(node)
  }
  close()
  return runs
}

/** Index of `id` in an ascending array, or -1. */
export function indexOf(sorted: Float64Array, id: number): number {
  let lo = 0
  let hi = sorted.length - 1
  while (lo <= hi) {
    const mid = (lo + hi) >> 1
    const value = sorted[mid]!
    if (value === id) return mid
    if (value < id) lo = mid + 1
    else hi = mid - 1
  }
  return -1
}
