import { INF, type Graph } from '../roads/graph.ts'
import type { Weights } from './weights.ts'

/** Where a search begins: a node with the milliseconds already spent when it is there. */
export interface Seed {
  node: number
  ms: number
  /** The arc driven in part between the asked place and the node; NONE when the place is the node. */
  arc: number
}

/** Milliseconds per bucket are 2^this; about the time of a short arc, so that few nodes are relaxed twice. */
const BUCKET_SHIFT = 14

/**
 * Shortest times from seeds, bounded, over one graph; keeps its scratch arrays from run to run.
 * A ring of buckets of 2^14 ms, each relaxed until it is empty: exact to the millisecond, whatever the weights.
 * `dist[node]` holds the result until the next run; INF = not reached within the limit.
 */
export class Search {
  readonly dist: Int32Array
  private readonly reachedNodes: Uint32Array
  private reachedCount = 0
  private readonly relaxedAt: Int32Array
  private entryNode: Int32Array<ArrayBuffer>
  private entryNext: Int32Array<ArrayBuffer>
  private ring = new Int32Array(0)

  constructor(readonly graph: Graph) {
    this.dist = new Int32Array(graph.nodes).fill(INF)
    this.relaxedAt = new Int32Array(graph.nodes).fill(-1)
    this.reachedNodes = new Uint32Array(graph.nodes)
    this.entryNode = new Int32Array(graph.nodes + 1024)
    this.entryNext = new Int32Array(graph.nodes + 1024)
  }

  /** Nodes reached by the last run, in the order they were first reached; valid until the next. */
  get reached(): Uint32Array {
    return this.reachedNodes.subarray(0, this.reachedCount)
  }

  /**
   * @param backward true = times from everywhere *to* the seeds, on the reverse graph.
   * @param limitMs nodes beyond it stay INF; pass INF − 1 for no bound.
   * @param targets stop once all of these are settled (others may then be unsettled and must not be read).
   */
  run(weights: Weights, backward: boolean, seeds: Seed[], limitMs: number, targets?: Uint32Array): void {
    const { dist, relaxedAt, reachedNodes: reached, graph } = this
    for (let i = 0; i < this.reachedCount; i++) {
      const node = reached[i]!
      dist[node] = INF
      relaxedAt[node] = -1
    }
    let reachedCount = 0
    const firstOut = backward ? graph.rFirst : graph.first
    const endOut = weights.walks ? firstOut.subarray(1) : backward ? graph.rMotorEnd : graph.motorEnd
    const next = backward ? graph.rTail : graph.head
    const ms = backward ? weights.rms : weights.ms

    const later = seeds.filter(s => s.ms <= limitMs).sort((a, b) => b.ms - a.ms)
    const mask = this.prepareRing(weights.maxMs)
    const ring = this.ring
    let { entryNode, entryNext } = this
    let capacity = entryNode.length
    let entries = 0
    let waiting = 0 // entries in the ring
    let bucket = later.length > 0 ? later.at(-1)!.ms >> BUCKET_SHIFT : 0
    let open = targets ? targets.length : -1

    while (waiting > 0 || later.length > 0) {
      if (waiting === 0) bucket = Math.max(bucket, later.at(-1)!.ms >> BUCKET_SHIFT)
      while (later.length > 0 && later.at(-1)!.ms >> BUCKET_SHIFT <= bucket) {
        const { node, ms: start } = later.pop()!
        if (start >= dist[node]!) continue
        if (dist[node] === INF) reached[reachedCount++] = node
        dist[node] = start
        if (entries === capacity) {
          this.growEntries()
          ;({ entryNode, entryNext } = this)
          capacity = entryNode.length
        }
        entryNode[entries] = node
        entryNext[entries] = ring[bucket & mask]!
        ring[bucket & mask] = entries++
        waiting++
      }
      const slot = bucket & mask
      for (let entry = ring[slot]!; entry >= 0; entry = ring[slot]!) {
        ring[slot] = entryNext[entry]!
        waiting--
        const node = entryNode[entry]!
        const d = dist[node]!
        // Improved into an earlier bucket, or relaxed at this time already: nothing new leaves it.
        if (relaxedAt[node] === d || d >> BUCKET_SHIFT !== bucket) continue
        relaxedAt[node] = d
        const end = endOut[node]!
        for (let a = firstOut[node]!; a < end; a++) {
          const t = d + ms[a]!
          if (t > limitMs) continue // an INF weight always is
          const to = next[a]!
          const before = dist[to]!
          if (t >= before) continue
          if (before === INF) reached[reachedCount++] = to
          dist[to] = t
          if (entries === capacity) {
            this.growEntries()
            ;({ entryNode, entryNext } = this)
            capacity = entryNode.length
          }
          const at = (t >> BUCKET_SHIFT) & mask
          entryNode[entries] = to
          entryNext[entries] = ring[at]!
          ring[at] = entries++
          waiting++
        }
      }
      bucket++
      if (open >= 0) {
        const settled = bucket << BUCKET_SHIFT
        while (open > 0 && dist[targets![open - 1]!]! < settled) open--
        if (open === 0) break
      }
    }
    if (waiting > 0) ring.fill(-1)
    this.reachedCount = reachedCount
  }

  /** The ring must hold every bucket an arc can reach from the current one. */
  private prepareRing(maxMs: number): number {
    const needed = (maxMs >> BUCKET_SHIFT) + 2
    let size = 64
    while (size < needed) size *= 2
    if (this.ring.length < size) this.ring = new Int32Array(size).fill(-1)
    return this.ring.length - 1
  }

  private growEntries(): void {
    for (const key of ['entryNode', 'entryNext'] as const) {
      const grown = new Int32Array(this[key].length * 2)
      grown.set(this[key])
      this[key] = grown
    }
  }
}
