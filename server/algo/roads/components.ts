import { edgeEnds } from '../search/snap.ts'
import { edgeMs } from '../search/weights.ts'
import { INF, type Graph } from './graph.ts'

/** A network smaller than this many nodes and than this share of all is a pocket: a yard, a lost lane. */
const POCKET_NODES = 50
const POCKET_SHARE = 0.002

/**
 * 1 for every edge of which both ends belong to a network that can be driven in and out of and is more than a
 * pocket. A village or a fire station stands for its people, not for the nearest metre of asphalt: it is
 * brought onto such a road, so that a gated yard beside it does not read as "no road".
 * @param open times with every road open: closures never change what is connected
 */
export function connectedEdges(graph: Graph, open: Int32Array): Uint8Array {
  const component = strongComponents(graph, open)
  const size = new Uint32Array(graph.nodes)
  for (const c of component) size[c]!++
  const least = Math.max(POCKET_NODES, graph.nodes * POCKET_SHARE)
  // A junction that only copies are driven through is as connected as the best of them.
  const large = Uint8Array.from(component, c => (size[c]! >= least ? 1 : 0))
  graph.copyNode.forEach((copy, i) => {
    if (large[copy]) large[graph.copyBase[i]!] = 1
  })
  return Uint8Array.from({ length: graph.edges }, (_, edge) => {
    if (edgeMs(graph, open, edge, 0) === INF && edgeMs(graph, open, edge, 1) === INF) return 0
    const [tail, head] = edgeEnds(graph, edge)
    return large[tail] && large[head] ? 1 : 0
  })
}

/** The strongly connected component of every node (Tarjan 1972, without recursion). */
function strongComponents(graph: Graph, open: Int32Array): Uint32Array {
  const { nodes, first, head } = graph
  const order = new Uint32Array(nodes) // 1 + order of discovery, 0 = not yet
  const low = new Uint32Array(nodes)
  const nextArc = Uint32Array.from(first.subarray(0, nodes))
  const component = new Uint32Array(nodes)
  const onStack = new Uint8Array(nodes)
  const path: number[] = []
  const pending: number[] = []
  let found = 0
  let components = 0
  const enter = (node: number): void => {
    order[node] = low[node] = ++found
    onStack[node] = 1
    path.push(node)
    pending.push(node)
  }
  for (let root = 0; root < nodes; root++) {
    if (order[root]) continue
    enter(root)
    while (path.length > 0) {
      const node = path.at(-1)!
      if (nextArc[node]! < first[node + 1]!) {
        const arc = nextArc[node]!++
        if (open[arc] === INF) continue
        const to = head[arc]!
        if (!order[to]) enter(to)
        else if (onStack[to]) low[node] = Math.min(low[node]!, order[to]!)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!)
      if (low[node] !== order[node]) continue
      for (let member = -1; member !== node;) {
        member = pending.pop()!
        onStack[member] = 0
        component[member] = components
      }
      components++
    }
  }
  return component
}
