import { M_PER_DEG, type LonLat } from '../../server/contract/geo.ts'
import { DRY, LAKE, RIVER, type Brief, type Land, type Reservoir, type River } from './county.ts'
import { cellLonLat, type Grid } from './grid.ts'

/** Land for tests by formula: a sinuous main valley, side valleys from both flanks, ridges between them. */
export const SMALL_BRIEF: Brief = { seed: 1, widthKm: 20, heightKm: 20, centre: [82.8, 38.9] }

const MARGIN_M = 2500
const RIVER_KM2 = 1

export function syntheticLand(brief: Brief = SMALL_BRIEF, cellM = 30): Land {
  const grid = gridOf(brief, cellM)
  const raw = rawHeights(grid, cellM, brief.seed)
  const { heightM, receiver, order } = drained(raw, grid)
  const upstreamKm2 = accumulated(receiver, order, (cellM * cellM) / 1e6)
  const water = new Uint8Array(heightM.length).fill(DRY)
  for (let i = 0; i < water.length; i++) if (upstreamKm2[i] >= RIVER_KM2) water[i] = RIVER
  const { inside, border } = countyOf(grid, cellM, brief)
  const rivers = riversOf(receiver, upstreamKm2, order, heightM.length)
  const reservoirs = damsOf({ grid, heightM, water, inside, upstreamKm2, receiver }, rivers, cellM)
  const aboveWaterM = new Float32Array(heightM.length)
  for (const cell of order) {
    const next = receiver[cell]
    if (water[cell] !== DRY || next < 0) continue
    aboveWaterM[cell] = Math.max(0, aboveWaterM[next] + heightM[cell] - heightM[next])
  }
  const slopeDeg = slopes(heightM, grid, cellM)
  const floodPlain = Uint8Array.from(aboveWaterM, (above, i) => (above < 4 && slopeDeg[i] < 3 ? 1 : 0))
  return {
    grid,
    heightM,
    slopeDeg,
    receiver,
    upstreamKm2,
    aboveWaterM,
    water,
    floodPlain,
    inside,
    border,
    rivers,
    reservoirs,
    peaks: [],
  }
}

function gridOf({ widthKm, heightKm, centre }: Brief, cellM: number): Grid {
  const dLat = cellM / M_PER_DEG
  const dLon = dLat / Math.cos((centre[1] * Math.PI) / 180)
  const cols = Math.round((widthKm * 1000 + 2 * MARGIN_M) / cellM)
  const rows = Math.round((heightKm * 1000 + 2 * MARGIN_M) / cellM)
  return { cols, rows, dLon, dLat, west: centre[0] - (cols / 2) * dLon, north: centre[1] + (rows / 2) * dLat }
}

/** The lowest of all valleys' flanks; a valley is a line with a floor that rises upstream. */
function rawHeights({ cols, rows }: Grid, cellM: number, seed: number): Float32Array {
  const out = new Float32Array(cols * rows)
  const width = cols * cellM
  const middle = (rows * cellM) / 2
  const riverY = (x: number): number => middle + 1500 * Math.sin(x / 3900 + seed)
  const side = 4200
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const x = (col + 0.5) * cellM
      const y = (row + 0.5) * cellM
      const away = Math.abs(y - riverY(x))
      let height = 930 + (width - x) * 0.0035 + flank(away, 900)
      for (let k = -1; k <= width / side; k++) {
        const up = y > riverY(x) ? 1 : 0
        const bend = 500 * Math.sin(y / 1700 + k + seed)
        const mouth = (k + 0.3 + 0.45 * up) * side
        const floor = 932 + (width - mouth) * 0.0035 + Math.max(0, away - 400) * 0.035
        height = Math.min(height, floor + flank(Math.abs(x - mouth - bend), 120))
      }
      const rough = Math.sin(x / 310 + 2 * Math.sin(y / 270)) * Math.sin(y / 350 + seed)
      out[row * cols + col] = height + 6 * rough * Math.min(1, away / 2000)
    }
  }
  return out
}

const flank = (metres: number, flat: number): number => {
  const d = Math.max(0, metres - flat)
  return 0.002 * Math.min(metres, flat) + 900 * (1 - Math.exp((-0.45 * d) / 900))
}

/** Priority flood (Barnes 2014) with 0.1 m of fall a cell, so that every cell drains off the grid. */
function drained(raw: Float32Array, { cols, rows }: Grid) {
  const count = raw.length
  const heightM = new Float32Array(count)
  const receiver = new Int32Array(count).fill(-1)
  const order = new Int32Array(count)
  const seen = new Uint8Array(count)
  const heap: number[] = []
  const keys = Int32Array.from(raw, h => Math.round(h * 10))
  const less = (a: number, b: number): boolean => keys[a] < keys[b] || (keys[a] === keys[b] && a < b)
  const push = (cell: number): void => {
    let i = heap.push(cell) - 1
    while (i > 0 && less(heap[i], heap[(i - 1) >> 1])) {
      ;[heap[i], heap[(i - 1) >> 1]] = [heap[(i - 1) >> 1], heap[i]]
      i = (i - 1) >> 1
    }
  }
  const pop = (): number => {
    const top = heap[0]
    const last = heap.pop()!
    if (heap.length > 0) heap[0] = last
    for (let i = 0; ;) {
      let least = i
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && less(heap[child], heap[least])) least = child
      }
      if (least === i) return top
      ;[heap[i], heap[least]] = [heap[least], heap[i]]
      i = least
    }
  }
  for (let cell = 0; cell < count; cell++) {
    const col = cell % cols
    if (col > 0 && col < cols - 1 && cell >= cols && cell < count - cols) continue
    seen[cell] = 1
    push(cell)
  }
  for (let n = 0; heap.length > 0; n++) {
    const cell = pop()
    order[n] = cell
    heightM[cell] = keys[cell] / 10
    for (const next of neighbours(cell, cols, rows)) {
      if (seen[next]) continue
      seen[next] = 1
      receiver[next] = cell
      keys[next] = Math.max(keys[next], keys[cell] + 1)
      push(next)
    }
  }
  return { heightM, receiver, order }
}

function neighbours(cell: number, cols: number, rows: number): number[] {
  const row = Math.floor(cell / cols)
  const col = cell % cols
  const out: number[] = []
  for (let dr = -1; dr <= 1; dr++) {
    for (let dc = -1; dc <= 1; dc++) {
      const [r, c] = [row + dr, col + dc]
      if ((dr || dc) && r >= 0 && c >= 0 && r < rows && c < cols) out.push(r * cols + c)
    }
  }
  return out
}

function accumulated(receiver: Int32Array, order: Int32Array, cellKm2: number): Float32Array {
  const out = new Float32Array(receiver.length).fill(cellKm2)
  for (let n = order.length - 1; n >= 0; n--) {
    const next = receiver[order[n]]
    if (next >= 0) out[next] += out[order[n]]
  }
  return out
}

/** From every mouth and joint up along the largest inflow. */
function riversOf(receiver: Int32Array, km2: Float32Array, order: Int32Array, count: number): River[] {
  const largest = new Int32Array(count).fill(-1)
  const strahler = new Uint8Array(count)
  const inflows = new Uint8Array(count)
  for (let n = order.length - 1; n >= 0; n--) {
    const cell = order[n]
    const next = receiver[cell]
    if (km2[cell] < RIVER_KM2) continue
    strahler[cell] ||= 1
    if (next < 0) continue
    if (largest[next] < 0 || km2[cell] > km2[largest[next]]) largest[next] = cell
    if (strahler[cell] > strahler[next]) [strahler[next], inflows[next]] = [strahler[cell], 1]
    else if (strahler[cell] === strahler[next] && ++inflows[next] === 2) strahler[next]++
  }
  const rivers: River[] = []
  for (const mouth of order) {
    const next = receiver[mouth]
    if (km2[mouth] < RIVER_KM2 || (next >= 0 && largest[next] === mouth)) continue
    const cells = next >= 0 ? [next] : []
    for (let cell = mouth; cell >= 0; cell = largest[cell]) cells.push(cell)
    if (cells.length < 30) continue
    const no = rivers.length + 1
    rivers.push({
      name: { zh: `溪${no}`, en: `Stream ${no}` },
      order: strahler[mouth],
      cells: Int32Array.from(cells.reverse()),
    })
  }
  return rivers.sort((a, b) => b.cells.length - a.cells.length)
}

type Wet = Pick<Land, 'grid' | 'heightM' | 'water' | 'inside' | 'upstreamKm2' | 'receiver'>

/** Eight dams, each 30 m high, a third of the way down a side stream. */
function damsOf(land: Wet, rivers: River[], cellM: number): Reservoir[] {
  const { grid, heightM, water, inside, upstreamKm2, receiver } = land
  const out: Reservoir[] = []
  for (const { cells } of rivers.slice(1)) {
    const damCell = cells[Math.floor(cells.length * 0.35)]
    if (out.length === 8 || !inside[damCell] || water[damCell] !== RIVER || cells.length < 60) continue
    const floorM = heightM[damCell]
    const limitM = floorM + 22
    const lake = [damCell]
    const seen = new Set(lake)
    for (let n = 0; n < lake.length && lake.length < 4000; n++) {
      for (const next of neighbours(lake[n], grid.cols, grid.rows)) {
        const upstream = receiver[next] === lake[n] || heightM[next] > heightM[lake[n]]
        if (seen.has(next) || heightM[next] > limitM || !upstream) continue
        seen.add(next)
        lake.push(next)
      }
    }
    if (lake.length < 50 || lake.length >= 4000) continue
    const volume = lake.reduce((sum, cell) => sum + (limitM - heightM[cell]) * cellM * cellM, 0) / 1e6
    for (const cell of lake) [heightM[cell], water[cell]] = [limitM, LAKE]
    const no = out.length + 1
    const [lon, lat] = cellLonLat(grid, damCell)
    out.push({
      name: { zh: `水库${no}`, en: `Reservoir ${no}` },
      cells: Int32Array.from(lake),
      dam: [
        [lon - 4 * grid.dLon, lat],
        [lon + 4 * grid.dLon, lat],
      ],
      damCell,
      damHeightM: 30,
      deadM: floorM + 8,
      limitM,
      designM: floorM + 25,
      checkM: floorM + 27,
      crestM: floorM + 30,
      limitMm3: volume,
      totalMm3: volume * 1.5,
      catchmentKm2: upstreamKm2[damCell],
    })
  }
  return out
}

function slopes(heightM: Float32Array, { cols, rows }: Grid, cellM: number): Float32Array {
  const out = new Float32Array(heightM.length)
  for (let row = 1; row < rows - 1; row++) {
    for (let col = 1; col < cols - 1; col++) {
      const i = row * cols + col
      const dx = (heightM[i + 1] - heightM[i - 1]) / (2 * cellM)
      const dy = (heightM[i + cols] - heightM[i - cols]) / (2 * cellM)
      out[i] = (Math.atan(Math.sqrt(dx * dx + dy * dy)) * 180) / Math.PI
    }
  }
  return out
}

function countyOf({ cols, rows, west, north, dLon, dLat }: Grid, cellM: number, brief: Brief) {
  const inside = new Uint8Array(cols * rows)
  const half = [(brief.widthKm * 500) / cellM, (brief.heightKm * 500) / cellM]
  const reach = (angle: number): number => 0.96 + 0.04 * Math.sin(5 * angle)
  const squircle = (x: number, y: number): number => Math.sqrt(Math.sqrt(x ** 4 + y ** 4))
  for (let i = 0; i < inside.length; i++) {
    const x = ((i % cols) + 0.5 - cols / 2) / half[0]
    const y = (Math.floor(i / cols) + 0.5 - rows / 2) / half[1]
    if (squircle(x, y) < reach(Math.atan2(y, x))) inside[i] = 1
  }
  const border: LonLat[] = []
  for (let n = 0; n < 180; n++) {
    const angle = (-n * Math.PI) / 90
    const r = reach(angle) / squircle(Math.cos(angle), Math.sin(angle))
    border.push([
      west + (cols / 2 + Math.cos(angle) * r * half[0]) * dLon,
      north - (rows / 2 + Math.sin(angle) * r * half[1]) * dLat,
    ])
  }
  border.push([...border[0]])
  return { inside, border }
}
