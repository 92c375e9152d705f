import type { Entity } from './change.ts'

/** Entities copied when one of them changes. */
const BITS = 7
const CHUNK = 1 << BITS

/**
 * Entities by id in the order they were first put. A copy shares everything but the chunks it changes: one edit
 * among 20,000 costs microseconds, where copying a Map costs a millisecond and its garbage.
 *
 * Copies share one index from id to slot, in which nothing is ever replaced: other copies read by it, and the one
 * before goes on when this one is thrown away. A slot in it may mean another entity here: an entity counts only
 * where its own id stands in its slot.
 */
export class EntityMap implements ReadonlyMap<string, Entity> {
  #index: Map<string, number>
  /** No other copy has this index. */
  #alone = true
  #chunks: (Entity | null)[][]
  #slots: number
  #size: number
  /** Chunks that are this copy's own. */
  readonly #own = new Set<number>()

  constructor(entities: Iterable<Entity> = []) {
    this.#index = new Map()
    this.#chunks = []
    this.#slots = this.#size = 0
    for (const entity of entities) this.put(entity)
  }

  /** A copy that may be edited; this one must not be any more. */
  copy(): EntityMap {
    // Half of it gaps: time to close them.
    if (this.#slots > 2 * this.#size + CHUNK) return new EntityMap(this.values())
    const copy = new EntityMap()
    copy.#index = this.#index
    copy.#alone = this.#alone = false
    copy.#chunks = this.#chunks.slice()
    copy.#slots = this.#slots
    copy.#size = this.#size
    return copy
  }

  /** Only on a copy that nobody else has seen. */
  put(entity: Entity): void {
    const { id } = entity
    let slot = this.#slotOf(id)
    if (slot < 0) {
      slot = this.#slots++
      // It has a slot in another copy: dropped here, or put by one that was thrown away.
      if (!this.#alone && this.#index.has(id)) {
        this.#index = new Map(this.#index)
        this.#alone = true
      }
      this.#index.set(id, slot)
      this.#size++
    }
    this.#chunk(slot)[slot & (CHUNK - 1)] = entity
  }

  /** Only on a copy that nobody else has seen. */
  drop(id: string): void {
    const slot = this.#slotOf(id)
    if (slot < 0) return
    this.#chunk(slot)[slot & (CHUNK - 1)] = null
    this.#size--
  }

  #chunk(slot: number): (Entity | null)[] {
    const at = slot >> BITS
    if (!this.#own.has(at)) {
      this.#own.add(at)
      this.#chunks[at] = this.#chunks[at]?.slice() ?? []
    }
    return this.#chunks[at]!
  }

  #slotOf(id: string): number {
    const slot = this.#index.get(id)
    if (slot === undefined || slot >= this.#slots) return -1
    return this.#chunks[slot >> BITS]![slot & (CHUNK - 1)]?.id === id ? slot : -1
  }

  get size(): number {
    return this.#size
  }
  get(id: string): Entity | undefined {
    const slot = this.#slotOf(id)
    return slot < 0 ? undefined : this.#chunks[slot >> BITS]![slot & (CHUNK - 1)]!
  }
  has(id: string): boolean {
    return this.#slotOf(id) >= 0
  }
  *values(): MapIterator<Entity> {
    for (let slot = 0; slot < this.#slots; slot++) {
      const entity = this.#chunks[slot >> BITS]![slot & (CHUNK - 1)]
      if (entity) yield entity
    }
  }
  *keys(): MapIterator<string> {
    for (const { id } of this.values()) yield id
  }
  *entries(): MapIterator<[string, Entity]> {
    for (const entity of this.values()) yield [entity.id, entity]
  }
  [Symbol.iterator](): MapIterator<[string, Entity]> {
    return this.entries()
  }
  forEach(tell: (entity: Entity, id: string, map: ReadonlyMap<string, Entity>) => void): void {
    for (const entity of this.values()) tell(entity, entity.id, this)
  }
}
