import { type LonLat, distanceM } from '../../server/contract/geo.ts'
import type { Tags } from '../formats/osm-block.ts'
import type { OsmData, RawRelation, RawWay } from './collect.ts'
import { nodeAt } from './node-table.ts'
import { nameOf } from './names.ts'

/** A thing with a point: a node, or an area's middle. `id` is n123, w123 or r123. */
export interface Site {
  id: string
  at: LonLat
  tags: Tags
}

/** Every node, way and relation whose tags pass, nodes first (they are placed by hand, areas are not). */
export function sitesOf(data: OsmData, passes: (tags: Tags) => boolean): Site[] {
  const sites: Site[] = []
  for (const { id, lonE7, latE7, tags } of data.points) {
    if (passes(tags)) sites.push({ id: `n${id}`, at: [lonE7 / 1e7, latE7 / 1e7], tags })
  }
  for (const way of data.ways.values()) {
    const at = passes(way.tags) ? middleOfWay(data, way) : null
    if (at) sites.push({ id: `w${way.id}`, at, tags: way.tags })
  }
  for (const relation of data.relations) {
    const at = passes(relation.tags) ? middleOfRelation(data, relation) : null
    if (at) sites.push({ id: `r${relation.id}`, at, tags: relation.tags })
  }
  return sites
}

/** Drops what stands within `metres` of an earlier one with the same key and the same name. */
export function withoutDoubles(sites: Site[], key: (site: Site) => string, metres: number): Site[] {
  const kept = new Map<string, Site[]>()
  return sites.filter(site => {
    const group = `${key(site)}\n${nameOf(site.tags)}`
    const others = kept.get(group)
    if (!others) {
      kept.set(group, [site])
      return true
    }
    if (others.some(other => distanceM(other.at, site.at) <= metres)) return false
    others.push(site)
    return true
  })
}

/** Centroid of a closed way (by area), middle node of an open one. */
function middleOfWay(data: OsmData, { refs }: RawWay): LonLat | null {
  const points: LonLat[] = []
  for (const ref of refs) {
    const at = nodeAt(data.nodes, ref)
    if (at) points.push(at)
  }
  if (points.length === 0) return null
  return centroid(points) ?? points[points.length >> 1]
}

/** Its label or centre node where it has one, else the middle of its outline's box. */
function middleOfRelation(data: OsmData, { members }: RawRelation): LonLat | null {
  const label = members.find(m => m.type === 'node' && (m.role === 'label' || m.role === 'admin_centre'))
  const point = label && data.points.find(p => p.id === label.ref)
  if (point) return [point.lonE7 / 1e7, point.latE7 / 1e7]
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const member of members) {
    const way = member.type === 'way' && member.role !== 'inner' ? data.ways.get(member.ref) : undefined
    for (const ref of way?.refs ?? []) {
      const at = nodeAt(data.nodes, ref)
      if (!at) continue
      west = Math.min(west, at[0])
      east = Math.max(east, at[0])
      south = Math.min(south, at[1])
      north = Math.max(north, at[1])
    }
  }
  return west > east ? null : [(west + east) / 2, (south + north) / 2]
}

/** Area centroid (shoelace), about the first point for precision; null where the ring has no area. */
function centroid(points: LonLat[]): LonLat | null {
  const [x0, y0] = points[0]
  let [area, x, y] = [0, 0, 0]
  for (let i = 0; i < points.length; i++) {
    const [ax, ay] = [points[i][0] - x0, points[i][1] - y0]
    const next = points[(i + 1) % points.length]
    const [bx, by] = [next[0] - x0, next[1] - y0]
    const cross = ax * by - bx * ay
    area += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return Math.abs(area) < 1e-14 ? null : [x0 + x / (3 * area), y0 + y / (3 * area)]
}
