import type { LonLat } from '../../../server/contract/geo.ts'
import { roadClass } from '../../osm/classes.ts'
import { RIVER, type Brief, type Land, type Network, type People, type Village } from '../county.ts'
import { cellAt, cellLonLat, cellSizeM } from '../grid.ts'
import { cellsBetween } from './line.ts'
import { farFrom } from './near.ts'

/** The making's results and what the rules of placing ask of every cell, found once. */
export interface Ground {
  brief: Brief
  land: Land
  people: People
  network: Network
  widthM: number
  heightM: number
  /** Who lives on a cell, of `land.grid`. */
  perCell: Float32Array
  /** Index of the village whose houses stand there, its hamlets' among them; -1 without. */
  village: Int16Array
  /** Metres to the next road that a fire engine may use (not a motorway, not in a tunnel); FAR_M at most. */
  roadM: Uint16Array
  /** Metres to the next house; FAR_M at most. */
  houseM: Uint16Array
  /** Metres to the county's largest river; FAR_M at most. */
  mainRiverM: Uint16Array
  /** Name of the river on a cell, by index into `land.rivers`; -1 without. */
  river: Int16Array
}
export const FAR_M = 5000

const DRIVEN = new Set(['national', 'provincial', 'county', 'township', 'village', 'service', 'track'])

export function groundOf(brief: Brief, land: Land, people: People, network: Network): Ground {
  const { grid } = land
  const count = grid.cols * grid.rows
  const perCell = new Float32Array(count)
  const village = new Int16Array(count).fill(-1)
  const away = new Map<string, number>()
  for (const hamlet of people.hamlets) {
    away.set(hamlet.village, (away.get(hamlet.village) ?? 0) + hamlet.people)
  }
  const settle = (houses: Int32Array, index: number, number: number): void => {
    for (const cell of houses) {
      village[cell] = index
      perCell[cell] += number / houses.length
    }
  }
  const indexOf = new Map<string, number>()
  for (const [index, each] of people.villages.entries()) {
    indexOf.set(each.id, index)
    settle(each.houses, index, each.people - (away.get(each.id) ?? 0))
  }
  for (const hamlet of people.hamlets) settle(hamlet.houses, indexOf.get(hamlet.village)!, hamlet.people)

  const road = new Uint8Array(count)
  for (const way of network.ways) {
    const cls = roadClass(way.tags)
    if (cls === null || !DRIVEN.has(cls) || way.tags.tunnel !== undefined) continue
    for (let i = 1; i < way.nodes.length; i++) {
      const [a, b] = [way.nodes[i - 1], way.nodes[i]]
      const from: LonLat = [network.lon[a], network.lat[a]]
      for (const cell of cellsBetween(grid, from, [network.lon[b], network.lat[b]])) road[cell] = 1
    }
  }
  const main = new Uint8Array(count)
  const river = new Int16Array(count).fill(-1)
  const byOrder = land.rivers
    .map((_, i) => i)
    .sort((a, b) => land.rivers[a].order - land.rivers[b].order || b - a)
  for (const i of byOrder) for (const cell of land.rivers[i].cells) river[cell] = i
  for (const cell of land.rivers[byOrder[byOrder.length - 1]].cells) main[cell] = 1
  const size = cellSizeM(grid)
  const far = (mask: ArrayLike<number>): Uint16Array => farFrom(mask, grid.cols, size, FAR_M)
  return {
    brief,
    land,
    people,
    network,
    ...size,
    perCell,
    village,
    roadM: far(road),
    houseM: far(village.map(index => (index >= 0 ? 1 : 0))),
    mainRiverM: far(main),
    river,
  }
}

/** Straight metres between two cells. */
export function apartM({ land, widthM, heightM }: Ground, a: number, b: number): number {
  const { cols } = land.grid
  const [ra, rb] = [Math.floor(a / cols), Math.floor(b / cols)]
  const dx = (a - ra * cols - (b - rb * cols)) * widthM
  const dy = (ra - rb) * heightM
  return Math.sqrt(dx * dx + dy * dy)
}

/** Whose village and township a place belongs to: the nearest village's. */
export function villageNear(ground: Ground, cell: number): Village {
  const { villages } = ground.people
  const own = ground.village[cell]
  if (own >= 0) return villages[own]
  let [best, least] = [villages[0], Infinity]
  for (const village of villages) {
    const metres = apartM(ground, cell, village.cell)
    if (metres < least) [best, least] = [village, metres]
  }
  return best
}

/** The nearest village outside the towns: what things in the hills are called after. */
export function countryVillageNear(ground: Ground, cell: number): Village {
  let [best, least] = [ground.people.villages[0], Infinity]
  for (const village of ground.people.villages) {
    const metres = village.kind === 'village' ? apartM(ground, cell, village.cell) : Infinity
    if (metres < least) [best, least] = [village, metres]
  }
  return best
}

/** The river on or next to a place within `withinM`, by index; -1 when there is none. */
export function riverNear(ground: Ground, cell: number, withinM: number): number {
  const { land, river } = ground
  let [best, least] = [-1, withinM]
  for (const other of cellsAround(ground, cell, withinM)) {
    if (land.water[other] !== RIVER || river[other] < 0) continue
    const metres = apartM(ground, cell, other)
    if (metres <= least) [best, least] = [river[other], metres]
  }
  return best
}

/** Cells of the grid within a square of ± `radiusM`, row by row. */
export function cellsAround({ land, widthM, heightM }: Ground, cell: number, radiusM: number): Int32Array {
  const { cols, rows } = land.grid
  const [dc, dr] = [Math.floor(radiusM / widthM), Math.floor(radiusM / heightM)]
  const row = Math.floor(cell / cols)
  const col = cell - row * cols
  const [west, east] = [Math.max(0, col - dc), Math.min(cols - 1, col + dc)]
  const [north, south] = [Math.max(0, row - dr), Math.min(rows - 1, row + dr)]
  const out = new Int32Array((east - west + 1) * (south - north + 1))
  let n = 0
  for (let r = north; r <= south; r++) for (let c = west; c <= east; c++) out[n++] = r * cols + c
  return out
}

export const lonLatOf = ({ land }: Ground, cell: number): LonLat => round6(cellLonLat(land.grid, cell))
export const cellOf = ({ land }: Ground, at: LonLat): number => cellAt(land.grid, at)

/** Six decimals, about 0.1 m: what a register writes. */
export const round6 = ([lon, lat]: LonLat): LonLat => [
  Math.round(lon * 1e6) / 1e6,
  Math.round(lat * 1e6) / 1e6,
]

/** The cells that water takes from here, the cell itself first, for at most `maxM` metres. */
export function downstream(ground: Ground, cell: number, maxM: number): number[] {
  const path = [cell]
  let metres = 0
  for (let at = cell; ;) {
    const next = ground.land.receiver[at]
    if (next < 0) return path
    metres += apartM(ground, at, next)
    if (metres > maxM) return path
    path.push(next)
    at = next
  }
}
