import { FACILITY_KINDS, PLACE_KINDS, type TeamKind } from '../../server/contract/entities.ts'
import type { Tags } from '../formats/osm-block.ts'

type PlaceKind = (typeof PLACE_KINDS)[number]
type FacilityKind = (typeof FACILITY_KINDS)[number]

/** What the tags of a node, an area or a relation say stands there. */
export const placeKind = (tags: Tags): PlaceKind | null =>
  PLACE_KINDS.find(kind => kind === tags.place) ?? null

export function teamKind(tags: Tags): TeamKind | null {
  if (tags.disused === 'yes' || tags.abandoned === 'yes') return null
  if (tags.amenity === 'fire_station') return 'fire'
  if (tags.amenity === 'hospital' || tags.emergency === 'ambulance_station') return 'medical'
  if (tags.amenity === 'police') return 'police'
  return tags.emergency === 'mountain_rescue' || tags.emergency === 'water_rescue' ? 'rescue' : null
}

/** Shelters against rain at a bus stop or a picnic table are nobody's refuge. */
const NO_REFUGE = new Set(['public_transport', 'picnic_shelter', 'gazebo', 'pavilion', 'field_shelter'])

export function facilityKind(tags: Tags): FacilityKind | null {
  if (tags.emergency === 'assembly_point') return 'assembly'
  switch (tags.amenity) {
    case 'school':
      return 'school'
    case 'hospital':
      return 'hospital'
    case 'fire_station':
      return 'fire'
    case 'police':
      return 'police'
    case 'shelter':
      return NO_REFUGE.has(tags.shelter_type ?? '') ? null : 'shelter'
    default:
      return null
  }
}

export const isPlace = (tags: Tags): boolean => tags.place !== undefined && placeKind(tags) !== null

export const isPost = (tags: Tags): boolean =>
  (tags.amenity !== undefined || tags.emergency !== undefined) &&
  (teamKind(tags) !== null || facilityKind(tags) !== null)
