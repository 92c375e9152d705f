import { ringHolds } from '../../server/contract/geo.ts'

/** A ring or a piece of one, as node ids. */
export type Chain = ArrayLike<number>

/**
 * Joins ways end to end into closed rings (multipolygon outlines come in pieces, in any order and direction).
 * @returns `rings` with first id = last id; `open`: how many chains found no end
 */
export function assembleRings(ways: Chain[]): { rings: number[][]; open: number } {
  const rings: number[][] = []
  const ends = new Map<number, Set<number[]>>()
  const put = (chain: number[]): void => {
    for (const end of [chain[0], chain[chain.length - 1]]) {
      const set = ends.get(end)
      if (set) set.add(chain)
      else ends.set(end, new Set([chain]))
    }
  }
  const take = (chain: number[]): void => {
    ends.get(chain[0])?.delete(chain)
    ends.get(chain[chain.length - 1])?.delete(chain)
  }
  for (const way of ways) {
    if (way.length < 2) continue
    const chain = Array.from(way)
    // Grown at its tail alone, turned round once: joining costs what it adds.
    for (let turned = false; chain[0] !== chain[chain.length - 1];) {
      const other = firstOf(ends.get(chain[chain.length - 1]))
      if (other) {
        take(other)
        append(chain, other)
      } else if (turned) break
      else {
        chain.reverse()
        turned = true
      }
    }
    if (chain[0] !== chain[chain.length - 1]) put(chain)
    else if (chain.length >= 4) rings.push(chain)
  }
  const open = new Set([...ends.values()].flatMap(set => [...set])).size
  return { rings, open }
}

const firstOf = (set: Set<number[]> | undefined): number[] | undefined => set?.values().next().value

/** Adds a chain that begins or ends where this one ends. */
function append(chain: number[], other: number[]): void {
  const forward = other[0] === chain[chain.length - 1]
  for (let i = 1; i < other.length; i++) chain.push(other[forward ? i : other.length - 1 - i])
}

export type Position = [number, number]

/** Outer rings with the holes that lie in them: a hole goes to the smallest outer that holds its first point. */
export function nest(outers: Position[][], inners: Position[][]): Position[][][] {
  const polygons = outers.map(ring => ({ rings: [ring], size: Math.abs(ringArea(ring)) }))
  const bySize = polygons.toSorted((a, b) => a.size - b.size)
  for (const inner of inners) bySize.find(({ rings }) => ringHolds(rings[0], ...inner[0]))?.rings.push(inner)
  return polygons.map(({ rings }) => rings)
}

function ringArea(ring: Position[]): number {
  let sum = 0
  for (let i = 0; i + 1 < ring.length; i++) sum += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1]
  return sum / 2
}
