import { DX, DY, type Drainage } from './drainage.ts'
import { middleOf, type Frame } from './field.ts'
import type { Courses } from './rivers.ts'

/** A place where a dam of some height would close a valley. */
export interface Site {
  cell: number
  areaKm2: number
  /** Unit vectors downstream and to the right bank of it. */
  down: [number, number]
  heightM: number
  /** Metres from the river to the crest's ends. */
  left: number
  right: number
  lakeKm2: number
  worth: number
}

/** Heights of dams that are tried, m. */
const HEIGHTS = [16, 21, 27, 34, 43, 54]
const LONGEST_M = 330
/**
 * Places for dams on tributaries within the county, those first that hold most water for their size: not longer
 * than 330 m, with a lake of 0.1 to 2 km².
 */
export function damSites(
  height: Float32Array,
  frame: Frame,
  flow: Drainage,
  courses: Courses,
  inside: Uint8Array,
): Site[] {
  const sites: Site[] = []
  const stack = new Int32Array(4000)
  const main = courses.lines[0].areaKm2
  for (const { cells, areaKm2 } of courses.lines) {
    if (areaKm2 > main / 3) continue
    for (let k = 12; k < cells.length - 12; k += 5) {
      const cell = cells[k]
      const area = flow.areaKm2[cell]
      if (area < 3 || area > 150 || !inside[cell] || !inside[cells[k - 12]]) continue
      const [ax, ay] = middleOf(frame, cells[k - 6])
      const [bx, by] = middleOf(frame, cells[k + 6])
      const length = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay))
      if (length === 0) continue
      const down: [number, number] = [(bx - ax) / length, (by - ay) / length]
      for (const heightM of HEIGHTS) {
        const crest = height[cell] + heightM
        const left = bank(height, frame, cell, [down[1], -down[0]], crest)
        const right = bank(height, frame, cell, [-down[1], down[0]], crest)
        if (left + right > LONGEST_M || left + right < 60) continue
        const level = crest - freeboardM(heightM)
        const { count, volume } = fillAbove(height, frame, flow.receiver, cell, level, stack)
        const lakeKm2 = (count * frame.cellM * frame.cellM) / 1e6
        if (lakeKm2 < 0.1 || lakeKm2 > 2) continue
        const worth = volume / ((left + right) * heightM * heightM)
        sites.push({ cell, areaKm2: area, down, heightM, left, right, lakeKm2, worth })
      }
    }
  }
  return sites.sort((a, b) => b.worth - a.worth || a.cell - b.cell || a.heightM - b.heightM)
}

/** What is between the crest and the limit level. */
export const freeboardM = (heightM: number): number => 3 + 0.07 * heightM

/** Metres along `way` until the ground is as high as the crest; Infinity beyond the longest dam. */
function bank(
  height: Float32Array,
  frame: Frame,
  cell: number,
  way: [number, number],
  crest: number,
): number {
  const { cols, rows, cellM } = frame
  const x = cell % cols
  const y = Math.floor(cell / cols)
  for (let metres = 15; metres <= LONGEST_M; metres += 15) {
    const cx = Math.round(x + (way[0] * metres) / cellM)
    const cy = Math.round(y + (way[1] * metres) / cellM)
    if (cx < 1 || cy < 1 || cx >= cols - 1 || cy >= rows - 1) return Infinity
    if (height[cy * cols + cx] >= crest) return metres
  }
  return Infinity
}

/** Cells that drain to `cell` and lie below `level`, and the water over them in m³. */
function fillAbove(
  height: Float32Array,
  frame: Frame,
  receiver: Int32Array,
  cell: number,
  level: number,
  stack: Int32Array,
): { count: number; volume: number } {
  const { cols, rows, cellM } = frame
  stack[0] = cell
  let size = 1
  let depth = 0
  for (let k = 0; k < size; k++) {
    const at = stack[k]
    depth += level - height[at]
    const x = at % cols
    const y = (at - x) / cols
    if (x === 0 || y === 0 || x === cols - 1 || y === rows - 1) return { count: stack.length, volume: 0 }
    for (let d = 0; d < 8; d++) {
      const from = at + DX[d] + DY[d] * cols
      if (receiver[from] !== at || height[from] >= level) continue
      if (size === stack.length) return { count: size, volume: 0 }
      stack[size++] = from
    }
  }
  return { count: size, volume: depth * cellM * cellM }
}
