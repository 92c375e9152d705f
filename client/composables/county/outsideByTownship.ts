import type { Outside } from '../../stores/answer.ts'

/** People and places of one township outside the hour; `township` null = of no township that is known. */
export interface TownshipOutside {
  township: string | null
  places: number
  /** Places that lay inside with every road open. */
  fresh: number
  people: { known: number; placesUnknown: number }
}

/** By township, those with the most people first. */
export function outsideByTownship(
  outside: readonly Outside[],
  townshipOf: (id: string) => string | null,
): TownshipOutside[] {
  const found = new Map<string | null, TownshipOutside>()
  for (const { id, people, fresh } of outside) {
    const township = townshipOf(id)
    let row = found.get(township)
    if (!row)
      found.set(township, (row = { township, places: 0, fresh: 0, people: { known: 0, placesUnknown: 0 } }))
    row.places++
    if (fresh) row.fresh++
    if (people === null) row.people.placesUnknown++
    else row.people.known += people
  }
  return [...found.values()].sort(
    (a, b) =>
      b.people.known - a.people.known ||
      b.places - a.places ||
      (a.township ?? '').localeCompare(b.township ?? ''),
  )
}
