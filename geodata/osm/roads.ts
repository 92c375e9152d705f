import type { Text } from '../../server/contract/errors.ts'
import type { Bbox } from '../../server/contract/geo.ts'
import { ROAD_FLAGS, type RoadBarrier, type RoadNetwork, type RoadWay } from '../../server/contract/roads.ts'
import type { Tags } from '../formats/osm-block.ts'
import { direction, footShut, letsEmergencyIn, motorShut } from './access.ts'
import { stopsMotor } from './barriers.ts'
import { classIndex, isWalked, roadClass } from './classes.ts'
import type { OsmData, RawWay } from './collect.ts'
import { limitsOf, readLength, tighter } from './measures.ts'
import { nameOf } from './names.ts'
import { indexOfId, nodeIndex } from './node-table.ts'
import { turnRestrictions, unresolvedNote } from './restrictions.ts'

export interface Roads {
  network: RoadNetwork
  bbox: Bbox
  notes: Text[]
}

/** OSM's roads as the graph builder takes them; null where the file holds none. */
export function roadsOf(data: OsmData): Roads | null {
  const ways: RoadWay[] = []
  for (const raw of data.ways.values()) {
    const way = roadWay(raw)
    if (way) ways.push(way)
  }
  const nodes = roadNodes(data, ways)
  if (nodes.nodeIds.length < 2) return null
  limitByHeight(data, ways)
  const byId = new Map(ways.map(way => [way.id, way]))
  const { restrictions, unresolved } = turnRestrictions(data.relations, byId)
  return {
    network: { ...nodes, ways, restrictions, barriers: roadBarriers(data, nodes.nodeIds) },
    bbox: bboxOf(nodes),
    notes: [...unresolvedNote(unresolved), ...missingNote(nodes.missing)],
  }
}

/** One way with its tags read, or null for what is no road. */
export function roadWay({ id, refs, tags }: RawWay): RoadWay | null {
  const cls = roadClass(tags)
  if (cls === null || refs.length < 2) return null
  return {
    id,
    nodes: refs,
    cls: classIndex(cls),
    flags: flagsOf(tags),
    name: nameOf(tags),
    ref: (tags.ref ?? '').trim().slice(0, 60),
    ...limitsOf(tags),
  }
}

function flagsOf(tags: Tags): number {
  const way = direction(tags)
  const walkedOnly = tags.highway === 'steps' || (isWalked(tags) && !letsEmergencyIn(tags))
  const bus = tags.highway === 'busway' && !letsEmergencyIn(tags)
  let flags = 0
  if (says(tags.bridge)) flags |= ROAD_FLAGS.bridge
  if (says(tags.tunnel) && tags.tunnel !== 'culvert') flags |= ROAD_FLAGS.tunnel
  if (tags.junction === 'roundabout' || tags.junction === 'circular') flags |= ROAD_FLAGS.roundabout
  if (says(tags.ford)) flags |= ROAD_FLAGS.ford
  if (walkedOnly || bus || way === 'none' || motorShut(tags)) flags |= ROAD_FLAGS.noMotor
  if (footShut(tags)) flags |= ROAD_FLAGS.noFoot
  if (way === 'forward') flags |= ROAD_FLAGS.oneway
  if (way === 'backward') flags |= ROAD_FLAGS.onewayBack
  return flags
}

const says = (value: string | undefined): boolean => value !== undefined && value !== 'no'

interface RoadNodes {
  nodeIds: Float64Array
  lonE7: Int32Array
  latE7: Int32Array
  /** Road nodes that the file refers to but does not hold. */
  missing: number
}

function roadNodes({ nodes }: OsmData, ways: RoadWay[]): RoadNodes {
  const used = new Uint8Array(nodes.ids.length)
  for (const way of ways) {
    for (let i = 0; i < way.nodes.length; i++) used[nodeIndex(nodes, way.nodes[i])] = 1
  }
  let count = 0
  let missing = 0
  for (let i = 0; i < used.length; i++) {
    if (used[i] && !nodes.known[i]) missing++
    count += used[i] &= nodes.known[i]
  }
  const out = {
    nodeIds: new Float64Array(count),
    lonE7: new Int32Array(count),
    latE7: new Int32Array(count),
    missing,
  }
  let n = 0
  for (let i = 0; i < used.length; i++) {
    if (!used[i]) continue
    out.nodeIds[n] = nodes.ids[i]
    out.lonE7[n] = nodes.lonE7[i]
    out.latE7[n++] = nodes.latE7[i]
  }
  return out
}

function roadBarriers(data: OsmData, nodeIds: Float64Array): RoadBarrier[] {
  return data.points
    .filter(point => stopsMotor(point.tags) && indexOfId(nodeIds, point.id) >= 0)
    .map(point => ({ node: point.id }))
}

/** A height restrictor stands at a node; its limit holds for every way through that node. */
function limitByHeight(data: OsmData, ways: RoadWay[]): void {
  const limits = new Map<number, number>()
  for (const { id, tags } of data.points) {
    const metres = tags.barrier === undefined ? 0 : readLength(tags.maxheight)
    if (metres > 0) limits.set(id, metres)
  }
  if (limits.size === 0) return
  for (const way of ways) {
    for (let i = 0; i < way.nodes.length; i++) {
      const metres = limits.get(way.nodes[i])
      if (metres !== undefined) way.maxheightM = tighter(way.maxheightM, metres)
    }
  }
}

function bboxOf({ lonE7, latE7 }: RoadNodes): Bbox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < lonE7.length; i++) {
    west = Math.min(west, lonE7[i])
    east = Math.max(east, lonE7[i])
    south = Math.min(south, latE7[i])
    north = Math.max(north, latE7[i])
  }
  return [west / 1e7, south / 1e7, east / 1e7, north / 1e7]
}

function missingNote(missing: number): Text[] {
  if (missing === 0) return []
  return [
    {
      zh: `道路引用了文件中没有的 ${missing} 个节点（多半在裁切边界处），道路在那里断开`,
      en: `Roads refer to ${missing} nodes that the file does not hold (mostly where it was cut out); they break there`,
    },
  ]
}
