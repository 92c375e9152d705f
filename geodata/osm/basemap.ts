import type { Text } from '../../server/contract/errors.ts'
import type { Settlement } from '../../server/contract/entities.ts'
import { ROAD_FLAGS, type RoadWay } from '../../server/contract/roads.ts'
import { ROAD_CLASSES, type RoadClass } from '../../server/contract/settings.ts'
import type { Tags } from '../formats/osm-block.ts'
import { areasOf, openAreasNote } from './areas.ts'
import type { OsmData } from './collect.ts'
import { isPeak, landKind, traceKind, waterKind, waterwayKind } from './land.ts'
import { nameLines } from './name-lines.ts'
import { nameEnOf, nameOf } from './names.ts'
import { nodeAt } from './node-table.ts'
import type { Position } from './rings.ts'

/** Features of one layer that show from one zoom on. */
export interface Tier {
  layer: string
  minzoom: number
  features: GeoJSON.Feature[]
}

const ROAD_MINZOOM: Record<RoadClass, number> = {
  motorway: 5,
  national: 5,
  provincial: 7,
  county: 9,
  township: 10,
  village: 12,
  service: 13,
  track: 13,
  path: 14,
  steps: 14,
}
const WATERWAY_MINZOOM: Record<string, number> = { coastline: 5, river: 6, canal: 9, stream: 11 }
const TRACE_MINZOOM: Record<string, number> = { rail: 7, dam: 11, power: 11 }
/** High enough that a county's own peaks stay readable; the map thins them by height. */
const PEAK_MINZOOM = 9
const PLACES: Record<Settlement['kind'], { minzoom: number; rank: number }> = {
  city: { minzoom: 5, rank: 1 },
  town: { minzoom: 7, rank: 2 },
  suburb: { minzoom: 11, rank: 3 },
  village: { minzoom: 9, rank: 4 },
  hamlet: { minzoom: 11, rank: 5 },
}

/** The layers of the vector basemap, out of OSM's areas and lines and the county's settlements. */
export function basemapOf(
  data: OsmData,
  roads: readonly RoadWay[],
  settlements: readonly Settlement[],
): { tiers: Tier[]; notes: Text[] } {
  const tiers = new Tiers()
  for (const road of roads) addRoad(tiers, data, road)
  for (const { refs, tags } of data.ways.values()) {
    const kind = waterwayKind(tags)
    if (kind === null) continue
    const properties = named({ kind }, tags)
    for (const line of linesOf(data, refs)) {
      tiers.add(
        'waterways',
        WATERWAY_MINZOOM[kind] ?? 11,
        { type: 'LineString', coordinates: line },
        properties,
      )
    }
  }
  const open = addAreas(tiers, data, 'water', 5, waterKind) + addAreas(tiers, data, 'land', 10, landKind)
  addBoundaries(tiers, data)
  for (const { kind, tags, scale, line } of nameLines(data)) {
    const from = scale === 'near' ? 12 : kind === 'river' ? 8 : 11
    tiers.add('names', from, { type: 'LineString', coordinates: line }, named({ kind, scale }, tags))
  }
  addTraces(tiers, data)
  addPeaks(tiers, data)
  for (const { name, nameEn, kind, at, people } of settlements) {
    const { minzoom, rank } = PLACES[kind]
    const properties: Properties = { name, kind, rank }
    if (nameEn !== undefined) properties.name_en = nameEn
    if (people !== null) properties.people = people
    tiers.add('places', minzoom, { type: 'Point', coordinates: at }, properties)
  }
  return { tiers: tiers.all(), notes: openAreasNote(open) }
}

type Properties = Record<string, string | number>

class Tiers {
  private readonly byKey = new Map<string, Tier>()

  add(layer: string, minzoom: number, geometry: GeoJSON.Geometry, properties: Properties): void {
    const key = `${layer} ${minzoom}`
    let tier = this.byKey.get(key)
    if (!tier) this.byKey.set(key, (tier = { layer, minzoom, features: [] }))
    tier.features.push({ type: 'Feature', geometry, properties })
  }

  all(): Tier[] {
    return [...this.byKey.values()]
  }
}

function named(properties: Properties, tags: Tags): Properties {
  const [name, nameEn] = [nameOf(tags), nameEnOf(tags)]
  if (name === '') return properties
  return nameEn === undefined ? { ...properties, name } : { ...properties, name, name_en: nameEn }
}

function addRoad(tiers: Tiers, data: OsmData, road: RoadWay): void {
  const cls = ROAD_CLASSES[road.cls]
  const properties: Properties = { class: cls, way: road.id }
  if (road.name !== '') properties.name = road.name
  if (road.ref !== '') properties.ref = road.ref
  if (road.flags & ROAD_FLAGS.bridge) properties.bridge = 1
  if (road.flags & ROAD_FLAGS.tunnel) properties.tunnel = 1
  if (road.flags & (ROAD_FLAGS.oneway | ROAD_FLAGS.onewayBack)) properties.oneway = 1
  for (const line of linesOf(data, road.nodes)) {
    tiers.add('roads', ROAD_MINZOOM[cls], { type: 'LineString', coordinates: line }, properties)
  }
}

function addAreas(
  tiers: Tiers,
  data: OsmData,
  layer: string,
  minzoom: number,
  kindOf: (tags: Tags) => string | null,
): number {
  const { areas, open } = areasOf(data, tags => kindOf(tags) !== null)
  for (const { polygons, tags } of areas) {
    const properties = layer === 'water' ? named({ kind: kindOf(tags)! }, tags) : { kind: kindOf(tags)! }
    tiers.add(layer, minzoom, { type: 'MultiPolygon', coordinates: polygons }, properties)
  }
  return open
}

/** Each boundary way once, with the highest rank (lowest level) of the areas it bounds. */
function addBoundaries(tiers: Tiers, data: OsmData): void {
  const levels = new Map<number, number>()
  const put = (way: number, text: string | undefined): void => {
    const level = Number(text)
    if (level >= 2 && level <= 8) levels.set(way, Math.min(level, levels.get(way) ?? 99))
  }
  for (const { tags, members } of data.relations) {
    if (tags.boundary !== 'administrative') continue
    for (const member of members) if (member.type === 'way') put(member.ref, tags.admin_level)
  }
  for (const { id, tags } of data.ways.values()) {
    if (tags.boundary === 'administrative') put(id, tags.admin_level)
  }
  for (const [id, level] of levels) {
    const refs = data.ways.get(id)?.refs
    if (!refs) continue
    for (const line of linesOf(data, refs)) {
      tiers.add('boundary', level <= 6 ? 5 : 9, { type: 'LineString', coordinates: line }, { level })
    }
  }
}

function addTraces(tiers: Tiers, data: OsmData): void {
  for (const { refs, tags } of data.ways.values()) {
    const kind = traceKind(tags)
    if (kind === null) continue
    const properties = named({ kind }, tags)
    if (kind === 'rail' && tags.bridge !== undefined && tags.bridge !== 'no') properties.bridge = 1
    if (kind === 'rail' && tags.tunnel !== undefined && tags.tunnel !== 'no') properties.tunnel = 1
    for (const line of linesOf(data, refs)) {
      tiers.add('traces', TRACE_MINZOOM[kind]!, { type: 'LineString', coordinates: line }, properties)
    }
  }
}

/** Named peaks and passes with their height, where it says one. */
function addPeaks(tiers: Tiers, data: OsmData): void {
  for (const { lonE7, latE7, tags } of data.points) {
    if (!isPeak(tags)) continue
    const properties = named({ kind: tags.natural! }, tags)
    const eleM = Number.parseFloat(tags.ele ?? '')
    if (Number.isFinite(eleM)) properties.eleM = Math.round(eleM)
    const at = { type: 'Point' as const, coordinates: [lonE7 / 1e7, latE7 / 1e7] }
    tiers.add('peaks', PEAK_MINZOOM, at, properties)
  }
}

/** A way's line, broken where the file lacks a node. */
function linesOf(data: OsmData, refs: ArrayLike<number>): Position[][] {
  const lines: Position[][] = []
  let line: Position[] = []
  for (let i = 0; i < refs.length; i++) {
    const at = nodeAt(data.nodes, refs[i])
    if (at) line.push(at)
    if (!at || i === refs.length - 1) {
      if (line.length > 1) lines.push(line)
      line = []
    }
  }
  return lines
}
