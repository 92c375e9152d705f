import type { Text } from '../../server/contract/errors.ts'
import type { RoadWay, TurnRestriction } from '../../server/contract/roads.ts'
import type { Member, Tags } from '../formats/osm-block.ts'
import type { RawRelation } from './collect.ts'

/** No junction has more; a relation with more is a mistake. */
const MAX_PAIRS = 100

/**
 * Turn restrictions whose members are roads that meet. Those for some hours or some vehicles only, and
 * those that except emergency vehicles, are left out on purpose.
 * @returns `unresolved`: relations that say a restriction but cannot be followed
 */
export function turnRestrictions(
  relations: readonly RawRelation[],
  ways: ReadonlyMap<number, RoadWay>,
): { restrictions: TurnRestriction[]; unresolved: number[] } {
  const restrictions: TurnRestriction[] = []
  const unresolved: number[] = []
  for (const relation of relations) {
    const kind = kindOf(relation.tags)
    if (kind === null) continue
    const found = resolve(relation, kind, ways)
    if (found.length === 0) unresolved.push(relation.id)
    restrictions.push(...found)
  }
  return { restrictions, unresolved }
}

export function unresolvedNote(unresolved: readonly number[]): Text[] {
  if (unresolved.length === 0) return []
  const some = unresolved.slice(0, 5).join(', ')
  return [
    {
      zh: `${unresolved.length} 条转向限制无法解析（成员缺失、不是道路或互不相连），未采用；关系编号如 ${some}`,
      en: `${unresolved.length} turn restrictions could not be resolved (a member is missing, no road, or not connected) and are not in force; relations ${some}`,
    },
  ]
}

function kindOf(tags: Tags): 'no' | 'only' | null {
  if (tags.type !== 'restriction' || tags.restriction === undefined) return null
  if (tags.except?.split(';').some(part => part.trim() === 'emergency')) return null
  if (tags.restriction.startsWith('no_')) return 'no'
  return tags.restriction.startsWith('only_') ? 'only' : null
}

function resolve(
  { id, members }: RawRelation,
  kind: 'no' | 'only',
  ways: ReadonlyMap<number, RoadWay>,
): TurnRestriction[] {
  const waysOf = (role: string): number[] => members.filter(m => isWay(m, role)).map(m => m.ref)
  const viaNodes = members.filter(m => m.type === 'node' && m.role === 'via').map(m => m.ref)
  const [froms, tos, vias] = [waysOf('from'), waysOf('to'), waysOf('via')]
  if (viaNodes.length > 1 || (viaNodes.length === 1) === vias.length > 0) return []
  if (vias.some(via => !ways.has(via)) || froms.length * tos.length > MAX_PAIRS) return []
  const out: TurnRestriction[] = []
  for (const fromWay of froms) {
    for (const toWay of tos) {
      const from = ways.get(fromWay)
      const to = ways.get(toWay)
      if (!from || !to) continue
      const viaNode = viaNodes.length === 1 ? viaNodes[0] : null
      const ok =
        viaNode === null
          ? chained([from, ...vias.map(via => ways.get(via)!), to])
          : has(from, viaNode) && has(to, viaNode)
      if (ok) out.push({ id, kind, fromWay, viaNode, viaWays: vias, toWay })
    }
  }
  return out
}

const isWay = (member: Member, role: string): boolean => member.type === 'way' && member.role === role

function has(way: RoadWay, node: number): boolean {
  for (let i = 0; i < way.nodes.length; i++) if (way.nodes[i] === node) return true
  return false
}

/** Does each way share a node with the next? */
function chained(ways: RoadWay[]): boolean {
  return ways.every((way, i) => {
    if (i === 0) return true
    const before = new Set(Array.from(ways[i - 1].nodes))
    return Array.from(way.nodes).some(node => before.has(node))
  })
}
