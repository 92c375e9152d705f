/** Nodes grouped by lattice block: a counting sort, once per lattice. */
export class NodesByBlock {
  /** Block of each node. */
  readonly blockOf: Uint32Array
  private readonly first: Uint32Array
  private readonly nodes: Uint32Array

  constructor(count: number, blockOf: (node: number) => number) {
    const block = new Uint32Array(count)
    let blocks = 0
    for (let node = 0; node < count; node++) {
      block[node] = blockOf(node)
      blocks = Math.max(blocks, block[node]! + 1)
    }
    this.blockOf = block
    this.first = new Uint32Array(blocks + 1)
    for (const b of block) this.first[b + 1]!++
    for (let b = 0; b < blocks; b++) this.first[b + 1]! += this.first[b]!
    const at = this.first.slice()
    this.nodes = new Uint32Array(count)
    for (let node = 0; node < count; node++) this.nodes[at[block[node]!]!++] = node
  }

  in(block: number): Uint32Array {
    return block + 1 < this.first.length
      ? this.nodes.subarray(this.first[block], this.first[block + 1])
      : new Uint32Array(0)
  }
}
