import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Land } from '../county.ts'
import { cellAt, cellSizeM } from '../grid.ts'
import { type Basin, basinsOf } from './basins.ts'
import { stored } from './lakes.ts'
import { channelOf, depthM } from './rating.ts'
import { flowM3s, routed } from './runoff.ts'
import { STEPS, type Storm } from './storm.ts'

/** Series by instrument. */
export type Readings = Map<string, Float64Array>

interface Outlet {
  cell: number
  /** The instrument that reads here; a reservoir has none when its own is not in the register. */
  gauge?: RegisterRecord
  reservoir?: number
}

/**
 * Stages of rivers and levels of reservoirs: the storm's rain on each basin runs off, comes down the rivers
 * from outlet to outlet, and is held back by the reservoirs on its way.
 */
export function waters(
  storm: Storm,
  land: Land,
  records: ReadonlyMap<string, readonly RegisterRecord[]>,
): Readings {
  const instruments = records.get('instruments') ?? []
  const rows = records.get('reservoirs') ?? []
  const outlets: Outlet[] = []
  for (const [index, { name, damCell }] of land.reservoirs.entries()) {
    const row = rows.find(r => r.name === name.zh)
    const gauge = instruments.find(r => r.fields.kind === 'reservoirLevel' && r.fields.reservoir === row?.id)
    outlets.push({ cell: damCell, reservoir: index, gauge })
  }
  for (const gauge of instruments) {
    if (gauge.fields.kind !== 'stage') continue
    const cell = gaugeCell(land, gauge)
    if (cell >= 0 && outlets.every(o => o.cell !== cell)) outlets.push({ cell, gauge })
  }
  const basins = basinsOf(
    land,
    outlets.map(o => o.cell),
  )
  const flows = basins.map(basin => flowM3s(arealRain(storm, basin), basin.km2))
  const readings: Readings = new Map()
  // From the sources down: an outlet is ready when everything above it has been added.
  for (const i of fromAbove(basins)) {
    const { gauge, reservoir, cell } = outlets[i]
    let flow = flows[i]
    if (reservoir !== undefined) {
      const row = rows.find(r => r.name === land.reservoirs[reservoir].name.zh)
      const held = stored(storeOf(land, reservoir, row), flow)
      flow = held.outM3s
      if (gauge) readings.set(gauge.id, held.levelM)
    } else if (gauge) {
      const channel = channelOf(land.upstreamKm2[cell], fallBelow(land, cell))
      readings.set(
        gauge.id,
        flow.map(q => depthM(channel, q)),
      )
    }
    const { below, belowKm } = basins[i]
    if (below < 0) continue
    const wave = routed(flow, belowKm)
    for (let step = 0; step < STEPS; step++) flows[below][step] += wave[step]
  }
  return readings
}

function fromAbove(basins: readonly Basin[]): number[] {
  const depth = basins.map((_, i) => {
    let [n, at] = [0, i]
    while (basins[at].below >= 0) [n, at] = [n + 1, basins[at].below]
    return n
  })
  return basins.map((_, i) => i).sort((a, b) => depth[b] - depth[a] || a - b)
}

function arealRain(storm: Storm, { blocks }: Basin): Float64Array {
  const sum = new Float64Array(STEPS)
  for (const { at, share } of blocks) {
    const rain = storm.rainMm(at)
    for (let i = 0; i < STEPS; i++) sum[i] += share * rain[i]
  }
  return sum
}

/** V below the limit level as V·(z/z0)², above it with the lake's area there: so that area and volume agree. */
function storeOf(land: Land, index: number, row: RegisterRecord | undefined) {
  const { cells, deadM, limitM, checkM, limitMm3 } = land.reservoirs[index]
  const { widthM, heightM } = cellSizeM(land.grid)
  const areaM2 = cells.length * widthM * heightM
  const depth = (2 * limitMm3 * 1e6) / areaM2
  const level = row?.fields.levelM
  const spill = row?.fields.spillM3s
  const over = Math.max(0.5, checkM - limitM)
  const crest = (typeof spill === 'number' ? spill : 100) / (over * Math.sqrt(over))
  return {
    levelM: typeof level === 'number' ? level : limitM,
    lowestM: deadM,
    areaM2: (z: number) => areaM2 * Math.max(0.05, 1 + (z - limitM) / depth),
    // A little for fields and river, and what runs over the spillway: Q = c·h^1.5.
    outM3s: (z: number) => 0.3 + (z > limitM ? crest * (z - limitM) * Math.sqrt(z - limitM) : 0),
  }
}

/** The cell of a river gauge: the largest river within 100 m of where it stands, or half-way down its river. */
function gaugeCell(land: Land, { at, fields }: RegisterRecord): number {
  const { grid } = land
  if (!at) {
    const river = land.rivers.find(r => r.name.zh === fields.river)
    return river ? river.cells[river.cells.length >> 1] : -1
  }
  const middle = cellAt(grid, at)
  let best = -1
  for (let dr = -3; dr <= 3; dr++) {
    for (let dc = -3; dc <= 3; dc++) {
      const cell = middle + dr * grid.cols + dc
      if (cell < 0 || cell >= land.water.length) continue
      if (best < 0 || land.upstreamKm2[cell] > land.upstreamKm2[best]) best = cell
    }
  }
  return best
}

function fallBelow({ heightM, receiver, grid }: Land, cell: number): number {
  let [at, steps] = [cell, 0]
  while (steps < 18 && receiver[at] >= 0) [at, steps] = [receiver[at], steps + 1]
  return steps === 0 ? 0 : Math.max(0, heightM[cell] - heightM[at]) / (steps * 1.2 * cellSizeM(grid).widthM)
}
