import type { RankedTeam, UnreachableTeam } from '../../../server/contract/api.ts'
import type { Team } from '../../../server/contract/entities.ts'
import { collect, point } from './collect.ts'
import { project } from './spaced.ts'

export interface TeamsInput {
  teams: readonly Team[]
  ranked: readonly RankedTeam[]
  unreachable: readonly UnreachableTeam[]
  picked: string | null
  /** How many flags fly at most; the others stand as plates. */
  flags: number
  zoom: number
  clock(iso: string): string
}
const HOUR_MS = 3_600_000
/** Plates nearer than this would cover each other: they stand in one row and share one flag. */
const TOGETHER_PX = 26
export const PLATE_PX = 23
const FLAG_TEXT_PX = 14
const ROW = 3

interface Stood {
  team: Team
  rank: number
  xy: [number, number]
}

/** Teams that stand together at this scale, the first to arrive leading. */
export function rowsOf(stood: readonly Stood[]): Stood[][] {
  const rows: Stood[][] = []
  for (const one of stood) {
    const near = rows.find(([lead]) => {
      const [dx, dy] = [one.xy[0] - lead!.xy[0], one.xy[1] - lead!.xy[1]]
      return Math.abs(dx) < TOGETHER_PX * 1.6 && Math.abs(dy) < TOGETHER_PX
    })
    if (near) near.push(one)
    else rows.push([one])
  }
  return rows
}

/** Every team as its plate, rows of those close together; the first to arrive fly a flag with their time. */
export function teamSymbols({ teams, ranked, unreachable, picked, flags, zoom, clock }: TeamsInput) {
  const rankOf = new Map(ranked.map((t, i) => [t.id, t.id === picked ? -1 : i]))
  const lost = new Set(unreachable.map(t => t.id))
  const stood = teams
    .map((team): Stood => ({ team, rank: rankOf.get(team.id) ?? 900, xy: project(team.at, zoom) }))
    .sort((a, b) => a.rank - b.rank)
  const byId = new Map(ranked.map(t => [t.id, t]))
  let flown = 0

  return collect(
    rowsOf(stood).flatMap(row => {
      const lead = row[0]!
      const shown = row.slice(0, ROW)
      const width = shown.length * PLATE_PX
      const plates = shown.map(({ team, rank }, i) => {
        const state = lost.has(team.id) ? 'lost' : team.id === picked ? 'picked' : 'ready'
        const halfPlates = 2 * i + 1 - shown.length
        return point(lead.team.at, { id: team.id, kind: team.kind, state, rank, halfPlates, flag: false })
      })
      const first = byId.get(lead.team.id)
      const rest = row.length - shown.length
      const timed = first && flown < flags
      if (timed) flown++
      const text = [timed ? clock(first.arrivesAt) : '', rest > 0 ? `+${rest}` : '']
        .filter(Boolean)
        .join('　')
      if (!text) return plates
      const flag = point(lead.team.at, {
        id: lead.team.id,
        rank: lead.rank,
        flag: true,
        text,
        picked: lead.team.id === picked,
        late: timed ? first.etaMs > HOUR_MS : false,
        // From the row's middle to where the flag's text begins, in ems of that text.
        reach: (width / 2 + 8) / FLAG_TEXT_PX,
      })
      return [...plates, flag]
    }),
  )
}
