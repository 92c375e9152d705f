import { setImmediate } from 'node:timers/promises'
import { emptyWorld, flatten, unflatten } from '../contract/world.ts'
import type { World, WorldText } from '../contract/world.ts'
import type { Store } from '../db/store.ts'
import { GENESIS } from './hash.ts'
import { keepPast } from './past.ts'

/** Changes after which the world is kept again: a start folds at most about so many. */
const EVERY = 500
/** Entities written before others get their turn: a few milliseconds. */
const AT_ONCE = 500

/** The form of a snapshot's text; one of another form is ignored. */
const FORM = 1

/** The newest kept world, or the empty one. What is missing from it is folded from the journal. */
export async function openWorld(
  store: Store,
  room: string,
): Promise<{ world: World; head: string; keptSeq: number }> {
  const kept = await store.snapshot(room)
  const world = kept && readWorld(kept.text)
  if (!world || world.seq !== kept.seq || world.room !== room)
    return { world: emptyWorld(room), head: GENESIS, keptSeq: 0 }
  return { world, head: kept.hash, keptSeq: kept.seq }
}

function readWorld(text: string): World | null {
  try {
    const { form, ...world } = JSON.parse(text) as WorldText & { form: number }
    return form === FORM ? unflatten(world) : null
  } catch {
    return null
  }
}

/** Keeps a room's world now and then: a cache for a quick start that may be deleted at any time. */
export class Snapshots {
  private keeping: Promise<void> = Promise.resolve()
  private busy = false

  constructor(
    private readonly store: Store,
    private keptSeq: number,
  ) {}

  keepSometimes(world: World, head: string): void {
    if (!this.busy && world.seq - this.keptSeq >= EVERY) void this.keep(world, head)
  }

  /** Resolves when it is kept, or could not be: a start without it is slower, no more. */
  keep(world: World, head: string): Promise<void> {
    if (world.seq === this.keptSeq) return this.keeping
    this.keptSeq = world.seq
    return (this.keeping = this.write(world, head, this.keeping))
  }

  private async write(world: World, head: string, before: Promise<void>): Promise<void> {
    this.busy = true
    try {
      await before
      const text = await worldText(world, { form: FORM })
      const snapshot = { seq: world.seq, hash: head, text }
      await this.store.keepSnapshot(world.room, snapshot)
      await keepPast(this.store, world.room, snapshot)
    } catch (e) {
      console.error(e)
    } finally {
      this.busy = false
    }
  }
}

/**
 * As JSON, piece by piece: a county's world is too large to be written in one go between two requests.
 * @param extra members that stand before the world's own
 */
export async function worldText(world: World, extra: Record<string, unknown>): Promise<string> {
  const { entities, ...rest } = flatten(world)
  const pieces: string[] = []
  for (let i = 0; i < entities.length; i += AT_ONCE) {
    const some = entities.slice(i, i + AT_ONCE)
    pieces.push(some.map(entity => JSON.stringify(entity)).join(','))
    await setImmediate()
  }
  return `${JSON.stringify({ ...extra, ...rest }).slice(0, -1)},"entities":[${pieces.join(',')}]}`
}
