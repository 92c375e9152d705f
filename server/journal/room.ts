import { setTimeout } from 'node:timers/promises'
import type { Change } from '../contract/change.ts'
import type { CommandName } from '../contract/commands.ts'
import { Fold } from '../contract/world.ts'
import type { World } from '../contract/world.ts'
import type { ChangeRow, Store } from '../db/store.ts'
import { answerOf, decide, foldRow } from './decide.ts'
import type { By, Command, Published } from './decide.ts'
import { readChange } from './hash.ts'
import { pastWorld } from './past.ts'
import { storeUnavailable } from './refusals.ts'
import { Snapshots, openWorld } from './snapshots.ts'
import { createSubscribers } from './subscribers.ts'

/** One situation: the only writer of its part of the journal. `world()` holds only what is durable. */
export interface Room {
  readonly id: string
  world(): World
  /** SHA-256 of the last durable change. */
  head(): string
  /**
   * Commands that come together are decided one after the other and made durable together. A key seen before
   * gives the answer of then. @throws Refusal of the verb, or 503 `store_unavailable` with nothing changed.
   */
  run<N extends CommandName>(command: Command<N>, by: By): Promise<Change>
  /** Told of each durable change, in order, once. */
  subscribe(tell: (published: Published) => void): () => void
  /** Changes of the journal after `since`, in order. */
  changes(since: number, limit?: number): Promise<Change[]>
  /** The nearest world of the past that is kept, up to a seq; null = none. */
  past(seq: number): Promise<World | null>
  /** The last change up to an instant; 0 = none. */
  seqAt(at: string): Promise<number>
  /** The last changes as they were published, up to the world's own. */
  recent(): readonly Published[]
  /** Another process appended: fold it in. */
  refresh(): void
  /** Keeps the world for a quick start. */
  rest(): Promise<void>
}

export interface RoomDeps {
  store: Store
  room: string
  now: () => Date
}

/** How often another process may be first before a command gives up. */
const TRIES = 100
const MOST_TOGETHER = 1000
/** A database that did not answer is asked again after this. */
const AGAIN_MS = 1000
/** Rows of the journal read and folded before others get their turn. */
const ROWS_AT_ONCE = 5000
/** Changes kept as they were published, for those who come back after a break. */
const RECENT = 500

interface Waiting {
  command: Command
  by: By
  resolve(change: Change): void
  reject(error: unknown): void
}

const keyOf = ({ actor, key }: By): string => `${actor}\0${key}`

/** @throws Error when the journal's text cannot be read or has a gap. */
export async function createRoom({ store, room, now }: RoomDeps): Promise<Room> {
  const unavailable = (e: unknown): never => {
    throw storeUnavailable(e)
  }
  const opened = await openWorld(store, room).catch(unavailable)
  let { world, head } = opened
  const snapshots = new Snapshots(store, opened.keptSeq)
  /** Something may be in the journal that is not in the world yet. */
  let behind = true
  /** Another process said that it appended. */
  let told = false
  // Whoever followed the room before this start goes on without fetching it whole.
  const recent = await lastOf(store, room, opened.keptSeq).catch(unavailable)
  const waiting: Waiting[] = []
  let working: Promise<void> | null = null
  const subscribers = createSubscribers<Published>()

  const accept = (fold: Fold, published: readonly Published[]): void => {
    world = fold.world
    head = published.at(-1)?.row.hash ?? head
    recent.push(...published)
    if (recent.length > RECENT * 2) recent.splice(0, recent.length - RECENT)
    for (const p of published) subscribers.tell(p)
    snapshots.keepSometimes(world, head)
  }
  /** @returns whether there were new rows, each of which is told */
  const foldNew = async (tell?: (row: ChangeRow) => void): Promise<boolean> => {
    const before = world.seq
    for (let more = true; more;) {
      const rows = await store.read(room, world.seq, ROWS_AT_ONCE).catch(unavailable)
      const fold = new Fold(world)
      if (rows.length > 0)
        accept(
          fold,
          rows.map(row => foldRow(row, fold)),
        )
      if (tell) rows.forEach(tell)
      more = rows.length === ROWS_AT_ONCE
    }
    behind = false
    return world.seq > before
  }

  /** Settles a command whose key is in the journal already. */
  const answered = (w: Waiting, row: ChangeRow | null): boolean => {
    if (!row) return false
    try {
      w.resolve(answerOf(row, w.command))
    } catch (e) {
      w.reject(e)
    }
    return true
  }
  const answeredBefore = async (w: Waiting): Promise<boolean> =>
    answered(w, await store.find(room, w.by.actor, w.by.key).catch(unavailable))

  /** One round: decides, appends, settles what can be. @returns those that must be decided again */
  const round = async (commands: readonly Waiting[]): Promise<Waiting[]> => {
    if (behind) await foldNew()
    const fold = new Fold(world)
    /** Those decided, by key; the same key again waits for what becomes of it. */
    const byKey = new Map<string, ChangeRow>()
    const decided: { w: Waiting; published: Published }[] = []
    const refused: { w: Waiting; error: unknown }[] = []
    const again: Waiting[] = []
    for (const w of commands) {
      if (byKey.has(keyOf(w.by))) {
        again.push(w)
        continue
      }
      try {
        const prev = decided.at(-1)?.published.row.hash ?? head
        const published = decide(w.command, w.by, fold, prev, now())
        decided.push({ w, published })
        byKey.set(keyOf(w.by), published.row)
      } catch (error) {
        refused.push({ w, error })
      }
    }
    if (decided.length > 0) {
      behind = true
      const answer = await store
        .append(decided.map(d => d.published.row))
        .catch((e: unknown) => storeUnavailable(e))
      if (answer !== 'ok') {
        const unsettled = await afterFailure([...decided.map(d => d.w), ...again])
        if (answer !== 'conflict') {
          for (const w of unsettled) w.reject(answer)
          return refused.map(r => r.w)
        }
        return [...unsettled, ...refused.map(r => r.w)]
      }
      behind = false
      accept(
        fold,
        decided.map(d => d.published),
      )
      for (const { w, published } of decided) w.resolve(published.change)
      for (const w of again) answered(w, byKey.get(keyOf(w.by))!)
    }
    const left: Waiting[] = []
    for (const { w, error } of refused) if (await standsRefused(w, error)) left.push(w)
    return left
  }

  /** A failed append may yet have been written, a conflict may be of an old key: the journal says. */
  const afterFailure = async (commands: readonly Waiting[]): Promise<Waiting[]> => {
    const fresh = new Map<string, ChangeRow>()
    const others = await foldNew(row => fresh.set(keyOf(row), row))
    const unsettled: Waiting[] = []
    for (const w of commands) {
      if (answered(w, fresh.get(keyOf(w.by)) ?? null)) continue
      if (!others && (await answeredBefore(w))) continue
      unsettled.push(w)
    }
    return unsettled
  }

  /** @returns true when the refusal stood on an old world, another process was first: to be decided again */
  const standsRefused = async (w: Waiting, error: unknown): Promise<boolean> => {
    if (await answeredBefore(w)) return false
    if (await foldNew()) return true
    w.reject(error)
    return false
  }

  const work = async (): Promise<void> => {
    while (waiting.length > 0 || told) {
      if (told) {
        told = false
        behind = true
      }
      if (waiting.length === 0) {
        await foldNew().catch(async () => {
          // What was told of is still to be read.
          await setTimeout(AGAIN_MS, undefined, { ref: false })
          told = true
        })
        continue
      }
      let left = waiting.splice(0, MOST_TOGETHER)
      try {
        for (let i = 0; i < TRIES && left.length > 0; i++) left = await round(left)
        for (const w of left)
          w.reject(storeUnavailable(new Error(`another process was first ${TRIES} times`)))
      } catch (e) {
        // Settling one twice does nothing: whatever is open is refused.
        for (const w of left) w.reject(e)
      }
    }
  }
  const start = (): void => {
    working ??= work().finally(() => {
      working = null
      if (waiting.length > 0 || told) start()
    })
  }

  await foldNew()
  return {
    id: room,
    world: () => world,
    head: () => head,
    run: (command, by) =>
      new Promise((resolve, reject) => {
        waiting.push({ command: command as Command, by, resolve, reject })
        start()
      }),
    subscribe: subscribers.add,
    changes: async (since, limit) =>
      (await store.read(room, since, limit).catch(unavailable)).map(readChange),
    past: seq => pastWorld(store, room, seq).catch(unavailable),
    seqAt: at => store.seqAt(room, at).catch(unavailable),
    recent: () => recent,
    refresh: () => {
      told = true
      start()
    },
    rest: () => snapshots.keep(world, head),
  }
}

/** The changes up to a kept world, as far as the journal tells them: no kind of entity changes its audience yet. */
async function lastOf(store: Store, room: string, keptSeq: number): Promise<Published[]> {
  if (keptSeq === 0) return []
  const count = Math.min(RECENT, keptSeq)
  const rows = await store.read(room, keptSeq - count, count)
  return rows.map(row => ({ change: readChange(row), row, before: null }))
}
