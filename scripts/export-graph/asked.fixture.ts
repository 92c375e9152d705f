import { INF, NONE, type Graph } from '../../server/algo/roads/graph.ts'
import { Oracle } from '../../server/algo/oracle.fixture.ts'
import type { Snap } from '../../server/algo/search/snap.ts'
import { arcLines } from './tables.ts'

/** Answers by the oracle for places on the roads: all times come out of the exported text. */
export class Asked {
  readonly oracle: Oracle
  readonly csv: string
  private readonly rowsOf = new Map<number, { row: number; back: boolean }[]>()
  private readonly states = new Map<number, number[]>()

  /** @param shut edges whose arcs the oracle never sees */
  constructor(graph: Graph, open: Int32Array, shut: ReadonlySet<number> = new Set()) {
    this.csv = [...arcLines(graph, open)].join('\n') + '\n'
    const edgeOfRow: number[] = []
    for (let arc = 0; arc < graph.arcs; arc++) {
      if (open[arc] >= INF) continue
      const row = edgeOfRow.length
      const edge = graph.arcEdge[arc] === NONE ? -1 : graph.arcEdge[arc] >>> 1
      edgeOfRow.push(edge)
      if (edge < 0 || shut.has(edge)) continue
      this.rowsOf.set(edge, [...(this.rowsOf.get(edge) ?? []), { row, back: (graph.arcEdge[arc] & 1) === 1 }])
    }
    this.oracle = new Oracle(this.csv, row => !shut.has(edgeOfRow[row]))
    graph.copyNode.forEach((copy, i) => {
      const base = graph.copyBase[i]
      this.states.set(base, [...(this.states.get(base) ?? [base]), copy])
    })
  }

  statesOf = (node: number): number[] => this.states.get(node) ?? [node]

  /** Times from a place to every node, or to it from every node. */
  from(place: Snap, backward = false): Map<number, number> {
    if (place.node !== NONE) {
      return this.oracle.times(
        this.statesOf(place.node).map(node => ({ node, ms: 0 })),
        backward,
      )
    }
    const seeds = (this.rowsOf.get(place.edge) ?? []).map(({ row, back }) => {
      const { tail, head, ms } = this.oracle.arcs[row]
      const before = back ? 1 - place.t : place.t
      const after = back ? place.t : 1 - place.t
      return backward
        ? { node: tail, ms: Math.round(ms * before) }
        : { node: head, ms: Math.round(ms * after) }
    })
    return this.oracle.times(seeds, backward)
  }

  /** Time from `a` to `b`, given the times from `a`; null when there is no way. */
  to(times: Map<number, number>, a: Snap, b: Snap): number | null {
    const found: number[] = []
    const add = (node: number, ms: number): void => {
      const there = times.get(node)
      if (there !== undefined) found.push(there + ms)
    }
    if (b.node !== NONE) {
      for (const node of this.statesOf(b.node)) add(node, 0)
      if (a.node === b.node) found.push(0)
    } else {
      for (const { row, back } of this.rowsOf.get(b.edge) ?? []) {
        const { tail, ms } = this.oracle.arcs[row]
        add(tail, Math.round(ms * (back ? 1 - b.t : b.t)))
        const ahead = back ? a.t - b.t : b.t - a.t
        if (a.edge === b.edge && ahead >= 0) found.push(Math.round(ms * ahead))
        if (a.edge === b.edge && ahead === 0) found.push(0)
      }
    }
    // Along one edge from within it to its own end.
    return found.length > 0 ? Math.min(...found) : null
  }
}
