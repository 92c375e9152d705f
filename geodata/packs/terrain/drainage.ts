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
 * one it was reached from, which `receiver` gets. Heights in metres; the queue is sorted to a tenth of one only,
 * which the rise makes good. `outlet` 1 = water leaves there.
 */
export function fillPits(
  height: Float32Array,
  cols: number,
  outlet: Uint8Array,
  rise: number,
  receiver: Int32Array,
): void {
  const cells = height.length
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < cells; i++) {
    if (height[i] < low) low = height[i]
    if (height[i] > high) high = height[i]
  }
  // A bucket is a queue by decimetre: first in, first out, so that flats drain on the shortest way.
  const buckets = Math.ceil((high - low) * 10) + 2
  const head = new Int32Array(buckets).fill(-1)
  const tail = new Int32Array(buckets)
  const next = new Int32Array(cells)
  const seen = new Uint8Array(cells)
  const step = DX.map((dx, d) => dx + DY[d] * cols)
  for (let i = 0; i < cells; i++) {
    if (!outlet[i]) continue
    seen[i] = 1
    receiver[i] = -1
    const bucket = Math.min(buckets - 1, Math.round((height[i] - low) * 10))
    next[i] = -1
    if (head[bucket] < 0) head[bucket] = i
    else next[tail[bucket]] = i
    tail[bucket] = i
  }
  for (let bucket = 0; bucket < buckets; bucket++) {
    for (let cell = head[bucket]; cell >= 0; cell = next[cell]) {
      const x = cell % cols
      const edge = x === 0 || x === cols - 1 || cell < cols || cell >= cells - cols
      const least = height[cell] + rise
      for (let d = 0; d < 8; d++) {
        const to = cell + step[d]
        if (edge && (to < 0 || to >= cells || x + DX[d] < 0 || x + DX[d] >= cols)) continue
        if (seen[to] === 1) continue
        seen[to] = 1
        receiver[to] = cell
        if (height[to] < least) height[to] = least
        let wait = Math.round((height[to] - low) * 10)
        if (wait < bucket) wait = bucket
        else if (wait >= buckets) wait = buckets - 1
        next[to] = -1
        if (head[wait] < 0) head[wait] = to
        else next[tail[wait]] = to
        tail[wait] = to
      }
    }
  }
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
  const step = Int32Array.from(DX, (dx, d) => dx + DY[d] * cols)
  const mask = chance.length - 1
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < cols; x++) {
      const cell = y * cols + x
      if (receiver[cell] < 0) continue
      const h = height[cell]
      let best = 0
      let to = receiver[cell]
      const edge = x === 0 || y === 0 || x === cols - 1 || y === rows - 1
      for (let d = 0; d < 8; d++) {
        if (edge && (x + DX[d] < 0 || x + DX[d] >= cols || y + DY[d] < 0 || y + DY[d] >= rows)) continue
        let drop = h - height[cell + step[d]]
        if (drop <= 0) continue
        if ((d & 1) === 1) drop *= Math.SQRT1_2
        const slope = drop * (1 + unevenness * chance[(cell * 8 + d) & mask])
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
