import type { Tags } from '../formats/osm-block.ts'
import { letsEmergencyIn, motorShut } from './access.ts'

/** What a vehicle cannot get through, unless a tag lets emergency vehicles in. */
const SOLID = new Set([
  'bollard',
  'block',
  'jersey_barrier',
  'cycle_barrier',
  'motorcycle_barrier',
  'kissing_gate',
  'stile',
  'turnstile',
  'full-height_turnstile',
  'horse_stile',
  'sump_buster',
  'bus_trap',
  'log',
  'debris',
  'chain',
  'step',
  'planter',
  'rock',
  'boulder',
  'tree',
  'hedge',
  'fence',
  'wall',
  'city_wall',
  'guard_rail',
  'ditch',
  'rope',
  'wedge',
])

/** What opens: shut only where it says that it is locked or that motor vehicles may not pass. */
const GATES = new Set([
  'gate',
  'lift_gate',
  'swing_gate',
  'sliding_gate',
  'sliding_beam',
  'hampshire_gate',
  'bump_gate',
  'wicket_gate',
  'yes',
])

/** Does a node with these tags stop motor vehicles? */
export function stopsMotor(tags: Tags): boolean {
  const kind = tags.barrier
  if (kind === undefined || letsEmergencyIn(tags)) return false
  if (SOLID.has(kind)) return !admits(tags)
  return GATES.has(kind) && (motorShut(tags) || (tags.locked === 'yes' && !admits(tags)))
}

/** A bollard with access for residents or deliveries goes down for somebody. */
const admits = (tags: Tags): boolean => {
  const value = tags.motor_vehicle ?? tags.vehicle
  return value !== undefined && !motorShut(tags)
}
