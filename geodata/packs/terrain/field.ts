/** Where a raster of square cells lies: metres east and south of the county's centre, to its north-west corner. */
export interface Frame {
  cols: number
  rows: number
  cellM: number
  west: number
  north: number
}

export const cellCount = (frame: Frame): number => frame.cols * frame.rows

/** The cell that holds a point, or -1 outside. */
export function frameCell(frame: Frame, x: number, y: number): number {
  const col = Math.floor((x - frame.west) / frame.cellM)
  const row = Math.floor((y - frame.north) / frame.cellM)
  return col < 0 || row < 0 || col >= frame.cols || row >= frame.rows ? -1 : row * frame.cols + col
}

/** Metres east and south of the centre to a cell's middle. */
export function middleOf(frame: Frame, cell: number): [number, number] {
  const col = cell % frame.cols
  const row = (cell - col) / frame.cols
  return [frame.west + (col + 0.5) * frame.cellM, frame.north + (row + 0.5) * frame.cellM]
}

/** Metres between the middles of two cells. */
export function apartM({ cols, cellM }: Frame, a: number, b: number): number {
  const dx = (a % cols) - (b % cols)
  const dy = Math.floor(a / cols) - Math.floor(b / cols)
  return Math.sqrt(dx * dx + dy * dy) * cellM
}

/** One value per cell by its middle. */
export function fieldOf(frame: Frame, value: (x: number, y: number) => number): Float32Array {
  const out = new Float32Array(cellCount(frame))
  for (let row = 0, i = 0; row < frame.rows; row++) {
    const y = frame.north + (row + 0.5) * frame.cellM
    for (let col = 0; col < frame.cols; col++, i++) out[i] = value(frame.west + (col + 0.5) * frame.cellM, y)
  }
  return out
}

/** The same field on another frame: Catmull-Rom splines, the edge's value beyond the edge. */
export function resample(values: Float32Array, from: Frame, to: Frame): Float32Array {
  const across = taps(from.west, from.cellM, from.cols, to.west, to.cellM, to.cols)
  const down = taps(from.north, from.cellM, from.rows, to.north, to.cellM, to.rows)
  const out = new Float32Array(cellCount(to))
  const line = new Float32Array(from.cols)
  for (let row = 0; row < to.rows; row++) {
    const [a, b, c, d] = [0, 1, 2, 3].map(k => down.index[row * 4 + k] * from.cols)
    const [wa, wb, wc, wd] = [0, 1, 2, 3].map(k => down.weight[row * 4 + k])
    for (let col = 0; col < from.cols; col++) {
      line[col] = wa * values[a + col] + wb * values[b + col] + wc * values[c + col] + wd * values[d + col]
    }
    const { index, weight } = across
    for (let col = 0, k = 0; col < to.cols; col++, k += 4) {
      out[row * to.cols + col] =
        weight[k] * line[index[k]] +
        weight[k + 1] * line[index[k + 1]] +
        weight[k + 2] * line[index[k + 2]] +
        weight[k + 3] * line[index[k + 3]]
    }
  }
  return out
}

function taps(from: number, fromCell: number, fromCount: number, to: number, toCell: number, count: number) {
  const index = new Int32Array(count * 4)
  const weight = new Float64Array(count * 4)
  for (let i = 0; i < count; i++) {
    const at = (to + (i + 0.5) * toCell - from) / fromCell - 0.5
    const base = Math.floor(at)
    const t = at - base
    const w = [
      ((2 - t) * t - 1) * t * 0.5,
      ((3 * t - 5) * t * t + 2) * 0.5,
      ((4 - 3 * t) * t + 1) * t * 0.5,
      (t - 1) * t * t * 0.5,
    ]
    for (let k = 0; k < 4; k++) {
      index[i * 4 + k] = Math.min(fromCount - 1, Math.max(0, base - 1 + k))
      weight[i * 4 + k] = w[k]
    }
  }
  return { index, weight }
}

/** Metres by which the ground is moved at each cell; bends what would run straight along a raster. */
export interface Warp {
  east: Float32Array
  south: Float32Array
}

/** Where a place of the ground lies after the warp: a fixed point, near enough after three rounds. */
export function movedTo(frame: Frame, warp: Warp, x: number, y: number): [number, number] {
  let [px, py] = [x, y]
  for (let round = 0; round < 3; round++) {
    const at = frameCell(frame, px, py)
    if (at < 0) break
    px = x - warp.east[at]
    py = y - warp.south[at]
  }
  return [px, py]
}

/** `resample`, each cell of `to` taken from where its warp points. */
export function resampleWarped(values: Float32Array, from: Frame, to: Frame, warp: Warp): Float32Array {
  const out = new Float32Array(cellCount(to))
  const { cols, rows, cellM } = from
  const ratio = to.cellM / cellM
  const x0 = (to.west + 0.5 * to.cellM - from.west) / cellM - 0.5
  const y0 = (to.north + 0.5 * to.cellM - from.north) / cellM - 0.5
  for (let row = 0, i = 0; row < to.rows; row++) {
    for (let col = 0; col < to.cols; col++, i++) {
      const x = Math.min(cols - 3, Math.max(1, x0 + col * ratio + warp.east[i] / cellM))
      const y = Math.min(rows - 3, Math.max(1, y0 + row * ratio + warp.south[i] / cellM))
      const cx = Math.floor(x)
      const cy = Math.floor(y)
      const t = x - cx
      const a = ((2 - t) * t - 1) * t * 0.5
      const b = ((3 * t - 5) * t * t + 2) * 0.5
      const c = ((4 - 3 * t) * t + 1) * t * 0.5
      const d = (t - 1) * t * t * 0.5
      const u = y - cy
      let sum = 0
      for (let k = 0, at = (cy - 1) * cols + cx; k < 4; k++, at += cols) {
        const line = a * values[at - 1] + b * values[at] + c * values[at + 1] + d * values[at + 2]
        sum += line * spline(k, u)
      }
      out[i] = sum
    }
  }
  return out
}

function spline(k: number, t: number): number {
  if (k === 0) return ((2 - t) * t - 1) * t * 0.5
  if (k === 1) return ((3 * t - 5) * t * t + 2) * 0.5
  if (k === 2) return ((4 - 3 * t) * t + 1) * t * 0.5
  return (t - 1) * t * t * 0.5
}
