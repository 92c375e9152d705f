import type { Profile } from '../../contract/profile.ts'
import { ROAD_FLAGS } from '../../contract/roads.ts'
import {
  ROAD_CLASSES,
  type ProfileName,
  type ProfileSettings,
  type Settings,
} from '../../contract/settings.ts'
import { INF, NONE, type Graph } from '../roads/graph.ts'

/**
 * The times of one profile in one room, in whole milliseconds, apart from the topology they belong to.
 * `ms` is by arc, `rms` the same times by reverse slot; INF = may not be used (now).
 */
export interface Weights {
  walks: boolean
  /** Times with every road open; shared between rooms, never written. */
  open: Int32Array
  ms: Int32Array
  rms: Int32Array
  /** The longest finite time of one arc. */
  maxMs: number
}

/**
 * Times of every arc with every road open.
 * t[ms] = length[cm] × 36 / speed[km/h], rounded; speed = the class's, capped by maxspeed, × the profile's factor.
 */
export function openTimes(graph: Graph, profile: Profile, settings: Settings): Int32Array {
  const base: ProfileName = typeof profile === 'string' ? profile : profile.base
  const rules = settings.profiles.value[base]
  const walks = base === 'foot'
  const fits = vehicleFilter(graph, rules, typeof profile === 'string' ? {} : profile)
  const speed = Float64Array.from(ROAD_CLASSES, cls => rules.speedKmh[cls])
  const open = new Int32Array(graph.arcs).fill(INF)
  const isCopy = new Uint8Array(graph.nodes)
  for (const node of graph.copyNode) isCopy[node] = 1
  for (let node = 0; node < graph.nodes; node++) {
    const end = walks ? graph.first[node + 1]! : graph.motorEnd[node]!
    for (let arc = graph.first[node]!; arc < end; arc++) {
      const edgeDir = graph.arcEdge[arc]!
      if (edgeDir === NONE) {
        if (walks) open[arc] = 0
        continue
      }
      const edge = edgeDir >>> 1
      if (walks ? isCopy[node] || graph.edgeFlags[edge]! & ROAD_FLAGS.noFoot : !fits(edge)) continue
      let kmh = speed[graph.edgeClass[edge]!]!
      if (kmh === 0) continue
      const signed = edgeDir & 1 ? graph.edgeMaxBack[edge]! : graph.edgeMaxFwd[edge]!
      if (!walks && signed > 0 && signed < kmh) kmh = signed
      const ms = Math.round((graph.edgeLengthCm[edge]! * 36) / (kmh * rules.factor))
      open[arc] = Math.min(INF - 1, Math.max(1, ms))
    }
  }
  return open
}

function vehicleFilter(
  graph: Graph,
  rules: ProfileSettings,
  own: { weightT?: number; heightM?: number; widthM?: number },
): (edge: number) => boolean {
  // Compared in the file's units, the vehicle rounded up: a limit is never stretched by rounding.
  const weightDt = Math.ceil((own.weightT ?? rules.vehicle.weightT) * 10 - 1e-6)
  const heightCm = Math.ceil((own.heightM ?? rules.vehicle.heightM) * 100 - 1e-6)
  const widthCm = Math.ceil((own.widthM ?? rules.vehicle.widthM) * 100 - 1e-6)
  const { edgeWeightDt, edgeHeightCm, edgeWidthCm } = graph
  return edge => {
    const [w, h, b] = [edgeWeightDt[edge]!, edgeHeightCm[edge]!, edgeWidthCm[edge]!]
    return (w === 0 || weightDt <= w) && (h === 0 || heightCm <= h) && (b === 0 || widthCm <= b)
  }
}

/** A room's weights of one profile, with the edges in `closed` (count per edge) shut. */
export function makeWeights(graph: Graph, open: Int32Array, walks: boolean, closed: Uint16Array): Weights {
  const ms = open.slice()
  const rms = new Int32Array(graph.arcs)
  let maxMs = 1
  for (let arc = 0; arc < graph.arcs; arc++) {
    const edgeDir = graph.arcEdge[arc]!
    if (edgeDir !== NONE && closed[edgeDir >>> 1]! > 0) ms[arc] = INF
    if (open[arc]! < INF && open[arc]! > maxMs) maxMs = open[arc]!
    rms[graph.slotOf[arc]!] = ms[arc]!
  }
  return { walks, open, ms, rms, maxMs }
}

/** Shuts or opens every arc of one edge, copies included. Opening restores exactly the open times. */
export function patchEdge(graph: Graph, weights: Weights, edge: number, shut: boolean): void {
  forEachArc(graph, edge, arc => {
    const time = shut ? INF : weights.open[arc]!
    weights.ms[arc] = time
    weights.rms[graph.slotOf[arc]!] = time
  })
}

/** Time of one direction of an edge (0 along its points, 1 against), whichever of its arcs the profile uses. */
export function edgeMs(graph: Graph, ms: Int32Array, edge: number, back: 0 | 1): number {
  const own = back ? graph.edgeBack[edge]! : graph.edgeFwd[edge]!
  if (own !== NONE && ms[own]! < INF) return ms[own]!
  let best = INF
  if (graph.edgeHasCopies[edge]) {
    forEachArc(graph, edge, arc => {
      if ((graph.arcEdge[arc]! & 1) === back && ms[arc]! < best) best = ms[arc]!
    })
  }
  return best
}

/** Calls `visit` for every arc along `edge`, both directions and those out of split junctions. */
export function forEachArc(graph: Graph, edge: number, visit: (arc: number) => void): void {
  if (graph.edgeFwd[edge] !== NONE) visit(graph.edgeFwd[edge]!)
  if (graph.edgeBack[edge] !== NONE) visit(graph.edgeBack[edge]!)
  if (!graph.edgeHasCopies[edge]) return
  const { edgeCopyEdge: keys } = graph
  for (let i = lowerBound(keys, edge); i < keys.length && keys[i] === edge; i++) visit(graph.edgeCopyArc[i]!)
}

function lowerBound(sorted: Uint32Array, key: number): number {
  let lo = 0
  let hi = sorted.length
  while (lo < hi) {
    const mid = (lo + hi) >> 1
    if (sorted[mid]! < key) lo = mid + 1
    else hi = mid
  }
  return lo
}
