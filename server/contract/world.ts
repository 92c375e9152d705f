import type { Change, Entity, ViewedChange } from './change.ts'
import { EntityMap } from './entity-map.ts'

/** The situation as a value: one map per kind of entity. Never mutated once published. */
export interface World {
  room: string
  seq: number
  at: string | null
  kinds: ReadonlyMap<string, EntityMap>
}

export function emptyWorld(room: string): World {
  return { room, seq: 0, at: null, kinds: new Map() }
}

type Folded = Pick<Change, 'seq' | 'at' | 'put' | 'drop'> & Partial<Pick<ViewedChange, 'after'>>

/**
 * The one fold: server, browser, replay and tests. Each touched map is copied once, however many changes come,
 * so that a burst costs little more than one.
 */
export class Fold {
  private readonly copied = new Set<string>()
  private readonly next: { room: string; seq: number; at: string | null; kinds: Map<string, EntityMap> }

  constructor(world: World) {
    this.next = { ...world, kinds: new Map(world.kinds) }
  }

  /** The world as folded so far: to be read now, or kept when no more is applied. */
  get world(): World {
    return this.next
  }

  /** @throws RangeError when a change is not the next one: a gap must be refetched, never skipped. */
  apply({ seq, at, put, drop, after = seq - 1 }: Folded): void {
    const { next } = this
    if (seq <= next.seq || after > next.seq) throw new RangeError(`change ${seq} does not follow ${next.seq}`)
    for (const { kind, id } of drop) this.touch(kind).drop(id)
    for (const entity of put) this.touch(entity.kind).put(entity)
    next.seq = seq
    next.at = at
  }

  private touch(kind: string): EntityMap {
    const { kinds } = this.next
    if (!this.copied.has(kind)) {
      this.copied.add(kind)
      kinds.set(kind, kinds.get(kind)?.copy() ?? new EntityMap())
    }
    return kinds.get(kind)!
  }
}

/** @throws RangeError when a change is not the next one */
export function applyChanges(world: World, changes: readonly Folded[]): World {
  if (changes.length === 0) return world
  const fold = new Fold(world)
  for (const change of changes) fold.apply(change)
  return fold.world
}

/** All entities of one kind, in the order they were first put. */
export function entitiesOf<T extends Entity>(world: World, kind: string): T[] {
  return [...(world.kinds.get(kind)?.values() ?? [])] as T[]
}

/** A world on the wire and in a snapshot: its entities as one list, by kind. */
export interface WorldText {
  room: string
  seq: number
  at: string | null
  entities: Entity[]
}

export function flatten({ room, seq, at, kinds }: World): WorldText {
  return { room, seq, at, entities: [...kinds.values()].flatMap(map => [...map.values()]) }
}

export function unflatten({ room, seq, at, entities }: WorldText): World {
  const kinds = new Map<string, EntityMap>()
  for (const entity of entities) {
    const map = kinds.get(entity.kind)
    if (map) map.put(entity)
    else kinds.set(entity.kind, new EntityMap([entity]))
  }
  return { room, seq, at, kinds }
}

/**
 * The same text for the same situation, however it came about: entities by kind and id, members by name. What
 * was put in another order, or dropped to nothing, is no difference.
 */
export function canonicalText({ room, seq, at, kinds }: World): string {
  const names = [...kinds.keys()].filter(kind => kinds.get(kind)!.size > 0).sort()
  const entities = names.flatMap(kind => {
    const map = kinds.get(kind)!
    return [...map.keys()].sort().map(id => ordered(map.get(id)))
  })
  return JSON.stringify({ room, seq, at, entities })
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, ordered(v)]))
}
