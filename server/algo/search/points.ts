import { Refusal } from '../../contract/errors.ts'
import type { LonLat } from '../../contract/geo.ts'
import { offRoadMs, type Settings } from '../../contract/settings.ts'
import type { Graph } from '../roads/graph.ts'
import { snap, type Snap } from './snap.ts'
import type { Weights } from './weights.ts'

/** A point brought onto the network, with the walk between the two. */
export interface OnRoad {
  snap: Snap
  accessMs: number
}

/**
 * @param among only edges marked here
 * @returns null when no road the profile may use lies within the limit of the settings.
 */
export function onRoad(
  graph: Graph,
  weights: Weights,
  settings: Settings,
  at: LonLat,
  among?: Uint8Array,
): OnRoad | null {
  const found = snap(graph, weights, at, settings.snapLimitM.value, among)
  return found && { snap: found, accessMs: offRoadMs(found.distanceM, settings.offRoadKmh.value) }
}

/**
 * The same, or a refusal that says how far the nearest road is.
 * @param where the point's place in the request, e.g. `from[3]`
 */
export function mustBeOnRoad(
  graph: Graph,
  weights: Weights,
  settings: Settings,
  at: LonLat,
  where: string,
): OnRoad {
  const found = onRoad(graph, weights, settings, at)
  if (found) return found
  const limitM = settings.snapLimitM.value
  const far = snap(graph, weights, at, 1e6)
  const km = far ? (far.distanceM / 1000).toFixed(1) : null
  throw new Refusal(
    'off_network',
    422,
    {
      zh: km ? `该点距最近的可通行道路 ${km} 公里，超过 ${limitM} 米` : '该点附近没有任何可通行道路',
      en: km
        ? `the point is ${km} km from the nearest usable road, more than ${limitM} m`
        : 'no usable road lies anywhere near the point',
    },
    {
      zh: '请把点移到道路附近，或改用步行（foot）',
      en: 'move the point near a road, or use the foot profile',
    },
    where,
    { distanceM: far ? Math.round(far.distanceM) : null },
  )
}

/** Road distances on the wire, to the decimetre. */
export const roundM = (metres: number): number => Math.round(metres * 10) / 10
