import { DRY, RIVER, type Land } from '../county.ts'
import { cellSizeM } from '../grid.ts'
import { Heap } from '../heap.ts'
import { hash2 } from '../random.ts'
import { buildable } from './sites.ts'

export interface Growth {
  land: Land
  /** 1 where somebody lives already; what grows is marked too. */
  taken: Uint8Array
  seed: number
}

/**
 * The cells of the land that a settlement of `wanted` cells covers: outwards from `from` over level ground,
 * round what is steep or wet. A town crosses its river, a village stays on its bank.
 * @returns the cells in the order in which they were built on; fewer where there is no more room
 */
export function grow({ land, taken, seed }: Growth, from: number, wanted: number, town: boolean): Int32Array {
  const { cols } = land.grid
  const { widthM, heightM } = cellSizeM(land.grid)
  const diagonal = Math.sqrt(widthM * widthM + heightM * heightM)
  const heap = new Heap()
  const costs = new Map<number, number>([[from, 0]])
  const built: number[] = []
  const limitM = town ? 9000 : 1500
  heap.push(0, from)
  while (heap.size > 0 && built.length < wanted) {
    const cost = heap.leastKey()
    const cell = heap.pop()
    if (cost > costs.get(cell)! || cost > limitM) continue
    if (!taken[cell] && buildable(land, cell)) {
      taken[cell] = 1
      built.push(cell)
    }
    const col = cell % cols
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        if ((dr === 0 && dc === 0) || col + dc < 0 || col + dc >= cols) continue
        const next = cell + dr * cols + dc
        const weight = ease(land, next, seed, town)
        if (weight === Infinity) continue
        const length = dr === 0 ? widthM : dc === 0 ? heightM : diagonal
        const sum = cost + length * weight
        if (sum >= (costs.get(next) ?? Infinity)) continue
        costs.set(next, sum)
        heap.push(sum, next)
      }
    }
  }
  return Int32Array.from(built)
}

/** What a metre counts for: chance in blocks of 4 cells frays the edge. */
function ease(land: Land, cell: number, seed: number, town: boolean): number {
  if (cell < 0 || cell >= land.water.length || !land.inside[cell]) return Infinity
  if (land.water[cell] === RIVER) return town ? 5 : Infinity
  if (land.water[cell] !== DRY) return Infinity
  const { cols } = land.grid
  const block = (Math.floor(cell / cols) >> 2) * 65536 + ((cell % cols) >> 2)
  const frayed = (hash2(seed, block, 7) / 4294967296) * 0.9
  const wet = land.floodPlain[cell] ? (town ? 0.5 : 2.5) : 0
  const slope = land.slopeDeg[cell]
  return slope > 18 ? Infinity : 1 + frayed + wet + (slope * slope) / 50
}

/** The cell of a settlement that lies nearest to its middle. */
export function middleOf(cells: ArrayLike<number>, cols: number): number {
  let [x, y] = [0, 0]
  for (let i = 0; i < cells.length; i++) {
    x += cells[i] % cols
    y += Math.floor(cells[i] / cols)
  }
  x /= cells.length
  y /= cells.length
  let [best, least] = [cells[0], Infinity]
  for (let i = 0; i < cells.length; i++) {
    const dx = (cells[i] % cols) - x
    const dy = Math.floor(cells[i] / cols) - y
    if (dx * dx + dy * dy < least) [best, least] = [cells[i], dx * dx + dy * dy]
  }
  return best
}

/**
 * Cuts cells into `parts` about equal in size and compact (k-means from points far apart).
 * @returns the parts, each with at least one cell where there are enough
 */
export function parted(cells: Int32Array, parts: number, cols: number): Int32Array[] {
  const xs = Float64Array.from(cells, cell => cell % cols)
  const ys = Float64Array.from(cells, cell => Math.floor(cell / cols))
  const centres = farApart(xs, ys, parts)
  const part = new Int32Array(cells.length)
  for (let round = 0; round < 12; round++) {
    const sums = centres.map(() => [0, 0, 0])
    for (let i = 0; i < cells.length; i++) {
      let least = Infinity
      centres.forEach(([x, y, weight], k) => {
        const dx = xs[i] - x
        const dy = ys[i] - y
        const d = (dx * dx + dy * dy) * weight
        if (d < least) [least, part[i]] = [d, k]
      })
      const sum = sums[part[i]]
      sum[0] += xs[i]
      sum[1] += ys[i]
      sum[2]++
    }
    sums.forEach(([x, y, n], k) => {
      const fair = (n * parts) / cells.length
      // A part that is too large counts distances for more in the next round.
      const weight = centres[k][2] * (fair > 1.15 ? 1.12 : fair < 0.85 ? 0.9 : 1)
      if (n > 0) centres[k] = [x / n, y / n, weight]
    })
  }
  return centres.map((_, k) => cells.filter((_cell, i) => part[i] === k)).filter(some => some.length > 0)
}

function farApart(xs: Float64Array, ys: Float64Array, parts: number): number[][] {
  const centres = [[xs[0], ys[0], 1]]
  const far = new Float64Array(xs.length).fill(Infinity)
  while (centres.length < Math.min(parts, xs.length)) {
    const [x, y] = centres[centres.length - 1]
    let best = 0
    for (let i = 0; i < xs.length; i++) {
      const d = (xs[i] - x) * (xs[i] - x) + (ys[i] - y) * (ys[i] - y)
      if (d < far[i]) far[i] = d
      if (far[i] > far[best]) best = i
    }
    centres.push([xs[best], ys[best], 1])
  }
  return centres
}
