import type { Tags } from '../formats/osm-block.ts'

/**
 * Who may use a way, for emergency vehicles. The most specific tag wins (motorcar > motor_vehicle >
 * vehicle > access); `private` counts as shut, since its gate may be locked.
 * https://wiki.openstreetmap.org/wiki/Key:access
 */
const SHUT = new Set(['no', 'private', 'military', 'psv', 'bus', 'bicycle', 'foot', 'horse'])
const OPEN = new Set(['yes', 'designated', 'permissive', 'official'])

/** Every value of a list like `no;private` shuts; one that does not opens. */
const shuts = (value: string | undefined): boolean =>
  value !== undefined && value.split(';').every(part => SHUT.has(part.trim()))

const opens = (value: string | undefined): boolean => value !== undefined && OPEN.has(value)

/** An express yes to motor or emergency vehicles: what a footway or a bollard needs to be passable. */
export function letsEmergencyIn(tags: Tags): boolean {
  if (opens(tags.emergency)) return true
  return opens(tags.motorcar ?? tags.motor_vehicle)
}

/** May motor vehicles not use it, as far as access tags say? */
export function motorShut(tags: Tags): boolean {
  if (opens(tags.emergency)) return false
  if (tags.emergency === 'no') return true
  if (opens(tags.hgv)) return false
  return shuts(tags.motorcar ?? tags.motor_vehicle ?? tags.vehicle ?? tags.access)
}

/** May nobody walk on it? */
export function footShut(tags: Tags): boolean {
  const value = tags.foot ?? (opens(tags.sidewalk) ? 'yes' : undefined)
  if (value !== undefined) return value === 'use_sidepath' || shutsWalker(value)
  if (tags.highway === 'motorway' || tags.highway === 'motorway_link' || tags.motorroad === 'yes') return true
  return shutsWalker(tags.access)
}

const shutsWalker = (value: string | undefined): boolean => value !== 'foot' && shuts(value)

export type Direction = 'both' | 'forward' | 'backward' | 'none'

/** Which way motor vehicles may drive; `none` for lanes that change direction by the hour. */
export function direction(tags: Tags): Direction {
  switch (tags.oneway) {
    case 'yes':
    case 'true':
    case '1':
      return 'forward'
    case '-1':
    case 'reverse':
      return 'backward'
    case 'reversible':
    case 'alternating':
      return 'none'
    case 'no':
    case 'false':
    case '0':
      return 'both'
  }
  const implied =
    tags.highway === 'motorway' || tags.junction === 'roundabout' || tags.junction === 'circular'
  return implied ? 'forward' : 'both'
}
