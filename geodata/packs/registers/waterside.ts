import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import { roadClass } from '../../osm/classes.ts'
import { LAKE, RIVER } from '../county.ts'
import { apartM, cellOf, cellsAround, downstream, type Ground, lonLatOf, villageNear } from './ground.ts'
import { lately } from './ledger.ts'
import { chance, type Make } from './make.ts'
import { bare, unique } from './naming.ts'
import type { PondSite } from './pond-sites.ts'
import { riverAt } from './reservoirs.ts'
import { best } from './sites.ts'
import { scaled } from './targets.ts'

/** Nearer to another, an underpass is the same puddle. */
const UNDERPASS_APART_M = 300

/** Fords and low roads where a road meets a stream without a bridge or runs in its plain, and underpasses. */
export function floodSpotsOf(make: Make): void {
  const { ground, ledger, posts, random } = make
  const names = new Set<string>()
  const add = (
    kind: string,
    at: LonLat,
    road: string | undefined,
    zh: string,
    en: string,
    maxHeightM?: number,
  ): void => {
    const cell = cellOf(ground, at)
    const village = villageNear(ground, cell)
    const guard = posts.of('涉水路段看守员')
    ledger.add('floodSpots', {
      name: unique(names, bare(village.name), { zh, en: ` ${en}` }),
      at,
      fields: {
        kind,
        township: village.township,
        road,
        river: kind === 'underpass' ? undefined : riverAt(ground, cell),
        closeAtM: kind === 'underpass' ? 0.27 : 0.3,
        maxHeightM,
        gauge: chance(random, 0.7),
        gate: chance(random, kind === 'underpass' ? 0.6 : 0.35),
        pumpM3h: kind === 'underpass' ? 100 * random.whole(2, 8) : undefined,
        answerable: guard.name,
        answerablePhone: guard.phone,
      },
    })
  }
  const passed: LonLat[] = []
  for (const { at, maxHeightM } of ground.network.underpasses) {
    const cell = cellOf(ground, at)
    if (cell < 0 || !ground.land.inside[cell]) continue
    if (passed.some(other => distanceM(other, at) < UNDERPASS_APART_M)) continue
    passed.push(at)
    add('underpass', at, undefined, '下穿通道', 'Underpass', maxHeightM)
  }
  for (const { at, road } of fordsOf(ground)) add('ford', at, road, '漫水桥', 'Ford')
  for (const { at, road } of lowRoads(make, scaled(ground, 14, 6)))
    add('lowRoad', at, road, '临河低洼路段', 'Low Road')
}

/** Ways and nodes tagged `ford`. */
function fordsOf(ground: Ground): { at: LonLat; road?: string }[] {
  const { network } = ground
  const out: { at: LonLat; road?: string }[] = []
  const at = (node: number): LonLat => [network.lon[node], network.lat[node]]
  for (const { nodes, tags } of network.ways) {
    if (roadClass(tags) === null) continue
    if (tags.ford !== undefined && tags.ford !== 'no')
      out.push({ at: at(nodes[nodes.length >> 1]), road: tags.ref ?? tags.name })
    else
      for (const node of nodes)
        if (network.nodeTags.get(node)?.ford) out.push({ at: at(node), road: tags.ref ?? tags.name })
  }
  const inside = out.filter(({ at: place }) => ground.land.inside[cellOf(ground, place)] === 1)
  return inside.filter((a, i) => inside.findIndex(b => distanceM(a.at, b.at) < 30) === i)
}

/** Where a road lies lowest over the river beside it. */
function lowRoads({ ground, random }: Make, wanted: number): { at: LonLat; road?: string }[] {
  const { land, network } = ground
  const spots: { at: LonLat; road?: string; above: number }[] = []
  for (const { nodes, tags } of network.ways) {
    const cls = roadClass(tags)
    if (cls === null || cls === 'motorway' || cls === 'path' || cls === 'steps' || tags.bridge || tags.tunnel)
      continue
    for (const node of nodes) {
      const at: LonLat = [network.lon[node], network.lat[node]]
      const cell = cellOf(ground, at)
      if (cell < 0 || !land.inside[cell] || land.water[cell] || !land.floodPlain[cell]) continue
      spots.push({ at, road: tags.ref ?? tags.name, above: land.aboveWaterM[cell] + random.next() })
    }
  }
  spots.sort((a, b) => a.above - b.above || a.at[0] - b.at[0] || a.at[1] - b.at[1])
  const out: typeof spots = []
  for (const spot of spots) {
    if (out.length === wanted) break
    if (out.every(o => distanceM(o.at, spot.at) > 1200)) out.push(spot)
  }
  return out
}

/** Town and township waterworks on rivers and reservoirs, with the ponds whose water comes past them. */
export function waterIntakesOf(
  { ground, ledger, posts, random }: Make,
  ponds: readonly { id: string; site: PondSite }[],
): void {
  const { land, people } = ground
  const names = new Set<string>()
  const paths = ponds.map(({ id, site }) => ({
    id,
    cells: new Map(downstream(ground, site.dam, 60_000).map((c, i) => [c, i])),
  }))
  const taken: number[] = []
  for (const [i, township] of people.townships.entries()) {
    if (i > 0 && township.kind === 'subdistrict' && i !== 3) continue
    const cell = best(cellsAround(ground, township.cell, 4500), c => {
      const lake = land.water[c] === LAKE
      if (!land.inside[c] || !(lake || (land.water[c] === RIVER && land.upstreamKm2[c] > 6))) return Infinity
      if (taken.some(t => apartM(ground, t, c) < 800)) return Infinity
      return apartM(ground, c, township.cell) - (lake ? 1500 : 0) - 20 * Math.sqrt(land.upstreamKm2[c])
    })
    if (cell < 0) continue
    taken.push(cell)
    const above = paths
      .map(({ id, cells }) => ({ id, far: cellsNear(ground, cell, cells) }))
      .filter(({ far }) => far < Infinity)
      .sort((a, b) => a.far - b.far)
    const lake = land.water[cell] === LAKE
    const served = people.villages
      .filter(v => v.township === township.id)
      .reduce((sum, v) => sum + v.people, 0)
    const share = township.kind === 'subdistrict' ? 2 : 0.6
    const post = posts.of('水厂厂长')
    ledger.add('waterIntakes', {
      name: unique(names, bare(township.name), { zh: '水厂取水口', en: ' Water Intake' }),
      at: lonLatOf(ground, cell),
      fields: {
        kind: lake ? 'reservoir' : 'river',
        owner: `${bare(township.name).zh}自来水厂`,
        township: villageNear(ground, cell).township,
        river: lake ? lakeAt(ground, cell) : riverAt(ground, cell),
        people: Math.round(served * share),
        m3PerDay: 10 * Math.round(served * share * 0.013),
        pondsAbove: above.length > 0 ? above.map(({ id }) => id) : undefined,
        closeMin: random.whole(8, 45),
        backup: random.pick(['深井 2 眼', '深井 3 眼', '无', '相邻水厂联通管']),
        answerable: post.name,
        answerablePhone: post.phone,
        dutyPhone: posts.phone(),
        sampled: lately(random, 30),
      },
    })
  }
}

/** How far down a path it passes within 60 m of a cell; Infinity when it does not. */
function cellsNear(ground: Ground, cell: number, path: ReadonlyMap<number, number>): number {
  let least = Infinity
  for (const near of cellsAround(ground, cell, 60)) least = Math.min(least, path.get(near) ?? Infinity)
  return least
}

function lakeAt({ land }: Ground, cell: number): string | undefined {
  return land.reservoirs.find(r => r.cells.includes(cell))?.name.zh
}
