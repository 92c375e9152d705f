import type { ClosureShape } from '../../contract/closure.ts'
import type { Graph } from '../roads/graph.ts'
import { edgesOf } from './closures.ts'
import type { Stretch } from './path.ts'
import type { Room } from './rooms.ts'

/** A closure as the world holds it: what the engine needs of it. */
export interface RoomClosure {
  id: string
  feature: ClosureShape
}

/** What became of a closure handed to the engine; `problem` when it shuts nothing on this graph. */
export interface PlacedClosure {
  id: string
  edges: number
  problem?: string
}

/** Runs `compute` with the request's own closures in force, then takes exactly those off again. */
export function withRequestClosures<T>(
  graph: Graph,
  room: Room,
  own: ClosureShape[] | undefined,
  compute: () => T,
): T {
  if (!own || own.length === 0) return compute()
  // All are read before any is applied: a broken one refuses the request and shuts nothing.
  const edges = own.map(shape => edgesOf(graph, shape))
  const ids = requestIds(room, own)
  ids.forEach((id, i) => room.close(id, edges[i]!))
  try {
    return compute()
  } finally {
    for (const id of ids) room.open(id)
  }
}

/** The closures' own ids where those are given and free, else their place in the request. */
function requestIds(room: Room, own: ClosureShape[]): string[] {
  const taken = new Set(room.closures.keys())
  return own.map((shape, i) => {
    const { id } = shape.properties as { id?: string }
    let chosen = id && !taken.has(id) ? id : `closures[${i}]`
    while (taken.has(chosen)) chosen += "'"
    taken.add(chosen)
    return chosen
  })
}

/** Ids of the closures that shut any edge of a way found with every road open: what cuts it. */
export function cutting(room: ReadonlyMap<string, Uint32Array>, way: Stretch[]): string[] {
  const edges = new Set(way.map(part => part.edge))
  return [...room].filter(([, shut]) => shut.some(edge => edges.has(edge))).map(([id]) => id)
}
