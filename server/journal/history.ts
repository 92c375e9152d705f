import { setImmediate } from 'node:timers/promises'
import type { Change, EntityRef } from '../contract/change.ts'
import { Fold, emptyWorld } from '../contract/world.ts'
import type { World } from '../contract/world.ts'
import type { Room } from './room.ts'
import type { Sight } from './sight.ts'
import { viewPast } from './view.ts'
import type { Viewed } from './view.ts'

/** Rows read and folded before others get their turn. */
const AT_ONCE = 200

let turn: Promise<void> = Promise.resolve()
const leave = (): void => {}

/** The situation as it was after change `seq`. One at a time: many who ask for the past must not hold up the present. */
export function worldAt(room: Room, seq: number): Promise<World> {
  const mine = turn.then(() => foldUpTo(room, seq))
  turn = mine.then(leave, leave)
  return mine
}

async function foldUpTo(room: Room, seq: number): Promise<World> {
  const fold = new Fold((await room.past(seq)) ?? emptyWorld(room.id))
  while (fold.world.seq < seq) {
    const changes = await room.changes(fold.world.seq, Math.min(AT_ONCE, seq - fold.world.seq))
    if (changes.length === 0) break
    for (const change of changes) fold.apply(change)
    await setImmediate()
  }
  return fold.world
}

/**
 * What a viewer may see of the changes that put or dropped one entity, newest first: from the version in the
 * world, or the last removal, back by what each replaced.
 * @param before only changes with a smaller seq, to go on from an earlier answer
 */
export async function historyOf(
  room: Room,
  ref: EntityRef,
  sight: Sight,
  { before = Infinity, limit = 100 } = {},
): Promise<{ changes: Viewed[]; more: boolean }> {
  const changes: Viewed[] = []
  let seq: number | null =
    room.world().kinds.get(ref.kind)?.get(ref.id)?.rev ?? (await lastRemoval(room, ref))
  while (seq !== null) {
    const [change]: Change[] = await room.changes(seq - 1, 1)
    if (!change) break
    const seen = seq < before ? onlyOf(viewPast(change, sight), ref) : null
    if (seen) {
      if (changes.length === limit) return { changes, more: true }
      changes.push(seen)
    }
    const was: number | null = wasOf(change, ref)
    // A row entered again under an id that had been removed: what was before is the removal.
    seq = was ?? (change.put.some(isOf(ref)) ? await lastRemoval(room, ref, seq - 1) : null)
  }
  return { changes, more: false }
}

let searching: Promise<void> = Promise.resolve()

const isOf =
  ({ kind, id }: EntityRef) =>
  (other: EntityRef): boolean =>
    other.kind === kind && other.id === id

function wasOf({ put, drop }: Change, ref: EntityRef): number | null {
  return put.find(isOf(ref))?.was ?? drop.find(isOf(ref))?.was ?? null
}

/** The part of a change that concerns one entity; null when there is none. */
function onlyOf(change: Viewed | null, ref: EntityRef): Viewed | null {
  if (!change) return null
  const [put, drop] = [change.put.filter(isOf(ref)), change.drop.filter(isOf(ref))]
  return put.length + drop.length > 0 ? { ...change, put, drop } : null
}

/** Read back to the journal's beginning if need be; one such search at a time. */
function lastRemoval(room: Room, ref: EntityRef, upTo = room.world().seq): Promise<number | null> {
  const mine = searching.then(() => searchBack(room, ref, upTo))
  searching = mine.then(leave, leave)
  return mine
}

async function searchBack(room: Room, ref: EntityRef, upTo: number): Promise<number | null> {
  for (let to = upTo; to > 0; to -= AT_ONCE) {
    const since = Math.max(0, to - AT_ONCE)
    const changes = await room.changes(since, to - since)
    for (const change of changes.reverse()) if (change.drop.some(isOf(ref))) return change.seq
    await setImmediate()
  }
  return null
}
