import type { Room } from '../journal/room.ts'
import type { Deps, ServedCounty } from './context.ts'
import { countyUnknown } from './errors.ts'
import { checkPlaces } from './places.ts'

export interface Situation {
  county: ServedCounty
  room: Room
}

/** @throws Refusal 404 `county_unknown` */
export function countyOf({ counties }: Pick<Deps, 'counties'>, id: string): ServedCounty {
  const county = counties.get(id)
  if (!county) throw countyUnknown(id)
  return county
}

/**
 * The county and room that a request is about, its places checked. The room's closures are in force in
 * `compute` from here on.
 * @throws Refusal 404 `county_unknown` · `room_unknown`, and those of `checkPlaces`
 */
export async function situate(
  deps: Pick<Deps, 'counties' | 'rooms'>,
  q: { county: string; room?: string } & Parameters<typeof checkPlaces>[1],
): Promise<Situation> {
  const county = countyOf(deps, q.county)
  checkPlaces(county.data.county.bbox, q)
  return { county, room: await deps.rooms.get(county.id, q.room) }
}

/** @throws Refusal 404 `county_unknown` · `room_unknown` */
export async function roomOf(
  { counties, rooms }: Pick<Deps, 'counties' | 'rooms'>,
  id: string,
): Promise<Situation> {
  const county = countyOf({ counties }, id.split('~')[0]!)
  return { county, room: await rooms.get(county.id, id) }
}
