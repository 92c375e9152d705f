import { INF, NONE, type Graph } from './graph.ts'
import { alongEdge, partMs, statesOf, type Snap } from './snap.ts'
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
  /** By the edge's last byte: spares nearly every look into the map. */
  private readonly mayStartOn = new Uint8Array(256)

  constructor(
    private readonly graph: Graph,
    private readonly weights: Weights,
    private readonly dist: Int32Array,
    private readonly backward: boolean,
    starts: Start[],
  ) {
    for (const start of starts) {
      this.mayStartOn[start.snap.edge & 255] = 1
      const list = this.startsOn.get(start.snap.edge)
      if (list) list.push(start)
      else this.startsOn.set(start.snap.edge, [start])
    }
  }

  /** Milliseconds from the starts to the place (or from it to them); INF when not reached. */
  at(place: Snap): number {
    const { dist, graph } = this
    if (place.node === NONE) return this.along(place.edge, place.t, place)
    let best = INF
    for (const state of statesOf(graph, place.node)) best = Math.min(best, dist[state]!)
    return Math.min(best, this.direct(place))
  }

  /** The same at share `t` of an edge's length. */
  along(edge: number, t: number, place?: Snap): number {
    const { graph } = this
    let best = INF
    if (graph.edgeHasCopies[edge]) {
      forEachArc(graph, edge, arc => {
        best = Math.min(best, this.byArc(arc, graph.arcEdge[arc]! & 1 ? 1 - t : t))
      })
    } else {
      const fwd = graph.edgeFwd[edge]!
      const back = graph.edgeBack[edge]!
      if (fwd !== NONE) best = this.byArc(fwd, t)
      if (back !== NONE) best = Math.min(best, this.byArc(back, 1 - t))
    }
    if (this.mayStartOn[edge & 255] && this.startsOn.has(edge)) {
      best = Math.min(best, this.direct(place ?? { edge, t, node: NONE, distanceM: 0, at: [0, 0] }))
    }
    return best < INF ? best : INF
  }

  /** By one arc: driven up to the place, or from the place to its end. `share` = of the arc before the place. */
  private byArc(arc: number, share: number): number {
    const ms = this.weights.ms[arc]!
    if (ms === INF) return INF
    if (this.backward) return partMs(ms, 1 - share) + this.dist[this.graph.head[arc]!]!
    return partMs(ms, share) + this.dist[this.graph.tail[arc]!]!
  }

  /** May the profile be at this node at all, every road open? */
  uses(node: number): boolean {
    const { graph, weights } = this
    const { open } = weights
    return statesOf(graph, node).some(state => {
      for (let a = graph.first[state]!; a < graph.first[state + 1]!; a++) if (open[a]! < INF) return true
      for (let s = graph.rFirst[state]!; s < graph.rFirst[state + 1]!; s++)
        if (open[graph.rArc[s]!]! < INF) return true
      return false
    })
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
