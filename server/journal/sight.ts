import type { Audience, Entity } from '../contract/change.ts'
import { concerns } from '../contract/own.ts'
import type { Own } from '../contract/own.ts'
import { registerOf } from '../contract/registers/index.ts'
import type { Role, Viewer } from '../contract/viewer.ts'

/** What a viewer may see: all that is for its audience, and of the registers only what is `own` where that is set. */
export interface Sight {
  audience: Audience
  own: Own | null
}

/** By role the narrowest audience that it belongs to; it sees that and all wider ones. */
const AUDIENCE_OF: Record<Role, Audience> = {
  admin: 'commander',
  commander: 'commander',
  duty: 'desk',
  facilitator: 'desk',
  evaluator: 'desk',
  guest: 'desk',
  field: 'all',
  wall: 'all',
  reader: 'all',
}
const RANK: Record<Audience, number> = { all: 0, desk: 1, commander: 2 }

export function sightOf({ role, team, township }: Pick<Viewer, 'role' | 'team' | 'township'>): Sight {
  const audience = AUDIENCE_OF[role]
  return { audience, own: role === 'field' ? { team, township } : null }
}

/** The same text for whoever sees the same; fit for a header. */
export const sightKey = ({ audience, own }: Sight): string =>
  own
    ? `${audience}/${encodeURIComponent(own.team ?? '')}/${encodeURIComponent(own.township ?? '')}`
    : audience

export const reaches = (viewer: Audience, audience: Audience): boolean => RANK[audience] <= RANK[viewer]

export const sees = ({ audience, own }: Sight, entity: Pick<Entity, 'id' | 'kind' | 'audience'>): boolean =>
  reaches(audience, entity.audience) && (own === null || !registerOf(entity.kind) || concerns(own, entity))
