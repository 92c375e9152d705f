import type { Member, Tags } from '../formats/osm-block.ts'
import type { OsmFile, OsmHeader } from '../formats/pbf.ts'
import type { Work } from '../work.ts'
import { roadClass } from './classes.ts'
import { isPeak, landKind, traceKind, waterKind, waterwayKind } from './land.ts'
import { type NodeTable, nodeFiller, nodeTable } from './node-table.ts'
import { isPlace, isPost } from './posts.ts'

export interface RawNode {
  id: number
  lonE7: number
  latE7: number
  tags: Tags
}
export interface RawWay {
  id: number
  refs: Float64Array
  tags: Tags
}
export interface RawRelation {
  id: number
  members: Member[]
  tags: Tags
}

/** What Fengtu reads of an OSM file, as it stood there. */
export interface OsmData {
  header: OsmHeader
  /** Places, posts, barriers and named peaks. */
  points: RawNode[]
  ways: Map<number, RawWay>
  relations: RawRelation[]
  nodes: NodeTable
}

/**
 * Three passes, since members lie before what refers to them: relations, ways, nodes. Only what is of use
 * is kept.
 * @throws Refusal pbf_*
 */
export function* collectOsm(file: OsmFile): Work<OsmData> {
  const relations: RawRelation[] = []
  const memberWays = new Set<number>()
  yield* part(
    0,
    0.2,
    file.read({
      relation(id, members, tags) {
        if (!wantsRelation(tags)) return
        relations.push({ id, members, tags })
        if (tags.type !== 'restriction') {
          for (const m of members) if (m.type === 'way') memberWays.add(m.ref)
        }
      },
    }),
  )

  const ways = new Map<number, RawWay>()
  let refCount = 0
  yield* part(
    0.2,
    0.6,
    file.read({
      way(id, refs, tags) {
        if (!memberWays.has(id) && !wantsWay(tags)) return
        ways.set(id, { id, refs, tags })
        refCount += refs.length
      },
    }),
  )

  const ids = new Float64Array(refCount)
  let at = 0
  for (const way of ways.values()) {
    ids.set(way.refs, at)
    at += way.refs.length
  }
  const nodes = nodeTable(ids)
  const fill = nodeFiller(nodes)
  const points: RawNode[] = []
  yield* part(
    0.6,
    1,
    file.read({
      node(id, lonE7, latE7, tags) {
        fill(id, lonE7, latE7)
        if (wantsNode(tags)) points.push({ id, lonE7, latE7, tags })
      },
    }),
  )
  return { header: file.header, points, ways, relations, nodes }
}

function* part(from: number, to: number, work: Work<void>): Work<void> {
  for (const done of work) yield from + (to - from) * done
}

function wantsRelation(tags: Tags): boolean {
  if (tags.type === 'restriction') return true
  if (tags.type === 'boundary') return tags.boundary === 'administrative' || isPlace(tags)
  return tags.type === 'multipolygon' && (isArea(tags) || isPlace(tags) || isPost(tags))
}

function wantsWay(tags: Tags): boolean {
  return (
    roadClass(tags) !== null ||
    waterwayKind(tags) !== null ||
    traceKind(tags) !== null ||
    isArea(tags) ||
    isPlace(tags) ||
    isPost(tags) ||
    tags.boundary === 'administrative'
  )
}

const isArea = (tags: Tags): boolean => waterKind(tags) !== null || landKind(tags) !== null

const wantsNode = (tags: Tags): boolean =>
  tags.barrier !== undefined || isPlace(tags) || isPost(tags) || isPeak(tags)
