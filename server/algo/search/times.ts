import { INF, NONE, type Graph } from '../roads/graph.ts'
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
  /** The node by which an arc is left towards the search's seeds. */
  private readonly end: Uint32Array
  /** By the edge's last byte: spares nearly every look into the map. */
  private readonly mayStartOn = new Uint8Array(256)

  constructor(
    private readonly graph: Graph,
    private readonly weights: Weights,
    private readonly dist: Int32Array,
    private readonly backward: boolean,
    starts: Start[],
  ) {
    this.end = backward ? graph.head : graph.tail
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
        best = Math.min(best, graph.arcEdge[arc]! & 1 ? this.byArc(arc, 1 - t, t) : this.byArc(arc, t, 1 - t))
      })
    } else {
      const fwd = graph.edgeFwd[edge]!
      const back = graph.edgeBack[edge]!
      if (fwd !== NONE) best = this.byArc(fwd, t, 1 - t)
      if (back !== NONE) best = Math.min(best, this.byArc(back, 1 - t, t))
    }
    if (this.mayStartOn[edge & 255] && this.startsOn.has(edge)) {
      best = Math.min(best, this.direct(place ?? { edge, t, node: NONE, distanceM: 0, at: [0, 0] }))
    }
    return best < INF ? best : INF
  }

  /**
   * `along` at many shares of one edge: t[from … to − 1] into out[from … to − 1].
   * @returns false where all of the edge lies beyond `limit`; `out` is then left as it was
   */
  alongAll(edge: number, t: Float32Array, from: number, to: number, limit: number, out: Int32Array): boolean {
    const { graph, dist, end, backward } = this
    if (graph.edgeHasCopies[edge] || (this.mayStartOn[edge & 255] && this.startsOn.has(edge))) {
      for (let i = from; i < to; i++) out[i] = this.along(edge, t[i]!)
      return true
    }
    const { ms } = this.weights
    const fwd = graph.edgeFwd[edge]!
    const back = graph.edgeBack[edge]!
    const fwdMs = fwd === NONE ? INF : ms[fwd]!
    const backMs = back === NONE ? INF : ms[back]!
    const fwdFrom = fwdMs < INF ? dist[end[fwd]!]! : INF
    const backFrom = backMs < INF ? dist[end[back]!]! : INF
    if (fwdFrom > limit && backFrom > limit) return false
    for (let i = from; i < to; i++) {
      const before = backward ? 1 - t[i]! : t[i]!
      let best = INF
      if (fwdFrom < INF) best = fwdFrom + partMs(fwdMs, before)
      if (backFrom < INF) best = Math.min(best, backFrom + partMs(backMs, backward ? t[i]! : 1 - t[i]!))
      out[i] = best < INF ? best : INF
    }
    return true
  }

  /** By one arc: driven up to the place, or from it to the arc's end; its shares before and after the place. */
  private byArc(arc: number, before: number, after: number): number {
    const ms = this.weights.ms[arc]!
    if (ms === INF) return INF
    if (this.backward) return partMs(ms, after) + this.dist[this.graph.head[arc]!]!
    return partMs(ms, before) + this.dist[this.graph.tail[arc]!]!
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
