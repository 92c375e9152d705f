import type { Text } from '../../server/contract/errors.ts'
import type { Tags } from '../formats/osm-block.ts'
import type { OsmData, RawRelation } from './collect.ts'
import { nodeAt } from './node-table.ts'
import { type Position, assembleRings, nest } from './rings.ts'

export interface Area {
  /** Polygons, each an outer ring and its holes. */
  polygons: Position[][][]
  tags: Tags
}

/** Closed ways and multipolygons whose tags pass. What the cut of the extract left open is not drawn. */
export function areasOf(data: OsmData, passes: (tags: Tags) => boolean): { areas: Area[]; open: number } {
  const areas: Area[] = []
  let open = 0
  for (const { refs, tags } of data.ways.values()) {
    if (!passes(tags)) continue
    const ring = refs.length >= 4 && refs[0] === refs[refs.length - 1] ? positions(data, refs) : null
    if (ring) areas.push({ polygons: [[ring]], tags })
    else open++
  }
  for (const relation of data.relations) {
    if (relation.tags.type !== 'multipolygon' || !passes(relation.tags)) continue
    const polygons = polygonsOf(data, relation)
    if (polygons.length > 0) areas.push({ polygons, tags: relation.tags })
    else open++
  }
  return { areas, open }
}

function polygonsOf(data: OsmData, { members }: RawRelation): Position[][][] {
  const ringsOf = (inner: boolean): Position[][] => {
    const chains = members
      .filter(m => m.type === 'way' && (m.role === 'inner') === inner)
      .flatMap(m => data.ways.get(m.ref)?.refs ?? [])
    return assembleRings(chains).rings.flatMap(ring => {
      const points = positions(data, ring)
      return points ? [points] : []
    })
  }
  return nest(ringsOf(false), ringsOf(true))
}

/** The points of a ring, or null where the file lacks one of them. */
function positions(data: OsmData, refs: ArrayLike<number>): Position[] | null {
  const out: Position[] = []
  for (let i = 0; i < refs.length; i++) {
    const at = nodeAt(data.nodes, refs[i])
    if (!at) return null
    out.push(at)
  }
  return out
}

export function openAreasNote(open: number): Text[] {
  if (open === 0) return []
  return [
    {
      zh: `${open} 片水面或用地的边界不闭合（多半在裁切边界处），底图上未画`,
      en: `${open} areas of water or land are not closed (mostly where the file was cut out) and are not drawn`,
    },
  ]
}
