import { INF, NONE, type Graph } from './graph.ts'
import { alongEdge, partMs, statesOf, tailOf, type Snap } from './snap.ts'
import { forEachArc, type Weights } from './weights.ts'

/** A place that a search began from, with the time already spent there. */
export interface Start {
  snap: Snap
  delayMs: number
}

/**
 * Reads road times at any place on the network out of a finished search: at junctions, part way along an edge,
 * and on an edge that a start itself lies on.
 */
export class RoadTimes {
  private readonly startsOn = new Map<number, Start[]>()
  private readonly copied = new Set<number>()

  constructor(
    private readonly graph: Graph,
    private readonly weights: Weights,
    private readonly dist: Int32Array,
    private readonly backward: boolean,
    starts: Start[],
  ) {
    for (const start of starts) {
      const list = this.startsOn.get(start.snap.edge)
      if (list) list.push(start)
      else this.startsOn.set(start.snap.edge, [start])
    }
    // Only a forward search can come onto an edge out of a copy; backward it leaves by the edge's own arcs.
    if (!backward) for (const edge of graph.edgeCopyEdge) this.copied.add(edge)
  }

  /** Milliseconds from the starts to the place (or from it to them); INF when not reached. */
  at(place: Snap): number {
    const { dist, graph } = this
    if (place.node === NONE) return this.along(place.edge, place.t, place)
    let best = INF
    if (this.backward) best = dist[place.node]!
    else for (const state of statesOf(graph, place.node)) best = Math.min(best, dist[state]!)
    return Math.min(best, this.direct(place))
  }

  /** The same at share `t` of an edge's length. */
  along(edge: number, t: number, place?: Snap): number {
    const { graph, weights, dist } = this
    let best = INF
    if (this.copied.has(edge)) {
      forEachArc(graph, edge, arc => {
        best = Math.min(best, this.byArc(arc, graph.arcEdge[arc]! & 1 ? 1 - t : t))
      })
    } else {
      const fwd = graph.edgeFwd[edge]!
      const back = graph.edgeBack[edge]!
      if (this.backward) {
        if (fwd !== NONE && weights.ms[fwd]! < INF) {
          best = partMs(weights.ms[fwd]!, 1 - t) + dist[graph.head[fwd]!]!
        }
        if (back !== NONE && weights.ms[back]! < INF) {
          best = Math.min(best, partMs(weights.ms[back]!, t) + dist[graph.head[back]!]!)
        }
      } else {
        if (fwd !== NONE) best = this.byArc(fwd, t)
        if (back !== NONE) best = Math.min(best, this.byArc(back, 1 - t))
      }
    }
    if (this.startsOn.size > 0 && this.startsOn.has(edge)) {
      best = Math.min(best, this.direct(place ?? { edge, t, node: NONE, distanceM: 0, at: [0, 0] }))
    }
    return best < INF ? best : INF
  }

  private byArc(arc: number, share: number): number {
    const ms = this.weights.ms[arc]!
    return ms === INF ? INF : this.dist[tailOf(this.graph, arc)]! + partMs(ms, share)
  }

  /** By way of a start on the same edge, without leaving it. */
  private direct(place: Snap): number {
    let best = INF
    for (const { snap, delayMs } of this.startsOn.get(place.edge) ?? []) {
      const [a, b] = this.backward ? [place, snap] : [snap, place]
      best = Math.min(best, delayMs + alongEdge(this.graph, this.weights, a, b))
    }
    return best
  }
}
