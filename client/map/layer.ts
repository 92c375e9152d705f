import type { Layer } from '@deck.gl/core'
import type { Band } from '../../server/contract/api.ts'
import type { LonLat } from '../../server/contract/geo.ts'
import type { ClosedRoads } from '../engine/protocol.ts'
import type { Token } from './palette.ts'

/** A line under the hand. */
export interface Sketch {
  /** As they were put; a ring is closed by whoever draws it. */
  corners: readonly LonLat[]
  closed: boolean
  colour: 'closed' | 'accent'
  /** Corners and the middles of sides can be taken hold of. */
  handles: boolean
  picked: LonLat | null
  /** Sides that must not meet and do. */
  crossing: readonly LonLat[][]
}

/** Everything the drawn layers rest on, as plain data. They know no store. */
export interface Scene {
  token: Token
  /** Largest first, as the engine answers. */
  bands: readonly Band[]
  /** The way shown, first point = the team. */
  way: readonly LonLat[] | null
  closed: ClosedRoads
  /** Outer rings of the areas that were drawn shut. */
  closedAreas: readonly LonLat[][]
  sketch: Sketch | null
  /** Ground that the register row looked at speaks of. */
  record: { areas: readonly LonLat[][]; ways: readonly LonLat[][] }
  /** The road under the pointer while a road is being picked. */
  aimed: readonly LonLat[] | null
}

/** A layer is a function from the scene to deck.gl descriptors. */
export type DrawLayer = (scene: Scene, beforeId: string) => Layer[]

/**
 * What every layer of ours shares: its place in the base style, and no depth test on a flat map.
 * `beforeId` is the overlay's own property, which deck.gl's types do not know.
 */
export function placed(id: string, beforeId: string): { id: string } {
  const props = { id, beforeId, parameters: { depthWriteEnabled: false, depthCompare: 'always' } }
  return props
}
