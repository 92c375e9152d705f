import type { Rank } from './classes.ts'
import type { Draft } from './draft.ts'

/** A stretch of road between two junctions or ends: the points it runs through. */
export interface Line {
  points: number[]
  rank: Rank
  /** Index of its road, -1 for none. */
  road: number
  /** Index of the street it is, -1 for none. */
  named: number
  street: boolean
  /** Driven in the direction of its points alone. */
  oneway?: boolean
  /** A ramp from or to a motorway. */
  ramp?: boolean
}

/** Roads as lines through shared points, in metres. */
export interface Mesh {
  x: number[]
  y: number[]
  lines: Line[]
}

/** Metres from one point to the next while a road is fitted to the ground. */
const SPACING_M = 40

/** Lines between junctions out of the draft's edges, with points close enough to bend. */
export function meshOf(draft: Draft): Mesh & { pointOf: Map<number, number> } {
  const mesh: Mesh = { x: [], y: [], lines: [] }
  const pointOf = new Map<number, number>()
  const point = (place: number): number => {
    let id = pointOf.get(place)
    if (id === undefined) {
      id = addPoint(mesh, draft.x(place), draft.y(place))
      pointOf.set(place, id)
    }
    return id
  }
  const used = new Uint8Array(draft.edges.length)
  for (let first = 0; first < draft.edges.length; first++) {
    if (used[first]) continue
    const { rank, road, named, street } = draft.edges[first]
    const places = chainOf(draft, first, used)
    const points: number[] = []
    for (const [i, place] of places.entries()) {
      if (i > 0 && !street) {
        const before = places[i - 1]
        const n = Math.max(1, Math.round(draft.apartM(before, place) / SPACING_M))
        const [dx, dy] = [draft.x(place) - draft.x(before), draft.y(place) - draft.y(before)]
        for (let k = 1; k < n; k++) {
          points.push(addPoint(mesh, draft.x(before) + (dx * k) / n, draft.y(before) + (dy * k) / n))
        }
      }
      points.push(point(place))
    }
    mesh.lines.push({ points, rank, road, named, street })
  }
  return { ...mesh, pointOf }
}

export function addPoint({ x, y }: Mesh, px: number, py: number): number {
  x.push(px)
  return y.push(py) - 1
}

/** The places along an edge and what goes on from both its ends without a junction or a change of road. */
function chainOf(draft: Draft, first: number, used: Uint8Array): number[] {
  const { a, b, rank, road, named, street } = draft.edges[first]
  used[first] = 1
  const goOn = (from: number): number[] => {
    const out: number[] = []
    for (let at = from; ;) {
      const next = draft.at(at).length !== 2 ? undefined : draft.at(at).find(id => !used[id])
      if (next === undefined) return out
      const edge = draft.edges[next]
      if (edge.rank !== rank || edge.road !== road || edge.street !== street) return out
      if (edge.named !== named) return out
      used[next] = 1
      at = draft.other(next, at)
      out.push(at)
    }
  }
  const ahead = goOn(b)
  return [...goOn(a).reverse(), a, b, ...ahead]
}
