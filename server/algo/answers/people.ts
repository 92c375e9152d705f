import type { PeopleCount, Settlement } from '../../contract/entities.ts'

/** People of some places; a place whose number nobody knows is counted as unknown, never as empty. */
export function countPeople(places: Settlement[]): PeopleCount {
  let known = 0
  let placesUnknown = 0
  for (const { people } of places) {
    if (people === null) placesUnknown++
    else known += people
  }
  return { known, placesUnknown }
}
