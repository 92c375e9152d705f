import type { LonLat } from '../../../server/contract/geo.ts'
import { RIVER } from '../county.ts'
import { apartM, cellsAround, type Ground, lonLatOf, round6 } from './ground.ts'
import { cellsIn } from './hazard-areas.ts'
import { chance, type Make, round1 } from './make.ts'
import { bare, unique } from './naming.ts'
import type { Refuges } from './refuges.ts'
import { disc, hull, type Ring, ringOf } from './ring.ts'

export interface FloodZone {
  village: number
  /** A house in it. */
  cell: number
  /** The cell of the stream that floods it. */
  stream: number
  ring: Ring
  people: number
}

const ABOVE_M = 4.5
const BESIDE_M = 150
const ROUND_M = 220
/** Streams that rise within hours; the large rivers are the flood plain's matter. */
const CATCHMENT_KM2 = [1.5, 120] as const
const FULL_ZONES = 46

/**
 * Where a village's houses stand less than 4.5 m above a stream of 1.5–120 km² that passes within 150 m: a ring
 * round those within 220 m of one another, the one with most people in each village; the most people first.
 */
export function floodZones({ ground }: Make): FloodZone[] {
  const { people, brief } = ground
  const wanted = Math.max(12, Math.round((FULL_ZONES * brief.widthKm * brief.heightKm) / 1800))
  const zones: FloodZone[] = []
  for (const [index, village] of people.villages.entries()) {
    const hamlets = people.hamlets.filter(h => h.village === village.id)
    const low = [village.houses, ...hamlets.map(h => h.houses)]
      .flatMap(houses => [...houses])
      .map(cell => ({ cell, stream: streamBeside(ground, cell) }))
      .filter(({ stream }) => stream >= 0)
    let best: FloodZone | null = null
    for (let i = 0; i < low.length; i += Math.max(1, low.length >> 3)) {
      const { cell, stream } = low[i]
      const near = low.filter(l => apartM(ground, l.cell, cell) <= ROUND_M)
      const count = near.reduce((sum, l) => sum + ground.perCell[l.cell], 0)
      if (best && count <= best.people) continue
      const ring = ringOf(hull(near.flatMap(l => disc(lonLatOf(ground, l.cell), 25))).map(round6))
      best = { village: index, cell, stream, ring, people: count }
    }
    if (best && best.people >= 12) zones.push(best)
  }
  for (const zone of zones) zone.people = within(ground, zone)
  return zones.sort((a, b) => b.people - a.people || a.village - b.village).slice(0, wanted)
}

function streamBeside(ground: Ground, cell: number): number {
  const { land } = ground
  if (land.aboveWaterM[cell] > ABOVE_M) return -1
  let [found, least] = [-1, BESIDE_M]
  for (const near of cellsAround(ground, cell, BESIDE_M)) {
    const km2 = land.upstreamKm2[near]
    if (land.water[near] !== RIVER || km2 < CATCHMENT_KM2[0] || km2 > CATCHMENT_KM2[1]) continue
    const metres = apartM(ground, near, cell)
    if (metres <= least && land.heightM[near] > land.heightM[cell] - ABOVE_M) [found, least] = [near, metres]
  }
  return found
}

const within = (ground: Ground, { ring }: FloodZone): number =>
  cellsIn(ground, ring).reduce((sum, cell) => sum + ground.perCell[cell], 0)

/** Rain in mm over 1, 3, 6, 24 h at which to prepare and to leave: one county's own, by size of the stream. */
const PREPARE_MM = [45, 75, 95, 130]
const LEAVE_MM = [60, 100, 120, 160]
const HOURS = [1, 3, 6, 24]

/** Rows of the zones that have a dry way out. `stationNear` gives the id of the nearest rain station. */
export function flashFloodZonesOf(
  { ground, ledger, posts, random }: Make,
  zones: readonly FloodZone[],
  refuges: Refuges,
  stationNear: (at: LonLat) => string,
): void {
  const { land, people } = ground
  const names = new Set<string>()
  for (const zone of zones) {
    const village = people.villages[zone.village]
    const km2 = land.upstreamKm2[zone.stream]
    const at = lonLatOf(ground, zone.cell)
    const way = refuges.from(at, zone.ring)
    const head = posts.of(village.kind === 'community' ? '社区书记' : '村支书', village.id)
    // Small streams answer to an hour, larger ones to a day.
    const factor = 0.82 + 0.09 * Math.min(3, Math.log(km2)) + random.between(-0.05, 0.05)
    const rain: Record<string, number> = {}
    for (const [i, hours] of HOURS.entries()) {
      if (chance(random, hours === 24 ? 0.25 : 0.08)) continue
      rain[`prepare${hours}hMm`] = Math.round(PREPARE_MM[i] * factor)
      rain[`leave${hours}hMm`] = Math.round(LEAVE_MM[i] * factor)
    }
    const count = Math.round(zone.people)
    const river = ground.river[zone.stream]
    ledger.add('flashFloodZones', {
      name: unique(names, bare(village.name), { zh: '山洪危险区', en: ' Flash-Flood Zone' }),
      at,
      fields: {
        township: village.township,
        village: village.id,
        river: river >= 0 ? land.rivers[river].name.zh : undefined,
        area: [...zone.ring.points],
        catchmentKm2: round1(km2),
        households: Math.ceil(count / 3),
        people: count,
        ...rain,
        station: stationNear(at),
        wayOut: way?.line,
        refuge: way?.refuge.id,
        answerable: head.name,
        answerablePhone: head.phone,
      },
    })
  }
}
