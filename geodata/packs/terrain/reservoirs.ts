import { DX, DY, type Drainage } from './drainage.ts'
import { middleOf, type Frame } from './field.ts'
import { damSites, freeboardM, type Site } from './dam-sites.ts'
import type { Courses } from './rivers.ts'

/** A dam across a valley and the lake behind it; places in metres, levels in metres above the sea. */
export interface Dammed {
  damCell: number
  ends: [[number, number], [number, number]]
  damHeightM: number
  levels: { dead: number; limit: number; design: number; check: number; crest: number }
  lake: Int32Array
  limitMm3: number
  totalMm3: number
  catchmentKm2: number
}

/** Lakes and catchments looked for, km²: one large, some middling, most small as in any county. */
const WANTED = [
  { lake: [0.9, 2], catchment: [40, 160] },
  { lake: [0.45, 0.95], catchment: [20, 110] },
  { lake: [0.45, 0.95], catchment: [15, 80] },
  { lake: [0.22, 0.5], catchment: [8, 50] },
  { lake: [0.22, 0.5], catchment: [8, 40] },
  { lake: [0.1, 0.25], catchment: [3, 25] },
  { lake: [0.1, 0.25], catchment: [3, 20] },
  { lake: [0.1, 0.25], catchment: [3, 15] },
]

/** Rounded to the decimetre, as heights are kept. */
const dm = (metres: number): number => Math.fround(Math.round(metres * 10) / 10)

/**
 * Eight reservoirs on tributaries, where the valley is narrow and what lies above it wide. Raises the dams and
 * the lakes in `height`; the river leaves over a sill in the dam at the limit level, so nothing is left to fill.
 * @throws Error when the ground has no place for eight
 */
export function dammed(
  height: Float32Array,
  frame: Frame,
  flow: Drainage,
  courses: Courses,
  inside: Uint8Array,
): Dammed[] {
  const sites = damSites(height, frame, flow, courses, inside)
  const built: Dammed[] = []
  const taken: Site[] = []
  /** Cells of dams and lakes built. */
  const used = new Set<number>()
  const span = Math.sqrt(frame.cols * frame.rows) * frame.cellM
  for (const [index, wanted] of WANTED.entries()) {
    for (let ease = 0; built.length === index && ease < 7; ease++) {
      const apart = (span / 9) * (1 - ease / 8)
      const fitting = sites
        .filter(site => ease >= 4 || between(site.lakeKm2, wanted.lake))
        .filter(site => ease >= 2 || between(site.areaKm2, wanted.catchment))
        .filter(site => ease >= 3 || !taken.some(other => onOneStream(flow, site.cell, other.cell)))
        .filter(site => taken.every(other => farApart(frame, site.cell, other.cell, apart)))
      for (const site of fitting) {
        const done = build(height, frame, flow, site, used)
        if (!done) continue
        built.push(done)
        taken.push(site)
        break
      }
    }
  }
  if (built.length < WANTED.length) throw new Error(`Only ${built.length} of 8 reservoirs found a place`)
  return built
}

const between = (value: number, [from, to]: number[]): boolean => value >= from && value <= to

/** Whether one of two cells drains through the other. */
function onOneStream(flow: Drainage, a: number, b: number): boolean {
  const [up, down] = flow.areaKm2[a] < flow.areaKm2[b] ? [a, b] : [b, a]
  let cell = up
  while (cell >= 0 && flow.areaKm2[cell] < flow.areaKm2[down]) cell = flow.receiver[cell]
  return cell === down
}

function farApart(frame: Frame, a: number, b: number, metres: number): boolean {
  const dx = (a % frame.cols) - (b % frame.cols)
  const dy = Math.floor(a / frame.cols) - Math.floor(b / frame.cols)
  return Math.sqrt(dx * dx + dy * dy) * frame.cellM >= metres
}

/** Raises the dam and fills the lake; null, and the ground as before, where it would leak or grow too large. */
function build(
  height: Float32Array,
  frame: Frame,
  flow: Drainage,
  site: Site,
  used: Set<number>,
): Dammed | null {
  const { cell, heightM, down } = site
  const { cols, cellM } = frame
  const floor = height[cell]
  const crest = dm(floor + heightM)
  const check = dm(crest - 0.7 - 0.01 * heightM)
  const design = dm(check - 0.8 - 0.02 * heightM)
  const limit = dm(crest - freeboardM(heightM))
  const dead = dm(floor + 0.3 * (limit - floor))
  const before = new Map<number, number>()
  const set = (at: number, to: number) => {
    if (!before.has(at)) before.set(at, height[at])
    height[at] = to
  }
  const undo = () => {
    for (const [at, was] of before) height[at] = was
    return null
  }
  const [x, y] = [cell % cols, Math.floor(cell / cols)]
  const reach = Math.ceil((Math.max(site.left, site.right, heightM * 2.4) + 90) / cellM)
  for (let cy = y - reach; cy <= y + reach; cy++) {
    for (let cx = x - reach; cx <= x + reach; cx++) {
      const along = ((cx - x) * down[0] + (cy - y) * down[1]) * cellM
      const across = ((cx - x) * -down[1] + (cy - y) * down[0]) * cellM
      if (across < -site.left - 30 || across > site.right + 30) continue
      // 22 m either side is level, so that no step between two cells slips through; then 1 in 2.2.
      const top = dm(crest - Math.max(0, Math.abs(along) - 22) / 2.2)
      const at = cy * cols + cx
      if (cx < 1 || cy < 1 || cx >= cols - 1 || at >= height.length - cols) return undo()
      if (top > height[at]) set(at, top)
    }
  }
  set(cell, limit)
  const way = new Set<number>([cell])
  for (let at = flow.receiver[cell], k = 0; at >= 0 && k < 14; at = flow.receiver[at], k++) {
    way.add(at)
    if (height[at] > limit) set(at, limit)
  }
  const lake = flood(height, frame, cell, down, limit, way, 2600)
  const full = flood(height, frame, cell, down, check, way, 4000)
  const m2 = cellM * cellM
  if (!lake || !full || lake.length * m2 < 1e5 || lake.length * m2 > 2e6) return undo()
  const depth = (cells: Int32Array, level: number) =>
    cells.reduce((sum, at) => sum + Math.max(0, level - (before.get(at) ?? height[at])), 0)
  const limitMm3 = (depth(lake, limit) * m2) / 1e6
  const totalMm3 = (depth(full, check) * m2) / 1e6
  // A lake that reached another's dam or water would drown it.
  if (full.some(at => used.has(at)) || [...before.keys()].some(at => used.has(at))) return undo()
  for (const at of lake) set(at, limit)
  for (const at of [...before.keys(), ...way, ...full]) used.add(at)
  const [px, py] = middleOf(frame, cell)
  const end = (metres: number): [number, number] => [px - down[1] * metres, py + down[0] * metres]
  return {
    damCell: cell,
    ends: [end(-site.left), end(site.right)],
    damHeightM: Math.round((crest - floor) * 10) / 10,
    levels: { dead, limit, design, check, crest },
    lake,
    limitMm3,
    totalMm3,
    catchmentKm2: site.areaKm2,
  }
}

/** Cells below `level` connected upstream of the dam; null beyond `most` or where it gets round the dam. */
function flood(
  height: Float32Array,
  frame: Frame,
  dam: number,
  down: [number, number],
  level: number,
  way: Set<number>,
  most: number,
): Int32Array | null {
  const { cols, rows } = frame
  const seen = new Set<number>()
  const list: number[] = []
  const [x0, y0] = [dam % cols, Math.floor(dam / cols)]
  const visit = (x: number, y: number) => {
    for (let d = 0; d < 8; d++) {
      const at = (y + DY[d]) * cols + x + DX[d]
      if (seen.has(at) || at === dam || height[at] >= level) continue
      if (way.has(at)) return false
      seen.add(at)
      list.push(at)
    }
    return true
  }
  // From the dam only upstream; its sill is as low as the lake.
  for (let d = 0; d < 8; d++) {
    if (DX[d] * down[0] + DY[d] * down[1] > -0.35) continue
    const at = dam + DX[d] + DY[d] * cols
    if (height[at] >= level) continue
    seen.add(at)
    list.push(at)
  }
  for (let k = 0; k < list.length; k++) {
    const [x, y] = [list[k] % cols, Math.floor(list[k] / cols)]
    if (x < 1 || y < 1 || x >= cols - 1 || y >= rows - 1 || list.length > most) return null
    if ((x - x0) * down[0] + (y - y0) * down[1] > 40) return null
    if (!visit(x, y)) return null
  }
  return list.length > 0 ? Int32Array.from(list) : null
}
