import type { Text } from '../../server/contract/errors.ts'
import { distanceM, type Bbox, type LonLat } from '../../server/contract/geo.ts'
import type { OsmNode, OsmRelation, OsmWay } from '../formats/pbf-parts.ts'
import { writeOsmPbf } from '../formats/pbf-write.ts'
import type { Brief, Land, Network, People } from './county.ts'
import { areasOf, type Area } from './cover/areas.ts'
import { cellLonLat, type Grid } from './grid.ts'
import { Ground } from './roads/ground.ts'
import { riverLines, type RiverLine, type RiverLines } from './roads/rivers.ts'

/** Every made county is of one day, so that the same seed gives the same bytes. */
const AS_OF_S = Date.UTC(2026, 0, 1) / 1000
const SOURCE = '虚构示范数据 fictional demonstration data'
/** Rivers wider than this have banks on the map, others a line. */
const BANKS_M = 16

/** The id that a way of the network has in the file. */
export const osmWayId = (way: number): number => way + 1

/**
 * The county as an OpenStreetMap extract: roads, railways and power lines, rivers and reservoirs with their dams,
 * what grows and where people live, places and a few amenities, the border. The same input gives the same bytes.
 */
export function osmOf(brief: Brief, land: Land, people: People, network: Network): Uint8Array {
  const file = new OsmFile()
  addRoads(file, network)
  const ground = new Ground(land)
  addRivers(file, ground, riverLines(land, ground))
  for (const { name, dam } of land.reservoirs) {
    file.line(dam, { waterway: 'dam', ...named({ zh: `${name.zh}大坝`, en: `${name.en} Dam` }) })
  }
  for (const { name, cell } of land.peaks) {
    const ele = land.heightM[cell].toFixed(1)
    file.node(cellLonLat(land.grid, cell), { natural: 'peak', ...named(name), ele })
  }
  for (const area of areasOf(brief.seed, land, people)) addArea(file, land.grid, area)
  file.line(land.border, { boundary: 'administrative', admin_level: '6' }, true)
  addPlaces(file, land, people)
  addServices(file, land, people, network)
  return writeOsmPbf({
    bbox: boxOf(land),
    writtenBy: 'fengtu',
    source: SOURCE,
    asOfS: AS_OF_S,
    nodes: file.nodes,
    ways: file.ways,
    relations: file.relations,
  })
}

type Tags = Record<string, string>
const NO_TAGS: Tags = {}
const named = ({ zh, en }: Text): Tags => ({ name: zh, 'name:en': en })

class OsmFile {
  readonly nodes: OsmNode[] = []
  readonly ways: OsmWay[] = []
  readonly relations: OsmRelation[] = []

  node([lon, lat]: LonLat, tags: Tags = NO_TAGS): number {
    const id = this.nodes.length + 1
    this.nodes.push({ id, lonE7: Math.round(lon * 1e7), latE7: Math.round(lat * 1e7), tags })
    return id
  }

  way(refs: number[], tags: Tags = NO_TAGS): number {
    const id = this.ways.length + 1
    this.ways.push({ id, refs, tags })
    return id
  }

  /** A line of its own nodes; a ring ends in its first one, repeated in `points` or not. */
  line(points: readonly LonLat[], tags: Tags, ring = false): number {
    const open = ring && same(points[0], points[points.length - 1]) ? points.slice(0, -1) : points
    const refs = open.map(point => this.node(point))
    if (ring) refs.push(refs[0])
    return this.way(refs, tags)
  }

  relation(members: OsmRelation['members'], tags: Tags): void {
    this.relations.push({ id: this.relations.length + 1, members, tags })
  }
}

const same = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1]

/** First in the file, so that a way's index tells its id. */
function addRoads(file: OsmFile, { lon, lat, nodeTags, ways, restrictions }: Network): void {
  for (let i = 0; i < lon.length; i++) file.node([lon[i], lat[i]], nodeTags.get(i))
  for (const { nodes, tags } of ways) {
    file.way(
      nodes.map(node => node + 1),
      tags,
    )
  }
  for (const { kind, from, via, to } of restrictions) {
    file.relation(
      [
        { type: 'way', ref: osmWayId(from), role: 'from' },
        { type: 'node', ref: via + 1, role: 'via' },
        { type: 'way', ref: osmWayId(to), role: 'to' },
      ],
      { type: 'restriction', restriction: kind },
    )
  }
}

function addRivers(file: OsmFile, ground: Ground, { x, y, lines }: RiverLines): void {
  const ids = new Map<number, number>()
  const node = (point: number): number => {
    let id = ids.get(point)
    if (id === undefined) ids.set(point, (id = file.node(ground.lonLat(x[point], y[point]))))
    return id
  }
  for (const line of lines) {
    const kind = line.order >= 3 ? 'river' : 'stream'
    file.way(line.points.map(node), { waterway: kind, ...named(line.name) })
  }
  for (const line of lines) {
    for (const ring of banksOf(line, x, y)) {
      file.line(
        ring.map(([px, py]) => ground.lonLat(px, py)),
        { natural: 'water', water: 'river', ...named(line.name) },
        true,
      )
    }
  }
}

/** Both banks of a wide river, in stretches of forty points that meet. */
function banksOf({ points, widthM }: RiverLine, x: number[], y: number[]): [number, number][][] {
  const first = widthM.findIndex(width => width >= BANKS_M)
  if (first < 0) return []
  const rings: [number, number][][] = []
  const bank = (i: number, side: number): [number, number] => {
    const [a, b] = [points[Math.max(0, i - 1)], points[Math.min(points.length - 1, i + 1)]]
    const [dx, dy] = [x[b] - x[a], y[b] - y[a]]
    const length = Math.sqrt(dx * dx + dy * dy) || 1
    const half = (side * widthM[i]) / 2
    return [x[points[i]] - (dy / length) * half, y[points[i]] + (dx / length) * half]
  }
  for (let from = first; from < points.length - 1; from += 40) {
    const to = Math.min(points.length - 1, from + 40)
    const ring: [number, number][] = []
    for (let i = from; i <= to; i++) ring.push(bank(i, 1))
    for (let i = to; i >= from; i--) ring.push(bank(i, -1))
    rings.push(ring)
  }
  return rings
}

function addArea(file: OsmFile, { west, north, dLon, dLat }: Grid, { outer, holes, tags }: Area): void {
  const points = (ring: Area['outer']): LonLat[] => ring.map(([x, y]) => [west + x * dLon, north - y * dLat])
  if (holes.length === 0) {
    file.line(points(outer), tags, true)
    return
  }
  file.relation(
    [outer, ...holes].map((ring, i) => ({
      type: 'way',
      ref: file.line(points(ring), NO_TAGS, true),
      role: i === 0 ? 'outer' : 'inner',
    })),
    { type: 'multipolygon', ...tags },
  )
}

/** People are counted once: a town without its villages, a village without its hamlets. */
function addPlaces(file: OsmFile, land: Land, { townships, villages, hamlets }: People): void {
  const at = (cell: number): LonLat => cellLonLat(land.grid, cell)
  const place = (kind: string, cell: number, name: Text, people: number | null): void => {
    const population: Tags = people === null ? {} : { population: String(people) }
    file.node(at(cell), { place: kind, ...named(name), ...population })
  }
  const city = new Set(townships.filter(({ kind }) => kind === 'subdistrict').map(({ id }) => id))
  const seats = villages.filter(({ kind }) => kind === 'community')
  const urban = seats.filter(({ township }) => city.has(township))
  if (urban.length > 0) {
    const people = urban.reduce((sum, village) => sum + village.people, 0)
    place(
      'city',
      middle(
        land,
        urban.map(({ cell }) => cell),
      ),
      { zh: '青岭', en: 'Qingling' },
      people,
    )
  }
  for (const { id, kind, name, cell } of townships) {
    if (kind === 'subdistrict') place('quarter', cell, name, null)
    else place('town', cell, name, seats.find(({ township }) => township === id)?.people ?? null)
  }
  for (const { name, cell } of urban) place('neighbourhood', cell, name, null)
  const away = new Map<string, number>()
  for (const { village, people } of hamlets) away.set(village, (away.get(village) ?? 0) + people)
  for (const { id, kind, name, cell, people } of villages) {
    if (kind === 'village') place('village', cell, name, people - (away.get(id) ?? 0))
  }
  for (const { name, cell, people } of hamlets) place('hamlet', cell, name, people)
}

const AMENITIES: [tags: Tags, name: Text][] = [
  [{ amenity: 'townhall' }, { zh: '人民政府', en: ' Government' }],
  [{ amenity: 'marketplace' }, { zh: '集贸市场', en: ' Market' }],
  [{ amenity: 'bus_station' }, { zh: '客运站', en: ' Bus Station' }],
  [{ amenity: 'fuel' }, { zh: '加油站', en: ' Fuel Station' }],
]
/** From one pylon to the next. */
const PYLON_M = 380

/** What every township has, the railway's station, and power lines from the county town to the others. */
function addServices(file: OsmFile, land: Land, { townships }: People, { ways, lon, lat }: Network): void {
  for (const { name, cell } of townships) {
    for (const [i, [tags, kind]] of AMENITIES.entries()) {
      const at = cellLonLat(land.grid, cell + (i - 1) * 3 + i * land.grid.cols)
      file.node(at, { ...tags, ...named({ zh: name.zh + kind.zh, en: name.en + kind.en }) })
    }
  }
  const [first, ...others] = townships
  if (!first) return
  const hub = cellLonLat(land.grid, first.cell)
  let [station, least]: [LonLat | null, number] = [null, Infinity]
  for (const { nodes, tags } of ways) {
    if (tags.railway !== 'rail' || tags.bridge || tags.tunnel) continue
    for (const node of nodes) {
      const metres = distanceM(hub, [lon[node], lat[node]])
      if (metres < least) [station, least] = [[lon[node], lat[node]], metres]
    }
  }
  if (station) file.node(station, { railway: 'station', name: '青岭站', 'name:en': 'Qingling Station' })
  for (const { kind, cell } of others) {
    if (kind !== 'town') continue
    const end = cellLonLat(land.grid, cell)
    const n = Math.ceil(distanceM(hub, end) / PYLON_M)
    const refs: number[] = []
    for (let k = 0; k <= n; k++) {
      const at: LonLat = [hub[0] + ((end[0] - hub[0]) * k) / n, hub[1] + ((end[1] - hub[1]) * k) / n]
      refs.push(file.node(at, { power: 'tower' }))
    }
    file.way(refs, { power: 'line', voltage: '35000' })
  }
}

function middle({ grid }: Land, cells: number[]): number {
  const col = cells.reduce((sum, cell) => sum + (cell % grid.cols), 0) / cells.length
  const row = cells.reduce((sum, cell) => sum + Math.floor(cell / grid.cols), 0) / cells.length
  return Math.round(row) * grid.cols + Math.round(col)
}

function boxOf({ grid }: Land): Bbox {
  const { west, north, cols, rows, dLon, dLat } = grid
  return [west, north - rows * dLat, west + cols * dLon, north]
}
