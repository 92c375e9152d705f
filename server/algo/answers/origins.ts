import type { IsochronesRequest } from '../../contract/api.ts'
import type { LonLat } from '../../contract/geo.ts'
import type { County } from '../county.ts'
import type { Question } from '../questions.ts'
import type { Start } from '../search/times.ts'
import type { Weights } from '../search/weights.ts'

/** A start of the search with the asked point it stands for; `delayMs` holds turnout and the walk to the road. */
export interface Origin extends Start {
  at: LonLat
  turnoutMs: number
}

/** The asked points, or the county's teams that stand near a road. */
export function originsOf(county: County, weights: Weights, q: Question<IsochronesRequest>): Origin[] {
  if (q.points !== 'teams') {
    return q.points.map(({ at, delayMs = 0 }, i) => {
      const { snap, accessMs } = county.pointOf(weights, at, `points[${i}].at`, q.leading)
      return { snap, at, turnoutMs: delayMs, delayMs: delayMs + accessMs }
    })
  }
  return county.teams.flatMap(team => {
    const place = county.placeOf(weights, team)
    if (!place) return []
    const turnoutMs = county.turnoutMs(team)
    return [{ snap: place.snap, at: team.at, turnoutMs, delayMs: turnoutMs + place.accessMs }]
  })
}
