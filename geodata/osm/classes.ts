import { ROAD_CLASSES, type RoadClass } from '../../server/contract/settings.ts'
import type { Tags } from '../formats/osm-block.ts'
import { letsEmergencyIn } from './access.ts'

/** highway=* → our class. What is not here is no road: proposed, construction, platform, raceway … */
const CLASS_OF: Record<string, RoadClass> = {
  motorway: 'motorway',
  motorway_link: 'motorway',
  trunk: 'national',
  trunk_link: 'national',
  primary: 'provincial',
  primary_link: 'provincial',
  secondary: 'county',
  secondary_link: 'county',
  tertiary: 'township',
  tertiary_link: 'township',
  unclassified: 'village',
  residential: 'village',
  living_street: 'village',
  road: 'village',
  service: 'service',
  busway: 'service',
  track: 'track',
  path: 'path',
  footway: 'path',
  cycleway: 'path',
  bridleway: 'path',
  pedestrian: 'path',
  corridor: 'path',
  steps: 'steps',
}

/** Ways made for walking: motor vehicles only where a tag lets them in. */
const WALKED = new Set(['path', 'footway', 'cycleway', 'bridleway', 'pedestrian', 'corridor'])

export const isWalked = (tags: Tags): boolean => WALKED.has(tags.highway ?? '')

/**
 * The class of a way, null for what is no road. A footway that expressly admits motor or emergency
 * vehicles is driven like a track.
 */
export function roadClass(tags: Tags): RoadClass | null {
  const cls = tags.highway === undefined ? undefined : CLASS_OF[tags.highway]
  if (cls === undefined || tags.route === 'ferry') return null
  return cls === 'path' && letsEmergencyIn(tags) ? 'track' : cls
}

export const classIndex = (cls: RoadClass): number => ROAD_CLASSES.indexOf(cls)
