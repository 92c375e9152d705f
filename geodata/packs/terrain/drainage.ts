/** Steps to the eight neighbours, as columns and rows. */
export const DX = [1, 1, 0, -1, -1, -1, 0, 1]
export const DY = [0, 1, 1, 1, 0, -1, -1, -1]

/** How water runs over a raster of square cells. */
export interface Drainage {
  /** The neighbour each cell drains to, -1 where it leaves. */
  receiver: Int32Array
  /** Every cell after all that drain into it. */
  downstream: Int32Array
  /** Own cell and what drains into it, in km². */
  areaKm2: Float32Array
}

export const newDrainage = (cells: number): Drainage => ({
  receiver: new Int32Array(cells),
  downstream: new Int32Array(cells),
  areaKm2: new Float32Array(cells),
})

/**
 * Lifts pits until all drains to an outlet (priority-flood, Barnes 2014), each cell at least `rise` above the
 * one it was reached from. Heights in metres; sorted to a tenth of one, which `rise` makes good.
 * `outlet` 1 = water leaves there. `receiver` gets the cell each was reached from; returns the cells in that order.
 */
export function fillPits(
  height: Float32Array,
  cols: number,
  outlet: Uint8Array,
  rise: number,
  receiver: Int32Array,
): Int32Array {
  const cells = height.length
  const rows = cells / cols
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < cells; i++) {
    if (height[i] < low) low = height[i]
    if (height[i] > high) high = height[i]
  }
  const buckets = Math.ceil((high - low) * 10) + 2
  const head = new Int32Array(buckets).fill(-1)
  const tail = new Int32Array(buckets)
  const next = new Int32Array(cells)
  const seen = new Uint8Array(cells)
  const order = new Int32Array(cells)
  const push = (cell: number, from: number) => {
    const bucket = Math.min(buckets - 1, Math.max(from, Math.round((height[cell] - low) * 10)))
    next[cell] = -1
    if (head[bucket] < 0) head[bucket] = cell
    else next[tail[bucket]] = cell
    tail[bucket] = cell
  }
  for (let i = 0; i < cells; i++) {
    if (!outlet[i]) continue
    seen[i] = 1
    receiver[i] = -1
    push(i, 0)
  }
  let count = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    while (head[bucket] >= 0) {
      const cell = head[bucket]
      head[bucket] = next[cell]
      order[count++] = cell
      const x = cell % cols
      const y = (cell - x) / cols
      const least = height[cell] + rise
      for (let d = 0; d < 8; d++) {
        const nx = x + DX[d]
        const ny = y + DY[d]
        if (nx < 0 || ny < 0 || nx >= cols || ny >= rows) continue
        const to = ny * cols + nx
        if (seen[to]) continue
        seen[to] = 1
        receiver[to] = cell
        if (height[to] < least) height[to] = least
        push(to, bucket)
      }
    }
  }
  return order
}

/**
 * Turns each cell's receiver to its steepest way down; a cell without any keeps the one it has, so that flats
 * drain as `fillPits` left them. With `unevenness` (0–1) the ground's small chances bend the choice, which
 * keeps valleys from running along the raster.
 */
export function steepest(
  height: Float32Array,
  cols: number,
  receiver: Int32Array,
  unevenness: number,
  chance: Float32Array,
): void {
  const rows = height.length / cols
  const step = DX.map((dx, d) => dx + DY[d] * cols)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++) {
      const cell = y * cols + x
      if (receiver[cell] < 0) continue
      const h = height[cell]
      let best = 0
      let to = receiver[cell]
      const edge = x === 0 || y === 0 || x === cols - 1 || y === rows - 1
      for (let d = 0; d < 8; d++) {
        if (edge) {
          const nx = x + DX[d]
          const ny = y + DY[d]
          if (nx < 0 || ny < 0 || nx >= cols || ny >= rows) continue
        }
        const drop = h - height[cell + step[d]]
        if (drop <= 0) continue
        const slope =
          (d & 1 ? drop * Math.SQRT1_2 : drop) *
          (1 + unevenness * chance[(cell * 8 + d) & (chance.length - 1)])
        if (slope > best) {
          best = slope
          to = cell + step[d]
        }
      }
      receiver[cell] = to
    }
  }
}

/** Orders the cells downstream and gathers their areas; `inflowKm2` comes in from outside. */
export function accumulate(flow: Drainage, cellKm2: number, inflowKm2?: Float32Array): void {
  const { receiver, downstream, areaKm2 } = flow
  const cells = receiver.length
  const waiting = new Uint8Array(cells)
  for (let i = 0; i < cells; i++) if (receiver[i] >= 0) waiting[receiver[i]]++
  if (inflowKm2) for (let i = 0; i < cells; i++) areaKm2[i] = cellKm2 + inflowKm2[i]
  else areaKm2.fill(cellKm2)
  let count = 0
  // A cell whose donors are all done is 0; 255 marks one already listed.
  for (let i = 0; i < cells; i++) {
    if (waiting[i] !== 0) continue
    let cell = i
    for (;;) {
      downstream[count++] = cell
      waiting[cell] = 255
      const to = receiver[cell]
      if (to < 0) break
      areaKm2[to] += areaKm2[cell]
      if (--waiting[to] !== 0) break
      cell = to
    }
  }
  if (count !== cells) throw new Error(`${cells - count} cells drain in a circle`)
}
