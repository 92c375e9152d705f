/**
 * A naive Dijkstra over the text of an exported `arcs.csv`. It imports nothing and shares no idea with the
 * engine but the columns: a list of arcs, a list of settled nodes, no bound, no order of nodes.
 */
export interface OracleArc {
  tail: number
  head: number
  ms: number
  lengthM: number
  way: number
  class: string
}

export class Oracle {
  readonly arcs: OracleArc[]
  private readonly out = new Map<number, OracleArc[]>()
  private readonly into = new Map<number, OracleArc[]>()

  /** @param keep false leaves an arc (by its row) out, as a closure does. */
  constructor(csv: string, keep: (row: number) => boolean = () => true) {
    const [heading, ...rows] = csv.trimEnd().split('\n')
    if (heading !== 'tail,head,ms,length_m,way_id,class') throw new Error(`heading ${heading}`)
    this.arcs = rows.map(row => {
      const [tail, head, ms, lengthM, way, cls] = row.split(',')
      return { tail: +tail, head: +head, ms: +ms, lengthM: +lengthM, way: +way, class: cls }
    })
    this.arcs.forEach((arc, row) => {
      if (!keep(row)) return
      push(this.out, arc.tail, arc)
      push(this.into, arc.head, arc)
    })
  }

  /** Times from the seeds to every node that can be reached; with `backward`, to the seeds from every node. */
  times(seeds: { node: number; ms: number }[], backward = false): Map<number, number> {
    const settled = new Map<number, number>()
    const heap = new Heap()
    for (const { node, ms } of seeds) heap.push(ms, node)
    for (let top = heap.pop(); top; top = heap.pop()) {
      const [ms, node] = top
      if (settled.has(node)) continue
      settled.set(node, ms)
      for (const arc of (backward ? this.into : this.out).get(node) ?? []) {
        const next = backward ? arc.tail : arc.head
        if (!settled.has(next)) heap.push(ms + arc.ms, next)
      }
    }
    return settled
  }
}

function push<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

class Heap {
  private readonly items: [number, number][] = []

  push(key: number, value: number): void {
    let i = this.items.push([key, value]) - 1
    while (i > 0 && this.items[(i - 1) >> 1][0] > this.items[i][0]) i = this.swap(i, (i - 1) >> 1)
  }

  pop(): [number, number] | undefined {
    this.swap(0, this.items.length - 1)
    const top = this.items.pop()
    for (let i = 0; ;) {
      let least = i
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < this.items.length && this.items[child][0] < this.items[least][0]) least = child
      }
      if (least === i) return top
      i = this.swap(i, least)
    }
  }

  private swap(a: number, b: number): number {
    const item = this.items[a]
    this.items[a] = this.items[b]
    this.items[b] = item
    return b
  }
}
