import { Refusal } from '../../contract/errors.ts'
import { M_PER_DEG } from '../../contract/geo.ts'
import { offRoadMs } from '../../contract/settings.ts'
import { INF, type Graph } from '../roads/graph.ts'
import { edgeMs } from '../search/weights.ts'
import { BlockReach, NodesByBlock } from './blocks.ts'
import { paintBands, Segments, sweep } from './nearest.ts'

/** Spacing of the lattice's points: the cells of the circles. */
export const CELL_M = 100
/** Points on a block's side: 6.4 km. */
export const SIDE = 64
/** Numbers of the sides between points must stay below 2³¹ (see Contour), and the memory within reason. */
const MOST_POINTS = 60_000_000
/** A road and its verge: no walking is added this near. */
const VERGE_M = 18

/**
 * For each point of a block its nearest place on the network, grouped by edge so that an edge's times are read
 * once for all its points. A slot is a point with a road within the cap; the others have none.
 */
export interface Block {
  edges: Uint32Array
  /** Edge i has the slots first[i] … first[i + 1] − 1. */
  first: Uint16Array
  /** By slot: the point (row × SIDE + column), the edge's index, the share of its length, the walk from there. */
  at: Uint16Array
  group: Uint16Array
  t: Float32Array
  walkMs: Int32Array
  /** The slot of a point, or -1. */
  slotOf: Int16Array
}

/**
 * A fixed grid over the county that knows, at each point, the nearest place on the roads a profile may use:
 * the same rule as snapping a point, so that circles and arrival times agree. It depends on the topology
 * alone, never on times or closures; blocks are filled when first looked at and kept.
 */
export class Lattice {
  readonly west: number
  readonly south: number
  /** Degrees between points. */
  readonly dLon: number
  readonly dLat: number
  /** Blocks side by side; a block's number is its row × columns + its column. */
  readonly columns: number
  /** Points in a row of the lattice, and in all. */
  readonly width: number
  readonly points: number
  readonly nodes: NodesByBlock
  /** 1 for a junction that copies stand for too. */
  readonly hasCopies: Uint8Array
  private readonly reach: BlockReach
  private readonly blocks: (Block | null)[] = []

  constructor(
    private readonly graph: Graph,
    private readonly open: Int32Array,
    private readonly capM: number,
    private readonly offRoadKmh: number,
    /** Points may be asked this far outside the roads' box. */
    snapLimitM: number,
  ) {
    const [w, s, e, n] = graph.bbox
    this.dLat = CELL_M / M_PER_DEG
    this.dLon = this.dLat / Math.cos((((s + n) / 2) * Math.PI) / 180)
    const margin = Math.ceil(Math.max(capM, snapLimitM) / CELL_M) + 4
    this.west = w - margin * this.dLon
    this.south = s - margin * this.dLat
    this.columns = Math.ceil((e - this.west) / this.dLon / SIDE) + 2
    this.width = this.columns * SIDE
    this.points = this.width * (Math.ceil((n - this.south) / this.dLat / SIDE) + 2) * SIDE
    if (this.points > MOST_POINTS) throw countyTooLarge()
    this.hasCopies = new Uint8Array(graph.nodes)
    for (const node of graph.copyBase) this.hasCopies[node] = 1
    const columnOf = (node: number): number => Math.floor(this.column(graph.nodeLon[node]!))
    const rowOf = (node: number): number => Math.floor(this.row(graph.nodeLat[node]!))
    this.nodes = new NodesByBlock(
      graph.nodes,
      node => (rowOf(node) >> 6) * this.columns + (columnOf(node) >> 6),
      node => (rowOf(node) & (SIDE - 1)) * SIDE + (columnOf(node) & (SIDE - 1)),
      standsFor(graph, open),
    )
    this.reach = new BlockReach(graph, this.nodes, this)
  }

  /** Column and row of a position, not rounded. */
  column(lonE7: number): number {
    return (lonE7 / 1e7 - this.west) / this.dLon
  }
  row(latE7: number): number {
    return (latE7 / 1e7 - this.south) / this.dLat
  }

  /** The walk over some cells' width. */
  walkMs(cells: number): number {
    return offRoadMs(cells * CELL_M, this.offRoadKmh)
  }

  /** First points of every block that land near the roads of a block's junctions may lie in. */
  blocksReached(block: number, visit: (column: number, row: number) => void): void {
    const margin = Math.ceil(this.capM / CELL_M) + 1
    const [w, s, e, n] = this.reach.of(block)
    for (let row = (s - margin) & -SIDE; row <= n + margin; row += SIDE) {
      for (let column = (w - margin) & -SIDE; column <= e + margin; column += SIDE) visit(column, row)
    }
  }

  /** The number of a point, the same from every block. */
  pointId(column: number, row: number): number {
    return row * this.width + column
  }

  /** The block that holds point (column, row); its index inside is by row, then column, each & 63. */
  block(column: number, row: number): Block | null {
    const at = (row >> 6) * this.columns + (column >> 6)
    const known = this.blocks[at]
    if (known !== undefined) return known
    return (this.blocks[at] = this.fill(column >> 6, row >> 6))
  }

  /** Which of `nodes` lie in the block of (column, row). */
  nodesIn(column: number, row: number): [from: number, to: number] {
    return this.nodes.range((row >> 6) * this.columns + (column >> 6))
  }

  private fill(blockColumn: number, blockRow: number): Block | null {
    const margin = Math.ceil(this.capM / CELL_M)
    const side = SIDE + 2 * margin
    const segments = this.segmentsIn(blockColumn * SIDE - margin, blockRow * SIDE - margin, side)
    if (segments.count === 0) return null
    const inWindow = (at: number): number => ((at >> 6) + margin) * side + (at & (SIDE - 1)) + margin
    const owner = new Int32Array(side * side).fill(-1)
    const distance2 = new Float64Array(side * side).fill(Infinity)
    paintBands(segments, side, owner, distance2)
    sweep(segments, side, owner, distance2)
    // Near points mostly share an edge, so a map from edge to group stays small.
    const groups = new Map<number, number>()
    const groupAt = new Int16Array(SIDE * SIDE).fill(-1)
    let slots = 0
    for (let at = 0; at < groupAt.length; at++) {
      const from = inWindow(at)
      if (Math.sqrt(distance2[from]!) * CELL_M > this.capM) continue
      const edge = segments.edge[owner[from]!]!
      let group = groups.get(edge)
      if (group === undefined) groups.set(edge, (group = groups.size))
      groupAt[at] = group
      slots++
    }
    const block: Block = {
      edges: Uint32Array.from(groups.keys()),
      first: new Uint16Array(groups.size + 1),
      at: new Uint16Array(slots),
      group: new Uint16Array(slots),
      t: new Float32Array(slots),
      walkMs: new Int32Array(slots),
      slotOf: new Int16Array(SIDE * SIDE).fill(-1),
    }
    for (const group of groupAt) if (group >= 0) block.first[group + 1]!++
    for (let group = 0; group < groups.size; group++) block.first[group + 1]! += block.first[group]!
    const next = block.first.slice()
    for (let at = 0; at < groupAt.length; at++) {
      const group = groupAt[at]!
      if (group < 0) continue
      const slot = next[group]!++
      const from = inWindow(at)
      const metres = Math.sqrt(distance2[from]!) * CELL_M
      block.slotOf[at] = slot
      block.at[slot] = at
      block.group[slot] = group
      block.t[slot] = segments.along(owner[from]!, from % side, Math.floor(from / side))
      block.walkMs[slot] = offRoadMs(Math.max(0, metres - VERGE_M), this.offRoadKmh)
    }
    return block
  }

  private segmentsIn(column0: number, row0: number, side: number): Segments {
    const { graph, dLon, dLat, open } = this
    const w = (this.west + column0 * dLon) * 1e7
    const s = (this.south + row0 * dLat) * 1e7
    const segments = new Segments(w, s, dLon * 1e7, dLat * 1e7)
    for (const edge of graph.index.search(w, s, w + side * dLon * 1e7, s + side * dLat * 1e7)) {
      if (edgeMs(graph, open, edge, 0) < INF || edgeMs(graph, open, edge, 1) < INF)
        segments.addEdge(graph, edge)
    }
    return segments
  }
}

/**
 * Which nodes say something about travel: junctions that the profile can be at at all. A copy of a restricted
 * junction speaks through its junction.
 */
function standsFor(graph: Graph, open: Int32Array): (node: number) => boolean {
  const used = new Uint8Array(graph.nodes)
  open.forEach((ms, arc) => {
    if (ms < INF) used[graph.tail[arc]!] = used[graph.head[arc]!] = 1
  })
  graph.copyNode.forEach((copy, i) => {
    if (used[copy]) used[graph.copyBase[i]!] = 1
    used[copy] = 0
  })
  return node => used[node] === 1
}

function countyTooLarge(): Refusal {
  return new Refusal(
    'county_too_large',
    422,
    { zh: '道路数据的范围超过约 750 公里见方', en: 'the roads span more than about 750 km a side' },
    {
      zh: '用 osmium extract 裁到本县后重新导入',
      en: 'cut them to the county (osmium extract) and import again',
    },
  )
}
