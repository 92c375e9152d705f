import type { PeopleCount } from '../contract/entities.ts'
import type { Profile } from '../contract/profile.ts'
import type { County } from './county.ts'
import { coverage } from './coverage.ts'
import type { Origin } from './isochrones.ts'
import { countPeople } from './people.ts'
import { leave } from './snap.ts'
import { RoadTimes } from './times.ts'
import type { Weights } from './weights.ts'

/** People whose settlement two different teams reach within the limit. */
export function doubleCover(
  county: County,
  weights: Weights,
  profile: Profile,
  origins: Origin[],
  limitMs: number,
): PeopleCount {
  const seeds = origins.flatMap((o, owner) =>
    leave(county.graph, weights, o.snap, o.delayMs).map(seed => ({ ...seed, owner })),
  )
  const { secondMs } = coverage(county.graph, weights, seeds, limitMs)
  const times = new RoadTimes(county.graph, weights, secondMs, false, [])
  const covered = county.settlements.filter(place => {
    const onRoad = county.placeOf(profile, weights, place)
    return onRoad !== null && times.at(onRoad.snap) + onRoad.accessMs <= limitMs
  })
  return countPeople(covered)
}
