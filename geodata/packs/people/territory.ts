import { LAKE, RIVER, type Land } from '../county.ts'
import { Heap } from '../heap.ts'
import { cellOfNode, nodeOfCell, type Lattice } from '../lattice.ts'

/**
 * Which seat each node of the lattice belongs to: the one that is walked to soonest, so that a ridge or a
 * river parts two townships.
 * @param seats cells of the land, each with the metres that it starts behind the others
 */
export function territories(
  land: Land,
  lattice: Lattice,
  seats: readonly { cell: number; behindM: number }[],
): Int16Array {
  const { cols, rows, widthM, heightM } = lattice
  const count = cols * rows
  const owner = new Int16Array(count).fill(-1)
  const best = new Float64Array(count).fill(Infinity)
  const heap = new Heap()
  const diagonal = Math.sqrt(widthM * widthM + heightM * heightM)
  seats.forEach(({ cell, behindM }, i) => {
    const node = nodeOfCell(lattice, land.grid, cell)
    if (best[node] <= behindM) return
    best[node] = behindM
    owner[node] = i
    heap.push(behindM, node)
  })
  while (heap.size > 0) {
    const cost = heap.leastKey()
    const node = heap.pop()
    if (cost > best[node]) continue
    const row = Math.floor(node / cols)
    const col = node - row * cols
    const here = land.heightM[cellOfNode(lattice, land.grid, node)]
    for (let dr = -1; dr <= 1; dr++) {
      for (let dc = -1; dc <= 1; dc++) {
        const [r, c] = [row + dr, col + dc]
        if ((dr === 0 && dc === 0) || r < 0 || c < 0 || r >= rows || c >= cols) continue
        const next = r * cols + c
        const cell = cellOfNode(lattice, land.grid, next)
        const climb = Math.abs(land.heightM[cell] - here)
        const wet = land.water[cell] === LAKE ? 2000 : land.water[cell] === RIVER ? 150 : 0
        const length = dr === 0 ? widthM : dc === 0 ? heightM : diagonal
        const sum = cost + length + 8 * climb + wet
        if (sum >= best[next]) continue
        best[next] = sum
        owner[next] = owner[node]
        heap.push(sum, next)
      }
    }
  }
  return owner
}
