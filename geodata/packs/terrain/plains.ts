import { DX, DY, type Drainage } from './drainage.ts'
import type { Ground } from './erode.ts'

/** How fast a plain rises away from its river. */
const CROSS_SLOPE = 0.006

/**
 * Fills the sunken basins with gravel: within them the ground becomes a plain that rises gently from the main
 * river, so that side streams cross it on the shortest way. Changes `ground.height`.
 */
export function layPlains(ground: Ground, flow: Drainage): void {
  const { frame, height, basin } = ground
  const { cols, rows, cellM } = frame
  let mouth = 0
  for (let i = 0; i < height.length; i++) if (flow.areaKm2[i] > flow.areaKm2[mouth]) mouth = i
  const nearest = new Int32Array(height.length).fill(-1)
  const queue: number[] = []
  for (const cell of mainStem(flow, mouth)) {
    nearest[cell] = cell
    queue.push(cell)
  }
  const away = (cell: number, source: number) => {
    const dx = (cell % cols) - (source % cols)
    const dy = Math.floor(cell / cols) - Math.floor(source / cols)
    return Math.sqrt(dx * dx + dy * dy) * cellM
  }
  const plainM = (cell: number, source: number) => height[source] + CROSS_SLOPE * away(cell, source)
  for (let k = 0; k < queue.length; k++) {
    const cell = queue[k]
    const source = nearest[cell]
    const x = cell % cols
    const y = (cell - x) / cols
    for (let d = 0; d < 8; d++) {
      const [nx, ny] = [x + DX[d], y + DY[d]]
      if (nx < 0 || ny < 0 || nx >= cols || ny >= rows) continue
      const to = ny * cols + nx
      // Beyond the basin the gravel backs up into the valleys that lie lower.
      if (basin[to] <= 0 && height[to] >= plainM(to, source)) continue
      if (nearest[to] >= 0 && away(to, nearest[to]) <= away(to, source)) continue
      nearest[to] = source
      queue.push(to)
    }
  }
  for (let cell = 0; cell < height.length; cell++) {
    const source = nearest[cell]
    if (source < 0 || source === cell) continue
    const plain = plainM(cell, source)
    if (height[cell] < plain) height[cell] = plain
    else height[cell] += basin[cell] * (plain - height[cell])
  }
}

/** From the mouth up, always along the larger stream. */
function mainStem(flow: Drainage, mouth: number): number[] {
  const { receiver, downstream, areaKm2 } = flow
  const stem = new Int32Array(receiver.length).fill(-1)
  for (const cell of downstream) {
    const to = receiver[cell]
    if (to >= 0 && (stem[to] < 0 || areaKm2[cell] > areaKm2[stem[to]])) stem[to] = cell
  }
  const cells: number[] = []
  for (let cell = mouth; cell >= 0 && areaKm2[cell] > areaKm2[mouth] / 5; cell = stem[cell]) cells.push(cell)
  return cells
}
