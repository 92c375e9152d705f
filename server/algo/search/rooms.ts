import type { Profile } from '../../contract/profile.ts'
import { profileKey } from '../../contract/profile.ts'
import type { Settings } from '../../contract/settings.ts'
import type { Graph } from '../roads/graph.ts'
import { makeWeights, openTimes, patchEdge, type Weights } from './weights.ts'

/** Profiles beyond this many are forgotten, longest unused first; a vehicle's own size makes one each. */
const KEPT_PROFILES = 6

/**
 * Which edges are shut in each room, counted where closures overlap, and the weights that follow.
 * Open times are shared by all rooms; a room's weights are made when first asked for.
 */
export class Rooms {
  private readonly open = new Map<string, Int32Array>()
  private readonly rooms = new Map<string, Room>()

  constructor(
    private readonly graph: Graph,
    private readonly settings: Settings,
  ) {}

  get(id: string): Room {
    let room = this.rooms.get(id)
    if (!room) {
      room = new Room(this.graph, profile => this.openTimes(profile))
      this.rooms.set(id, room)
    }
    return room
  }

  private openTimes(profile: Profile): Int32Array {
    return remembered(this.open, profileKey(profile), () => openTimes(this.graph, profile, this.settings))
  }
}

export class Room {
  /** Closures in force: the edges each shuts. */
  readonly closures = new Map<string, Uint32Array>()
  readonly shutCount: Uint16Array
  private readonly weightsByProfile = new Map<string, Weights>()

  constructor(
    private readonly graph: Graph,
    private readonly timesOf: (profile: Profile) => Int32Array,
  ) {
    this.shutCount = new Uint16Array(graph.edges)
  }

  weights(profile: Profile): Weights {
    const walks = (typeof profile === 'string' ? profile : profile.base) === 'foot'
    return remembered(this.weightsByProfile, profileKey(profile), () =>
      makeWeights(this.graph, this.timesOf(profile), walks, this.shutCount),
    )
  }

  close(id: string, edges: Uint32Array): void {
    this.open(id)
    this.closures.set(id, edges)
    this.count(edges, 1)
  }

  open(id: string): void {
    const edges = this.closures.get(id)
    if (!edges) return
    this.closures.delete(id)
    this.count(edges, -1)
  }

  /** Runs `compute` with every road open: what would be, had nothing been shut. */
  withAllOpen<T>(compute: () => T): T {
    const shut = [...this.closures]
    for (const [id] of shut) this.open(id)
    try {
      return compute()
    } finally {
      for (const [id, edges] of shut) this.close(id, edges)
    }
  }

  private count(edges: Uint32Array, by: 1 | -1): void {
    for (const edge of edges) {
      const before = this.shutCount[edge]!
      this.shutCount[edge] = before + by
      if (before === 0 || before + by === 0) {
        for (const weights of this.weightsByProfile.values()) patchEdge(this.graph, weights, edge, by === 1)
      }
    }
  }
}

function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  const value = known ?? make()
  map.delete(key)
  map.set(key, value)
  if (map.size > KEPT_PROFILES) map.delete(map.keys().next().value!)
  return value
}
