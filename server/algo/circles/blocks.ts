import type { Graph } from '../roads/graph.ts'
import { edgeEnds } from '../search/snap.ts'

/** Beyond every coordinate in 1e-7 degrees and every lattice point. */
const EMPTY = 0x7fffffff

/** The block of every node, and the nodes that are kept grouped by block: a counting sort, once per lattice. */
export class NodesByBlock {
  /** Block of each node. */
  readonly blockOf: Uint32Array
  /** The kept nodes, block by block, and beside each its cell in the block. */
  readonly nodes: Uint32Array
  readonly cells: Uint16Array
  private readonly first: Uint32Array

  constructor(
    count: number,
    blockOf: (node: number) => number,
    cellOf: (node: number) => number,
    keep: (node: number) => boolean,
  ) {
    const block = new Uint32Array(count)
    let blocks = 0
    let kept = 0
    for (let node = 0; node < count; node++) {
      block[node] = blockOf(node)
      blocks = Math.max(blocks, block[node]! + 1)
      if (keep(node)) kept++
    }
    this.blockOf = block
    this.first = new Uint32Array(blocks + 1)
    for (let node = 0; node < count; node++) if (keep(node)) this.first[block[node]! + 1]!++
    for (let b = 0; b < blocks; b++) this.first[b + 1]! += this.first[b]!
    const at = this.first.slice()
    this.nodes = new Uint32Array(kept)
    this.cells = new Uint16Array(kept)
    for (let node = 0; node < count; node++) {
      if (!keep(node)) continue
      const slot = at[block[node]!]!++
      this.nodes[slot] = node
      this.cells[slot] = cellOf(node)
    }
  }

  /** Where a block's nodes stand in `nodes` and `cells`. */
  range(block: number): [from: number, to: number] {
    return block + 1 < this.first.length ? [this.first[block]!, this.first[block + 1]!] : [0, 0]
  }
}

/** For each block the box, in lattice points, of all roads that begin or end at its junctions. */
export class BlockReach {
  private readonly boxes: Int32Array

  constructor(
    graph: Graph,
    { blockOf }: NodesByBlock,
    toPoint: { column(e7: number): number; row(e7: number): number },
  ) {
    let blocks = 0
    for (const block of blockOf) blocks = Math.max(blocks, block + 1)
    this.boxes = new Int32Array(blocks * 4)
    for (let at = 0; at < this.boxes.length; at += 4) this.boxes.set([EMPTY, EMPTY, -EMPTY, -EMPTY], at)
    for (let edge = 0; edge < graph.edges; edge++) {
      let [w, s, e, n] = [EMPTY, EMPTY, -EMPTY, -EMPTY]
      for (let p = graph.edgeFirstPoint[edge]!; p < graph.edgeFirstPoint[edge + 1]!; p++) {
        w = Math.min(w, graph.pointLon[p]!)
        e = Math.max(e, graph.pointLon[p]!)
        s = Math.min(s, graph.pointLat[p]!)
        n = Math.max(n, graph.pointLat[p]!)
      }
      const [tail, head] = edgeEnds(graph, edge)
      const [west, south, east, north] = [
        toPoint.column(w),
        toPoint.row(s),
        toPoint.column(e),
        toPoint.row(n),
      ]
      for (const node of [tail, head]) this.widen(blockOf[node]!, west, south, east, north)
    }
  }

  of(block: number): Int32Array {
    return this.boxes.subarray(block * 4, block * 4 + 4)
  }

  private widen(block: number, w: number, s: number, e: number, n: number): void {
    const { boxes } = this
    const at = block * 4
    boxes[at] = Math.min(boxes[at]!, Math.floor(w))
    boxes[at + 1] = Math.min(boxes[at + 1]!, Math.floor(s))
    boxes[at + 2] = Math.max(boxes[at + 2]!, Math.floor(e))
    boxes[at + 3] = Math.max(boxes[at + 3]!, Math.floor(n))
  }
}
