import type { RankedTeam, UnreachableTeam } from '../../../server/contract/api.ts'
import type { Team } from '../../../server/contract/entities.ts'
import { collect, point } from './collect.ts'

export interface TeamsInput {
  teams: readonly Team[]
  ranked: readonly RankedTeam[]
  unreachable: readonly UnreachableTeam[]
  picked: string | null
  /** How many flags fly at most; the others stand as plates. */
  flags: number
  clock(iso: string): string
}
const HOUR_MS = 3_600_000

/** Every team as its plate; the first to arrive and the one picked fly a flag with their time. */
export function teamSymbols({ teams, ranked, unreachable, picked, flags, clock }: TeamsInput) {
  const rank = new Map(ranked.map((t, i) => [t.id, i]))
  const lost = new Set(unreachable.map(t => t.id))
  return collect(
    teams.map(team => {
      const i = rank.get(team.id)
      const isPicked = team.id === picked
      const flown = i !== undefined && (i < flags || isPicked)
      return point(team.at, {
        id: team.id,
        kind: team.kind,
        state: lost.has(team.id) ? 'lost' : isPicked ? 'picked' : 'ready',
        rank: isPicked ? -1 : (i ?? 900),
        picked: isPicked,
        late: i !== undefined && ranked[i]!.etaMs > HOUR_MS,
        ...(flown ? { time: clock(ranked[i]!.arrivesAt) } : {}),
      })
    }),
  )
}
