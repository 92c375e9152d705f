import type { Settlement, Team } from '../contract/entities.ts'
import { Refusal } from '../contract/errors.ts'
import type { LonLat } from '../contract/geo.ts'
import type { Settings } from '../contract/settings.ts'
import { Lattice } from './circles/lattice.ts'
import { connectedEdges } from './roads/components.ts'
import type { Graph } from './roads/graph.ts'
import type { PlacedClosure, RoomClosure } from './search/closing.ts'
import { edgesOf } from './search/closures.ts'
import { mustBeOnRoad, onRoad, roundM, type OnRoad } from './search/points.ts'
import { Rooms } from './search/rooms.ts'
import { Search } from './search/search.ts'
import type { Weights } from './search/weights.ts'

/** What calculations take from a county's registers. */
export interface Reckoned {
  settlements: Settlement[]
  teams: Team[]
}

/** What is kept between questions about one county: rooms, scratch space, and places brought onto the roads. */
export class County {
  readonly rooms: Rooms
  readonly search: Search
  private readonly places = new WeakMap<Int32Array, WeakMap<object, OnRoad | null>>()
  private readonly connectedEdges = new WeakMap<Int32Array, Uint8Array>()
  private readonly lattices = new WeakMap<Int32Array, Lattice>()
  private readonly shapes = new Map<string, Map<string, string>>()

  private readonly imported: Reckoned
  private readonly reckoned = new Map<string, Reckoned>()
  private now: Reckoned

  constructor(
    readonly graph: Graph,
    settlements: Settlement[],
    teams: Team[],
    readonly settings: Settings,
  ) {
    this.rooms = new Rooms(graph, settings)
    this.search = new Search(graph)
    this.imported = this.now = { settlements, teams }
  }

  /** Where people live and who can be sent, in the room that is asked about. */
  get settlements(): Settlement[] {
    return this.now.settlements
  }
  get teams(): Team[] {
    return this.now.teams
  }

  /** What a room's registers say in place of the import. */
  setReckoned(room: string, reckoned: Reckoned): void {
    this.reckoned.set(room, reckoned)
  }

  /** Every question is about one room. */
  enter(room: string): void {
    this.now = this.reckoned.get(room) ?? this.imported
  }

  /**
   * A settlement or team on the roads of a profile: the nearest that leads anywhere, else the nearest at all.
   * Closures never move it, so it is found once.
   */
  placeOf(weights: Weights, thing: { at: LonLat }): OnRoad | null {
    let known = this.places.get(weights.open)
    if (!known) this.places.set(weights.open, (known = new WeakMap()))
    let place = known.get(thing)
    if (place === undefined) {
      const { graph, settings } = this
      place =
        onRoad(graph, weights, settings, thing.at, this.connected(weights)) ??
        onRoad(graph, weights, settings, thing.at)
      known.set(thing, place)
    }
    return place
  }

  /**
   * An asked point on the roads; with `leading` past a pocket to a road that leads anywhere, where one is near.
   * @param where the point's place in the request, e.g. `from[3]`
   * @throws Refusal `off_network`
   */
  pointOf(weights: Weights, at: LonLat, where: string, leading = false): OnRoad & { pocketM?: number } {
    const { graph, settings } = this
    const nearest = mustBeOnRoad(graph, weights, settings, at, where)
    if (!leading || this.connected(weights)[nearest.snap.edge]) return nearest
    const leads = onRoad(graph, weights, settings, at, this.connected(weights))
    return leads ? { ...leads, pocketM: roundM(nearest.snap.distanceM) } : nearest
  }

  private connected(weights: Weights): Uint8Array {
    let edges = this.connectedEdges.get(weights.open)
    if (!edges) this.connectedEdges.set(weights.open, (edges = connectedEdges(this.graph, weights.open)))
    return edges
  }

  lattice(weights: Weights): Lattice {
    let lattice = this.lattices.get(weights.open)
    if (!lattice) {
      const { offRoadCapM, offRoadKmh, snapLimitM } = this.settings
      lattice = new Lattice(this.graph, weights.open, offRoadCapM.value, offRoadKmh.value, snapLimitM.value)
      this.lattices.set(weights.open, lattice)
    }
    return lattice
  }

  turnoutMs(team: Team): number {
    return team.turnoutMs ?? this.settings.turnoutMs.value[team.kind] ?? this.settings.turnoutMs.value.other!
  }

  /** A closure that no longer fits the roads (a new import) shuts nothing and says so; the others hold. */
  setClosures(roomId: string, closures: RoomClosure[]): PlacedClosure[] {
    const room = this.rooms.get(roomId)
    let shapes = this.shapes.get(roomId)
    if (!shapes) this.shapes.set(roomId, (shapes = new Map()))
    const wanted = new Set(closures.map(c => c.id))
    for (const id of room.closures.keys()) {
      if (wanted.has(id)) continue
      room.open(id)
      shapes.delete(id)
    }
    return closures.map(({ id, feature }) => {
      const shape = JSON.stringify(feature)
      const unchanged = shapes.get(id) === shape && room.closures.get(id)
      if (unchanged) return placed(id, unchanged)
      try {
        const edges = edgesOf(this.graph, feature)
        room.close(id, edges)
        shapes.set(id, shape)
        return placed(id, edges)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        room.open(id)
        shapes.delete(id)
        return { id, edges: 0, problem: error.code }
      }
    })
  }
}

function placed(id: string, edges: Uint32Array): PlacedClosure {
  return edges.length > 0 ? { id, edges: edges.length } : { id, edges: 0, problem: 'shuts_nothing' }
}
