import { ROAD_FLAGS, type RoadNetwork, type RoadWay, type TurnRestriction } from '../contract/roads.ts'

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const plainWay: Omit<RoadWay, 'id' | 'nodes'> = {
  cls: 5,
  flags: 0,
  name: '',
  ref: '',
  maxspeedFwd: 0,
  maxspeedBack: 0,
  maxweightT: 0,
  maxheightM: 0,
  maxwidthM: 0,
}

/** Nodes 1, 2, 3 … at the given places, `[lon, lat]` in 1e-7 degrees. */
export function networkOf(
  places: [number, number][],
  ways: (Partial<RoadWay> & { id: number; nodes: number[] })[],
  more: Partial<Pick<RoadNetwork, 'restrictions' | 'barriers'>> = {},
): RoadNetwork {
  return {
    nodeIds: Float64Array.from(places, (_, i) => i + 1),
    lonE7: Int32Array.from(places, p => p[0]),
    latE7: Int32Array.from(places, p => p[1]),
    ways: ways.map(way => ({ ...plainWay, ...way })),
    restrictions: more.restrictions ?? [],
    barriers: more.barriers ?? [],
  }
}

/**
 * A small tangle of roads about 2 km wide: one-ways, loops, parallel roads, signed speeds and limits, barriers,
 * paths, and turn restrictions of every kind, most of them where roads really meet.
 */
export function randomNetwork(seed: number): RoadNetwork {
  const random = randomOf(seed)
  const below = (n: number): number => Math.floor(random() * n)
  const some = <T>(list: readonly T[]): T => list[below(list.length)]
  const nodeCount = 5 + below(9)
  const places = Array.from({ length: nodeCount }, (): [number, number] => [
    15_000_000 + below(200_000),
    425_000_000 + below(200_000),
  ])
  const nodes = places.map((_, i) => i + 1)
  const ways = Array.from({ length: 5 + below(8) }, (_, i) => {
    const run = [some(nodes)]
    const length = 2 + below(3)
    while (run.length < length) {
      const next = some(nodes)
      if (!run.includes(next)) run.push(next)
    }
    if (random() < 0.15 && run.length > 2) run.push(run[0])
    const flags =
      (random() < 0.2 ? ROAD_FLAGS.oneway : 0) |
      (random() < 0.06 ? ROAD_FLAGS.onewayBack : 0) |
      (random() < 0.06 ? ROAD_FLAGS.noMotor : 0) |
      (random() < 0.06 ? ROAD_FLAGS.noFoot : 0) |
      (random() < 0.1 ? ROAD_FLAGS.bridge : 0)
    return {
      id: 100 + i,
      nodes: run,
      cls: random() < 0.1 ? 8 + below(2) : below(8),
      flags,
      maxspeedFwd: random() < 0.3 ? 10 + below(90) : 0,
      maxspeedBack: random() < 0.3 ? 10 + below(90) : 0,
      maxweightT: random() < 0.1 ? 3.5 : 0,
      maxheightM: random() < 0.1 ? 3 : 0,
    }
  })
  const barriers = nodes.filter(() => random() < 0.06).map(node => ({ node }))
  const restrictions: TurnRestriction[] = []
  for (let i = 0; i < 6; i++) {
    const from = some(ways)
    const kind = random() < 0.65 ? ('no' as const) : ('only' as const)
    if (random() < 0.5) {
      const viaNode = some(from.nodes)
      const meeting = ways.filter(way => way.nodes.includes(viaNode))
      restrictions.push({ id: i, kind, fromWay: from.id, viaNode, viaWays: [], toWay: some(meeting).id })
      continue
    }
    const chain = [from]
    const vias = 1 + below(2)
    for (let k = 0; k <= vias; k++) {
      const last = chain.at(-1)!
      const next = ways.filter(
        way => way.nodes.some(n => last.nodes.includes(n)) && (k === vias || !chain.includes(way)),
      )
      if (next.length === 0) break
      chain.push(some(next))
    }
    if (chain.length < 3) continue
    const ids = chain.map(way => way.id)
    restrictions.push({
      id: i,
      kind,
      fromWay: ids[0],
      viaNode: null,
      viaWays: ids.slice(1, -1),
      toWay: ids.at(-1)!,
    })
  }
  return networkOf(places, ways, { restrictions, barriers })
}
