import { bandPolygons } from '../../server/algo/circles/bands.ts'
import { edgesOf } from '../../server/algo/search/closures.ts'
import { County } from '../../server/algo/county.ts'
import { INF, NONE, openGraph, type Graph } from '../../server/algo/roads/graph.ts'
import { tableOf } from '../../server/algo/answers/matrix.ts'
import { onRoad, type OnRoad } from '../../server/algo/search/points.ts'
import { arrive, leave } from '../../server/algo/search/snap.ts'
import { RoadTimes, type Start } from '../../server/algo/search/times.ts'
import { DEFAULT_SETTINGS } from '../../server/contract/settings.ts'
import type { LonLat } from '../../server/contract/geo.ts'
import { medianMs, seeded } from './measure.ts'

const HOUR_MS = 3_600_000
const BANDS_MS = [900_000, 1_800_000, HOUR_MS]

export const FIGURES = [
  'search60',
  'polygons',
  'teams100',
  'matrix100',
  'closures20',
  'coverage100',
  'load',
] as const
export type Figure = (typeof FIGURES)[number]

/** Points of a county that a heavy vehicle can stand at and its queries, the same at every run. */
export class Bench {
  readonly county: County
  readonly graph: Graph
  private readonly places: OnRoad[]
  private readonly random = seeded(20261121)

  constructor(private readonly bytes: ArrayBuffer) {
    this.graph = openGraph(bytes)
    this.county = new County(this.graph, [], [], DEFAULT_SETTINGS)
    const usable: number[] = []
    for (let node = 0; node < this.graph.nodes; node++) {
      if (this.graph.motorEnd[node]! > this.graph.first[node]!) usable.push(node)
    }
    this.places = Array.from({ length: 400 }, () => {
      const node = usable[Math.floor(this.random() * usable.length)]!
      const at: LonLat = [this.graph.nodeLon[node]! / 1e7, this.graph.nodeLat[node]! / 1e7]
      return onRoad(this.graph, this.weights, DEFAULT_SETTINGS, at)!
    })
  }

  get weights() {
    return this.county.rooms.get('bench').weights('heavy')
  }

  measure(figure: Figure): number {
    return this[figure]()
  }

  private place(i: number): OnRoad {
    return this.places[i % this.places.length]!
  }
  private hundred(i: number): OnRoad[] {
    return Array.from({ length: 100 }, (_, k) => this.place(i * 37 + k))
  }

  private search60(): number {
    return medianMs(i => this.searchFrom([this.place(i)]), 50, 200)
  }

  private searchFrom(places: OnRoad[]): Start[] {
    const starts = places.map(({ snap }) => ({ snap, delayMs: 60_000 }))
    const seeds = starts.flatMap(({ snap, delayMs }) => leave(this.graph, this.weights, snap, delayMs))
    this.county.search.run(this.weights, false, seeds, HOUR_MS)
    return starts
  }

  private bands(places: OnRoad[]): unknown {
    const { county, graph, weights } = this
    const starts = this.searchFrom(places)
    return bandPolygons({
      graph,
      lattice: county.lattice(weights),
      times: new RoadTimes(graph, weights, county.search.dist, false, starts),
      dist: county.search.dist,
      reached: county.search.reached,
      limitsMs: BANDS_MS,
      starts: starts.map(({ snap, delayMs }) => ({ at: snap.at, edge: snap.edge, delayMs })),
    })
  }

  private polygons(): number {
    return medianMs(i => this.bands([this.place(i)]), 40, 20)
  }

  private teamsTo(point: OnRoad, teams: OnRoad[]): number[] {
    const { county, graph, weights } = this
    county.search.run(weights, true, arrive(graph, weights, point.snap), HOUR_MS)
    const starts = [{ snap: point.snap, delayMs: 0 }]
    const times = new RoadTimes(graph, weights, county.search.dist, true, starts)
    return teams.map(team => times.at(team.snap))
  }

  private teams100(): number {
    return medianMs(i => this.teamsTo(this.place(i), this.hundred(i)), 50, 200)
  }

  private matrix100(): number {
    return medianMs(
      i => tableOf(this.county, this.weights, this.hundred(i), this.hundred(i + 1), HOUR_MS),
      20,
      3,
    )
  }

  /** Polygons of about 300 m round points of the network; each run closes twenty, asks, and opens them. */
  private closures20(): number {
    const room = this.county.rooms.get('bench')
    const shapes = this.places.slice(0, 200).map(({ snap: { at } }) => ({
      geometry: { type: 'Polygon' as const, coordinates: [octagon(at, 0.002)] },
      properties: { kind: 'landslide' as const },
    }))
    return medianMs(i => {
      const chosen = Array.from({ length: 20 }, (_, k) => shapes[(i * 20 + k) % shapes.length]!)
      chosen.forEach((shape, k) => room.close(`c${k}`, edgesOf(this.graph, shape)))
      this.teamsTo(this.place(i + 200), this.hundred(i))
      chosen.forEach((_, k) => room.open(`c${k}`))
    }, 30)
  }

  private coverage100(): number {
    return medianMs(i => this.bands(this.hundred(i)), 25, 12)
  }

  /** From the file's bytes in memory to weights that can be searched; reading the disk is the disk's. */
  private load(): number {
    return medianMs(
      () => {
        const graph = openGraph(this.bytes.slice(0))
        new County(graph, [], [], DEFAULT_SETTINGS).rooms.get('bench').weights('heavy')
      },
      20,
      3,
    )
  }

  /** Milliseconds to look once at every arc's time and its head's: the measure of the machine. */
  sweepMs(): number {
    const { head } = this.graph
    const { ms } = this.weights
    const { dist } = this.county.search
    return medianMs(() => {
      let least = INF
      for (let arc = 0; arc < ms.length; arc++) least = Math.min(least, ms[arc]! + dist[head[arc]!]!)
      return least
    }, 20)
  }

  /** A hundred nodes and one, for the comparison with another engine. */
  nodesForComparison(i: number): { from: number[]; to: number } {
    const nodes = Array.from({ length: 101 }, (_, k) => this.place(i * 37 + k).snap.node)
    return { from: nodes.slice(1), to: nodes[0]! }
  }

  /** Unbounded times from nodes to one node; INF = no way. */
  timesTo(to: number, from: number[]): number[] {
    const { search } = this.county
    search.run(this.weights, true, [{ node: to, ms: 0, arc: NONE }], INF - 1)
    return from.map(node => search.dist[node]!)
  }
}

function octagon([lon, lat]: LonLat, radiusDeg: number): number[][] {
  const ring = Array.from({ length: 8 }, (_, k) => {
    const angle = (k * Math.PI) / 4
    return [lon + radiusDeg * Math.cos(angle), lat + radiusDeg * 0.75 * Math.sin(angle)]
  })
  return [...ring, ring[0]!]
}
