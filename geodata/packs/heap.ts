/** Numbered things by key, least first; of equal keys the lowest number, so that every run agrees. */
export class Heap {
  private keys = new Float64Array(1024)
  private values = new Int32Array(1024)
  size = 0

  clear(): void {
    this.size = 0
  }

  leastKey(): number {
    return this.size > 0 ? this.keys[0] : Infinity
  }

  push(key: number, value: number): void {
    if (this.size === this.keys.length) this.grow()
    let i = this.size++
    const { keys, values } = this
    while (i > 0) {
      const up = (i - 1) >> 1
      if (keys[up] < key || (keys[up] === key && values[up] <= value)) break
      keys[i] = keys[up]
      values[i] = values[up]
      i = up
    }
    keys[i] = key
    values[i] = value
  }

  /** Takes the least out; -1 when empty. Its key is `leastKey()` before. */
  pop(): number {
    if (this.size === 0) return -1
    const { keys, values } = this
    const top = values[0]
    const n = --this.size
    const key = keys[n]
    const value = values[n]
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= n) break
      const right = child + 1
      if (
        right < n &&
        (keys[right] < keys[child] || (keys[right] === keys[child] && values[right] < values[child]))
      )
        child = right
      if (keys[child] > key || (keys[child] === key && values[child] >= value)) break
      keys[i] = keys[child]
      values[i] = values[child]
      i = child
    }
    keys[i] = key
    values[i] = value
    return top
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2)
    const values = new Int32Array(this.values.length * 2)
    keys.set(this.keys)
    values.set(this.values)
    this.keys = keys
    this.values = values
  }
}
