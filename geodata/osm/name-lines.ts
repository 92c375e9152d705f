import { distanceM, type LonLat } from '../../server/contract/geo.ts'
import type { OsmData } from './collect.ts'
import { waterwayKind } from './land.ts'
import { nameOf } from './names.ts'
import { nodeAt } from './node-table.ts'
import type { Position } from './rings.ts'
import type { Tags } from '../formats/osm-block.ts'

/** A line for a river's name to stand on: the course without its bends, which letters cannot follow. */
export interface NameLine {
  kind: string
  tags: Tags
  /** `far` for a whole county on a screen, `near` for a few valleys. */
  scale: 'far' | 'near'
  line: Position[]
}
/** Bends shorter than this are straightened; shorter courses get no name at that scale. */
const SCALES = [
  { scale: 'far', bendM: 1200, leastM: 5000 },
  { scale: 'near', bendM: 260, leastM: 900 },
] as const

/** Named rivers and streams at both scales; ways of one name that join end to end are one course. */
export function nameLines(data: OsmData): NameLine[] {
  const byName = new Map<string, { tags: Tags; kind: string; refs: number[] }[]>()
  for (const { refs, tags } of data.ways.values()) {
    const kind = waterwayKind(tags)
    const name = nameOf(tags)
    if (kind === null || kind === 'coastline' || name === '' || refs.length < 2) continue
    const key = `${kind}\n${name}`
    const list = byName.get(key)
    if (list) list.push({ tags, kind, refs: [...refs] })
    else byName.set(key, [{ tags, kind, refs: [...refs] }])
  }
  return [...byName.values()].flatMap(ways => {
    const { tags, kind } = ways[0]!
    return joined(ways.map(way => way.refs)).flatMap(refs => {
      const course = refs.flatMap(ref => {
        const at = nodeAt(data.nodes, ref)
        return at ? [at as LonLat] : []
      })
      return SCALES.flatMap(({ scale, bendM, leastM }) => {
        const line = straightened(course, bendM, leastM)
        return line ? [{ kind, tags, scale, line }] : []
      })
    })
  })
}

/** Chains that end where another begins, as one; flow goes one way, so none is turned round. */
function joined(chains: readonly number[][]): number[][] {
  const byFirst = new Map(chains.map(refs => [refs[0]!, refs]))
  const continues = new Set<number[]>()
  for (const refs of chains) {
    const next = byFirst.get(refs.at(-1)!)
    if (next && next !== refs) continues.add(next)
  }
  const used = new Set<number[]>()
  return chains.flatMap(start => {
    if (continues.has(start) || used.has(start)) return []
    const all = [...start]
    used.add(start)
    for (let next = byFirst.get(all.at(-1)!); next && !used.has(next); next = byFirst.get(all.at(-1)!)) {
      used.add(next)
      all.push(...next.slice(1))
    }
    return [all]
  })
}

/**
 * The mean of the course over `bendM` to each side, a point every quarter of that. Null when it is shorter than
 * `leastM`.
 */
export function straightened(course: readonly LonLat[], bendM: number, leastM: number): Position[] | null {
  const along = [0]
  for (let i = 1; i < course.length; i++) along.push(along[i - 1]! + distanceM(course[i - 1]!, course[i]!))
  const total = along.at(-1)!
  if (!(total >= leastM)) return null
  const step = bendM / 4
  const even: Position[] = []
  for (let want = 0, i = 1; want <= total; want += step) {
    while (i < along.length - 1 && along[i]! < want) i++
    const part = (want - along[i - 1]!) / (along[i]! - along[i - 1]! || 1)
    const [p, q] = [course[i - 1]!, course[i]!]
    even.push([p[0] + (q[0] - p[0]) * part, p[1] + (q[1] - p[1]) * part])
  }
  return even.map((_, i) => {
    const reach = Math.min(4, i, even.length - 1 - i)
    const near = even.slice(i - reach, i + reach + 1)
    return [0, 1].map(k => near.reduce((sum, p) => sum + p[k]!, 0) / near.length) as Position
  })
}
