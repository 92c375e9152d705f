import type { Change, Entity } from './change.ts'

/** The situation as a value: one Map per kind of entity. Never mutated once published. */
export interface World {
  room: string
  seq: number
  at: string | null
  kinds: ReadonlyMap<string, ReadonlyMap<string, Entity>>
}

export function emptyWorld(room: string): World {
  return { room, seq: 0, at: null, kinds: new Map() }
}

/**
 * The one fold: server, browser, replay and tests. Copies each touched Map once per batch.
 * @throws RangeError when a change is not the next one: a gap must be refetched, never skipped.
 */
export function applyChanges(world: World, changes: readonly Change[]): World {
  if (changes.length === 0) return world
  const kinds = new Map(world.kinds)
  const copied = new Map<string, Map<string, Entity>>()
  const touch = (kind: string): Map<string, Entity> => {
    let map = copied.get(kind)
    if (!map) {
      map = new Map(kinds.get(kind))
      copied.set(kind, map)
      kinds.set(kind, map)
    }
    return map
  }
  let { seq, at } = world
  for (const change of changes) {
    if (change.seq !== seq + 1) throw new RangeError(`change ${change.seq} does not follow ${seq}`)
    for (const { kind, id } of change.drop) touch(kind).delete(id)
    for (const entity of change.put) touch(entity.kind).set(entity.id, entity)
    seq = change.seq
    at = change.at
  }
  return { room: world.room, seq, at, kinds }
}

/** All entities of one kind, in the order they were first put. */
export function entitiesOf<T extends Entity>(world: World, kind: string): T[] {
  return [...(world.kinds.get(kind)?.values() ?? [])] as T[]
}
