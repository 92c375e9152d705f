import type { Audience, Change, ViewedChange } from '../contract/change.ts'
import { EntityMap } from '../contract/entity-map.ts'
import type { Role } from '../contract/viewer.ts'
import type { World } from '../contract/world.ts'
import type { Published } from './decide.ts'

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

export const audienceOf = (role: Role): Audience => AUDIENCE_OF[role]

export const sees = (viewer: Audience, audience: Audience): boolean => RANK[audience] <= RANK[viewer]

/** The situation as an audience may see it. Through here passes everything that leaves the server. */
export function viewWorld(world: World, viewer: Audience): World {
  if (viewer === 'commander') return world
  const kinds = new Map<string, EntityMap>()
  for (const [kind, all] of world.kinds) {
    const seen = [...all.values()].filter(({ audience }) => sees(viewer, audience))
    if (seen.length === all.size) kinds.set(kind, all)
    else if (seen.length > 0) kinds.set(kind, new EntityMap(seen))
  }
  return { ...world, kinds }
}

/** `after` is told by whoever knows what this audience got last. */
export type Viewed = Omit<ViewedChange, 'after'>

/**
 * A change as an audience may see it; null when nothing of it concerns them. An entity that they could see and
 * now may not is a drop. A note may speak of any part: it goes only with the whole.
 */
export function viewChange(
  { change, seenBefore }: Pick<Published, 'change' | 'seenBefore'>,
  viewer: Audience,
): Viewed | null {
  const { v: _v, key: _key, prev: _prev, hash: _hash, ...rest } = change
  if (viewer === 'commander') return rest
  const put = change.put.filter(({ audience }) => sees(viewer, audience))
  const stays = new Set(put.map(({ kind, id }) => `${kind}/${id}`))
  const drop = seenBefore
    .filter(({ audience, kind, id }) => sees(viewer, audience) && !stays.has(`${kind}/${id}`))
    .map(({ kind, id }) => ({ kind, id }))
  if (put.length === 0 && drop.length === 0 && change.put.length + change.drop.length > 0) return null
  const dropped = new Set(drop.map(({ kind, id }) => `${kind}/${id}`))
  const whole =
    put.length === change.put.length && change.drop.every(({ kind, id }) => dropped.has(`${kind}/${id}`))
  return { ...rest, note: whole ? rest.note : null, put, drop }
}

/** A change out of the journal, not of the moment: a drop is seen by those who could see what it took away. */
export function viewPast(change: Change, viewer: Audience): Viewed | null {
  const seenBefore = change.drop.map(({ kind, id, audience = 'all' }) => ({ kind, id, audience }))
  return viewChange({ change, seenBefore }, viewer)
}
