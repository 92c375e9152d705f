/** The plainest heap there is. */
export class Heap {
  private readonly keys: number[] = []
  private readonly cells: number[] = []

  push(key: number, cell: number): void {
    let i = this.keys.push(key) - 1
    this.cells.push(cell)
    for (let up = (i - 1) >> 1; i > 0 && this.keys[up]! > this.keys[i]!; up = (i - 1) >> 1) {
      this.swap(i, up)
      i = up
    }
  }

  pop(): number {
    if (this.keys.length === 0) return -1
    const top = this.cells[0]!
    const [key, cell] = [this.keys.pop()!, this.cells.pop()!]
    if (this.keys.length > 0) {
      this.keys[0] = key
      this.cells[0] = cell
      for (let i = 0; ;) {
        let least = i
        for (const child of [2 * i + 1, 2 * i + 2]) {
          if (child < this.keys.length && this.keys[child]! < this.keys[least]!) least = child
        }
        if (least === i) break
        this.swap(i, least)
        i = least
      }
    }
    return top
  }

  private swap(a: number, b: number): void {
    ;[this.keys[a], this.keys[b]] = [this.keys[b]!, this.keys[a]!]
    ;[this.cells[a], this.cells[b]] = [this.cells[b]!, this.cells[a]!]
  }
}
