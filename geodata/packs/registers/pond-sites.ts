import { LAKE } from '../county.ts'
import { apartM, cellsAround, downstream, type Ground } from './ground.ts'
import type { Make } from './make.ts'
import { best, drawn, tooFew } from './sites.ts'
import { type Below, firstOf, heldBy, livingAlong } from './valley.ts'

/** A place for a tailings pond in a side valley, and for the concentrator and the mine above it. */
export interface PondSite {
  dam: number
  /** Height of the dam when it is finished, over its foot. */
  designM: number
  concentrator: number
  mine: number
  /** From the toe down the valley. */
  path: number[]
  within1km: Below
}

/** Width of the valley floor that mud would take, and how far above the path a house is still reached. */
const MUD_WIDTH_M = 90
const MUD_ABOVE_M = 8
const PATH_M = 8000
/** No pond nearer to the main river's bank. */
const FROM_MAIN_RIVER_M = 1000
const APART_M = 900
const DESIGN_M = [60, 48, 38, 30, 24, 18]
const VOLUME_M3 = [120_000, 9_000_000] as const

/**
 * Side valleys of 0.15–5 km² at least 1 km from the main river, no house at the dam, a road not too far; above
 * each a level place for the concentrator, higher than the crest, and a hillside for the mine. `heads` of them
 * have people within 1 km down the flow path, the others nobody.
 * @throws Refusal no_room
 */
export function pondSites({ ground, random }: Make, heads: number, others: number): PondSite[] {
  const { land } = ground
  const cells = drawn(ground, random, cell => {
    const km2 = land.upstreamKm2[cell]
    if (km2 < 0.15 || km2 > 5 || land.water[cell] === LAKE || land.floodPlain[cell]) return 0
    if (ground.mainRiverM[cell] <= FROM_MAIN_RIVER_M * 1.1 || ground.houseM[cell] < 150) return 0
    return ground.roadM[cell] < 2500 ? 1 / (1 + ground.roadM[cell] / 500) : 0
  })
  const sites: PondSite[] = []
  const count = { head: 0, other: 0 }
  for (const dam of cells) {
    if (count.head === heads && count.other === others) return sites
    if (sites.some(s => apartM(ground, s.dam, dam) < APART_M)) continue
    const path = downstream(ground, dam, PATH_M)
    const within1km = livingAlong(ground, firstOf(ground, path, 1000), MUD_WIDTH_M, MUD_ABOVE_M)
    const kind = within1km.people === 0 ? 'other' : 'head'
    if (kind === 'head' && (within1km.people < 12 || within1km.people > 900)) continue
    if (count[kind] === (kind === 'head' ? heads : others)) continue
    const designM = designOf(ground, dam)
    if (designM === 0) continue
    const concentrator = concentratorFor(ground, dam, designM)
    if (concentrator < 0) continue
    const mine = mineFor(ground, concentrator, sites)
    if (mine < 0) continue
    count[kind]++
    sites.push({ dam, designM, concentrator, mine, path, within1km })
  }
  if (count.head === heads && count.other === others) return sites
  throw tooFew({ zh: `${heads + others} 座尾矿库`, en: `${heads + others} tailings ponds` })
}

/** The highest dam that the valley fills with a volume that such ponds have, drowning no house. */
function designOf(ground: Ground, dam: number): number {
  for (const heightM of DESIGN_M) {
    const { m3, cells, backM } = heldBy(ground, dam, heightM)
    if (m3 < VOLUME_M3[0] || m3 > VOLUME_M3[1] || backM > 1500) continue
    if (cells.every(cell => ground.houseM[cell] > 60 && ground.land.inside[cell])) return heightM
  }
  return 0
}

function concentratorFor(ground: Ground, dam: number, designM: number): number {
  const { land } = ground
  const over = land.heightM[dam] + designM + 5
  return best(cellsAround(ground, dam, 900), cell => {
    if (!land.inside[cell] || land.slopeDeg[cell] > 18 || land.heightM[cell] < over) return Infinity
    if (ground.houseM[cell] < 100 || land.water[cell]) return Infinity
    return ground.roadM[cell] + 0.4 * apartM(ground, cell, dam) + 8 * land.slopeDeg[cell]
  })
}

function mineFor(ground: Ground, concentrator: number, sites: readonly PondSite[]): number {
  return best(cellsAround(ground, concentrator, 2200), cell => {
    if (!minable(ground, cell)) return Infinity
    const metres = apartM(ground, cell, concentrator)
    if (metres < 250 || sites.some(s => apartM(ground, s.mine, cell) < 700)) return Infinity
    return ground.roadM[cell] + 0.3 * metres
  })
}

/** A hillside where a portal can be: no house and no water near, a road not too far. */
export function minable(ground: Ground, cell: number): boolean {
  const { land } = ground
  const slope = land.slopeDeg[cell]
  if (!land.inside[cell] || land.water[cell] || land.floodPlain[cell] || slope < 8 || slope > 32) return false
  return ground.houseM[cell] >= 200 && ground.roadM[cell] <= 1200 && land.aboveWaterM[cell] >= 8
}
