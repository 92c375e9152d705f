import * as turf from '@turf/turf'
import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Land, Network, People } from '../county.ts'
import { cellAt } from '../grid.ts'

export interface MadeCounty {
  land: Land
  people: People
  network: Network
  records: ReadonlyMap<string, readonly RegisterRecord[]>
}

const numberOf = (r: RegisterRecord, key: string): number => r.fields[key] as number
const lineOf = (r: RegisterRecord, key: string): LonLat[] => (r.fields[key] ?? []) as LonLat[]

/**
 * What of a made county's registers breaks the rules of placing, each a sentence that names the row; empty when
 * all hold. Looked at afresh from land, people and roads, not with the code that placed them.
 */
export function placingFaults(county: MadeCounty): string[] {
  return [
    ...geohazardFaults(county),
    ...wayFaults(county),
    ...shelterFaults(county),
    ...pondFaults(county),
    ...mineFaults(county),
    ...outside(county),
  ]
}

const rows = ({ records }: MadeCounty, key: string): readonly RegisterRecord[] => records.get(key) ?? []

function geohazardFaults(county: MadeCounty): string[] {
  const { land, people } = county
  const houses = housesOf(people)
  const faults: string[] = []
  for (const point of rows(county, 'geohazardPoints')) {
    const area = turf.polygon([lineOf(point, 'area')])
    const [west, south, east, north] = turf.bbox(area)
    let [living, largest] = [0, 0]
    for (const { cell, each } of houses) {
      const at = middle(land, cell)
      if (at[0] < west || at[0] > east || at[1] < south || at[1] > north) continue
      largest = Math.max(largest, each)
      if (turf.booleanPointInPolygon(at, area)) living += each
    }
    const said = numberOf(point, 'people')
    // Blocks of houses on the very edge may be counted in or out.
    if (Math.abs(living - said) > Math.max(3, 2 * largest + 1)) {
      faults.push(`${point.name}: ${said} people said, ${living.toFixed(1)} live there`)
    }
    if (said === 0 && !roadIn(county, [west, south, east, north]))
      faults.push(`${point.name}: nothing below it`)
    if (point.at === null) continue
    if (!turf.booleanPointInPolygon(point.at, area)) faults.push(`${point.name} lies outside its area`)
    const cell = cellAt(land.grid, point.at)
    if (land.slopeDeg[cell] < 25) faults.push(`${point.name} lies on ${land.slopeDeg[cell].toFixed(1)}°`)
    const lowest = Math.min(...lineOf(point, 'area').map(p => land.heightM[cellAt(land.grid, p)]))
    if (lowest > land.heightM[cell] - 8) faults.push(`${point.name} has nothing under it`)
  }
  return faults
}

/** Ways out of points and of flood zones: along roads, to their refuge, not through their own area. */
function wayFaults(county: MadeCounty): string[] {
  const faults: string[] = []
  const refuges = new Map(rows(county, 'refuges').map(r => [r.id, r]))
  const areas = [...rows(county, 'geohazardPoints'), ...rows(county, 'flashFloodZones')].map(r =>
    turf.polygon([lineOf(r, 'area')]),
  )
  for (const refuge of refuges.values()) {
    if (areas.some(a => turf.booleanPointInPolygon(refuge.at!, a)))
      faults.push(`${refuge.name} lies in a hazard`)
    const cell = cellAt(county.land.grid, refuge.at!)
    if (county.land.floodPlain[cell]) faults.push(`${refuge.name} lies in the flood plain`)
  }
  for (const key of ['geohazardPoints', 'flashFloodZones']) {
    for (const row of rows(county, key)) {
      const way = lineOf(row, 'wayOut')
      if (way.length < 2) {
        if (key === 'geohazardPoints') faults.push(`${row.name} has no way out`)
        continue
      }
      const refuge = refuges.get(row.fields.refuge as string)
      if (!refuge?.at || distanceM(way[way.length - 1], refuge.at) > 1)
        faults.push(`${row.name}: ends elsewhere`)
      const area = turf.polygon([lineOf(row, 'area')])
      if (turf.booleanIntersects(turf.lineString(way), area))
        faults.push(`${row.name}: way out crosses its area`)
      const first = turf.pointToPolygonDistance(way[0], area, { units: 'meters' })
      if (first > 400) faults.push(`${row.name}: way out begins ${Math.round(first)} m away`)
    }
  }
  return faults
}

function shelterFaults(county: MadeCounty): string[] {
  const { land } = county
  const faults: string[] = []
  const areas = [...rows(county, 'geohazardPoints'), ...rows(county, 'flashFloodZones')].map(r =>
    turf.polygon([lineOf(r, 'area')]),
  )
  for (const { name, at } of rows(county, 'shelters')) {
    const cell = cellAt(land.grid, at!)
    if (land.floodPlain[cell] || land.water[cell]) faults.push(`${name} lies in the flood plain`)
    if (land.aboveWaterM[cell] < 5) faults.push(`${name} lies ${land.aboveWaterM[cell]} m above the water`)
    if (land.slopeDeg[cell] > 6) faults.push(`${name} lies on a slope`)
    if (areas.some(a => turf.booleanPointInPolygon(at!, a))) faults.push(`${name} lies in a hazard`)
  }
  return faults
}

function pondFaults(county: MadeCounty): string[] {
  const { land } = county
  const faults: string[] = []
  const largest = land.rivers.reduce((a, b) => (b.order > a.order ? b : a))
  for (const pond of rows(county, 'tailingsPonds')) {
    const at = pond.at!
    const cell = cellAt(land.grid, at)
    if (land.upstreamKm2[cell] > 5.5) faults.push(`${pond.name} lies on ${land.upstreamKm2[cell]} km²`)
    for (const river of largest.cells) {
      if (distanceM(middle(land, river), at) < 1000) {
        faults.push(`${pond.name} lies within 1 km of ${largest.name.zh}`)
        break
      }
    }
    const [concentrator] = lineOf(pond, 'slurryLine')
    const above = land.heightM[cellAt(land.grid, concentrator)]
    if (above < numberOf(pond, 'crestM')) faults.push(`${pond.name}: the concentrator stands lower`)
    const path = lineOf(pond, 'flowPath').map(p => land.heightM[cellAt(land.grid, p)])
    if (path.some((h, i) => i > 0 && h > path[i - 1] + 0.2)) faults.push(`${pond.name}: mud would run uphill`)
    if (numberOf(pond, 'peopleWithin1km') > 0 !== pond.fields.headPond)
      faults.push(`${pond.name}: head or not`)
  }
  return faults
}

function mineFaults(county: MadeCounty): string[] {
  const { land, people } = county
  const houses = housesOf(people)
  const faults: string[] = []
  for (const { name, at } of rows(county, 'mines')) {
    if (!at) continue
    const cell = cellAt(land.grid, at)
    if (land.floodPlain[cell] || land.water[cell]) faults.push(`${name} lies in the flood plain`)
    if (land.slopeDeg[cell] < 8) faults.push(`${name} lies on level ground`)
    if (houses.some(h => distanceM(middle(land, h.cell), at) < 150)) faults.push(`${name} lies among houses`)
  }
  for (const { name, at } of rows(county, 'hazardSources')) {
    if (at && land.floodPlain[cellAt(land.grid, at)]) faults.push(`${name} lies in the flood plain`)
  }
  return faults
}

function outside(county: MadeCounty): string[] {
  const { land, records } = county
  const faults: string[] = []
  const seen = new Set<string>()
  for (const [key, list] of records) {
    for (const { name, at } of list) {
      if (!at) continue
      const cell = cellAt(land.grid, at)
      if (cell < 0 || !land.inside[cell]) faults.push(`${key} ${name} lies outside the county`)
      if (seen.has(at.join())) faults.push(`${key} ${name} stands on another's place`)
      seen.add(at.join())
    }
  }
  return faults
}

function roadIn({ network }: MadeCounty, [west, south, east, north]: readonly number[]): boolean {
  return network.lon.some((lon, i) => {
    const lat = network.lat[i]
    return lon > west - 0.003 && lon < east + 0.003 && lat > south - 0.002 && lat < north + 0.002
  })
}

function housesOf({ villages, hamlets }: People): { cell: number; each: number }[] {
  const away = new Map<string, number>()
  for (const h of hamlets) away.set(h.village, (away.get(h.village) ?? 0) + h.people)
  const each = (houses: Int32Array, people: number): { cell: number; each: number }[] =>
    [...houses].map(cell => ({ cell, each: people / houses.length }))
  return [
    ...villages.flatMap(v => each(v.houses, v.people - (away.get(v.id) ?? 0))),
    ...hamlets.flatMap(h => each(h.houses, h.people)),
  ]
}

function middle({ grid }: Land, cell: number): LonLat {
  const row = Math.floor(cell / grid.cols)
  return [grid.west + (cell - row * grid.cols + 0.5) * grid.dLon, grid.north - (row + 0.5) * grid.dLat]
}
