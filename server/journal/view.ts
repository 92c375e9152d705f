import type { Change, Entity, ViewedChange } from '../contract/change.ts'
import { EntityMap } from '../contract/entity-map.ts'
import { registerOf } from '../contract/registers/index.ts'
import type { World } from '../contract/world.ts'
import type { Published } from './decide.ts'
import { reaches, sees } from './sight.ts'
import type { Sight } from './sight.ts'

/** The situation as a viewer may see it. Through here passes everything that leaves the server. */
export function viewWorld(world: World, sight: Sight): World {
  if (seesAll(sight)) return world
  const kinds = new Map<string, EntityMap>()
  for (const [kind, all] of world.kinds) {
    const seen = [...all.values()].filter(entity => sees(sight, entity))
    if (seen.length === all.size) kinds.set(kind, all)
    else if (seen.length > 0) kinds.set(kind, new EntityMap(seen))
  }
  return { ...world, kinds }
}

const seesAll = ({ audience, own }: Sight): boolean => audience === 'commander' && own === null

/** `after` is told by whoever knows what this viewer got last. */
export type Viewed = Omit<ViewedChange, 'after'>

/**
 * A change as a viewer may see it; null when nothing of it concerns them. An entity that they could see and
 * now may not is a drop. A note may speak of any part: it goes only with the whole.
 */
export function viewChange(
  { change, before }: Pick<Published, 'change' | 'before'>,
  sight: Sight,
): Viewed | null {
  const { v: _v, key: _key, prev: _prev, hash: _hash, ...rest } = change
  if (seesAll(sight)) return rest
  const put = change.put.filter(entity => sees(sight, entity))
  const stays = new Set(put.map(({ kind, id }) => `${kind}/${id}`))
  const drop = (before?.filter(entity => sees(sight, entity)) ?? droppedOf(change, sight))
    .filter(({ kind, id }) => !stays.has(`${kind}/${id}`))
    .map(({ kind, id }) => ({ kind, id }))
  if (put.length === 0 && drop.length === 0 && change.put.length + change.drop.length > 0) return null
  const dropped = new Set(drop.map(({ kind, id }) => `${kind}/${id}`))
  const whole =
    put.length === change.put.length && change.drop.every(({ kind, id }) => dropped.has(`${kind}/${id}`))
  return { ...rest, note: whole ? rest.note : null, put, drop }
}

/** What a change out of the journal took away, by what the journal tells of it: whose row it was is not kept. */
function droppedOf({ drop }: Change, { audience: viewer, own }: Sight): Pick<Entity, 'kind' | 'id'>[] {
  return drop.filter(
    ({ kind, audience = 'all' }) => reaches(viewer, audience) && (own === null || !registerOf(kind)),
  )
}

/** A change out of the journal, not of the moment. */
export function viewPast(change: Change, sight: Sight): Viewed | null {
  return viewChange({ change, before: null }, sight)
}
