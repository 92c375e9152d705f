import type { ClosureShape } from '../../contract/closure.ts'
import type { LonLat } from '../../contract/geo.ts'
import { ROAD_CLASSES } from '../../contract/settings.ts'
import type { County } from '../county.ts'
import { nameOf, type Graph } from '../roads/graph.ts'
import { roundM } from '../search/points.ts'
import { line } from '../search/path.ts'
import { snap } from '../search/snap.ts'
import { edgeBesides } from './refusals.ts'

/** One edge as a person sees it on the map. */
export interface NearestRoad {
  edge: number
  way: number
  name: string
  ref: string
  class: string
  distanceM: number
  at: LonLat
  line: LonLat[]
}

export interface ClosedRoads {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    geometry: { type: 'LineString'; coordinates: LonLat[] }
    properties: { closure: string; edge: number; name: string; ref: string; class: string }
  }[]
}

export function nearestRoad({ graph }: County, at: LonLat, maxM: number): NearestRoad | null {
  const found = snap(graph, null, at, maxM)
  if (!found) return null
  const { edge } = found
  return {
    edge,
    way: graph.edgeWay[edge]!,
    ...labels(graph, edge),
    distanceM: roundM(found.distanceM),
    at: found.at,
    line: edgeLine(graph, edge),
  }
}

/** Every edge a closure in force shuts, once per closure, for drawing. */
export function closedRoads({ graph, rooms }: County, roomId: string): ClosedRoads {
  const features: ClosedRoads['features'] = []
  for (const [closure, edges] of rooms.get(roomId).closures) {
    for (const edge of edges) {
      features.push({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: edgeLine(graph, edge) },
        properties: { closure, edge, ...labels(graph, edge) },
      })
    }
  }
  return { type: 'FeatureCollection', features }
}

function labels(graph: Graph, edge: number) {
  return {
    name: nameOf(graph, graph.edgeName[edge]!),
    ref: nameOf(graph, graph.edgeRef[edge]!),
    class: ROAD_CLASSES[graph.edgeClass[edge]!]!,
  }
}

function edgeLine(graph: Graph, edge: number): LonLat[] {
  const points: LonLat[] = []
  for (let p = graph.edgeFirstPoint[edge]!; p < graph.edgeFirstPoint[edge + 1]!; p++) {
    points.push([graph.pointLon[p]! / 1e7, graph.pointLat[p]! / 1e7])
  }
  return points
}

/** The middle of the one edge that a closure names by its number; nothing where it names none. */
export function placeOfEdge({ graph }: County, { geometry, properties }: ClosureShape): { at?: LonLat } {
  if (properties.edge === undefined) return {}
  if (geometry !== null || properties.way !== undefined) throw edgeBesides()
  const path = [{ edge: properties.edge, t0: 0, t1: 0.5, ms: 0 }]
  const [lon, lat] = line(graph, path, { at: edgeLine(graph, properties.edge)[0]! }).at(-1)!
  return { at: [lon!, lat!] }
}
