import type { Change, Dropped, Entity, EntityRef } from '../contract/change.ts'
import type { CommandInput, CommandName } from '../contract/commands.ts'
import type { Own } from '../contract/own.ts'
import type { Fold, World } from '../contract/world.ts'
import type { ChangeRow } from '../db/store.ts'
import { MADE, VERBS } from '../domain/index.ts'
import type { Made, Verb } from '../domain/verb.ts'
import { readChange, sealChange } from './hash.ts'
import { checkSize, keyReused } from './refusals.ts'

export interface Command<N extends CommandName = CommandName> {
  name: N
  input: CommandInput<N>
}
/** Who sent it, and the key under which it happens once. */
export interface By {
  actor: string
  key: string
  /** A field viewer's: the command may touch nothing else. */
  own?: Own
}

/** A change that is in the journal, as text and as value, and what it replaced. */
export interface Published {
  change: Change
  row: ChangeRow
  /** What stood there before, of all that it put or dropped; null = read back from the journal, not known. */
  before: readonly Entity[] | null
}

/** Decides on the world as folded so far and folds the answer in. @throws Refusal of the verb */
export function decide(
  { name, input }: Command,
  { actor, key, own }: By,
  fold: Fold,
  prev: string,
  now: Date,
): Published {
  const { world } = fold
  const wall = now.toISOString()
  const at = world.at !== null && world.at > wall ? world.at : wall
  const draft = (VERBS[name] as Verb<CommandName>)(world, input, { now: at, clock: at, actor, key, own })
  const seq = world.seq + 1
  const held = ({ kind, id }: EntityRef): Entity | undefined => world.kinds.get(kind)?.get(id)
  const put = draft.put.map(
    entity => ({ ...entity, rev: seq, was: held(entity as Entity)?.rev ?? null }) as Entity,
  )
  for (const entity of put) checkSize(entity)
  const drop = draft.drop.map((ref): Dropped => {
    const { audience, rev: was } = held(ref) ?? {}
    return { ...ref, audience, was }
  })
  const { note } = draft
  const { room } = world
  return foldRow(
    sealChange({ v: 1, room, seq, at, clock: at, actor, verb: name, key, note, put, drop, prev }),
    fold,
  )
}

/** Folds a row of the journal in. @throws Error when it is not the next change, or none that this release knows */
export function foldRow(row: ChangeRow, fold: Fold): Published {
  const change = readChange(row)
  const before = replacedBy(change, fold.world)
  fold.apply(change)
  return { change, row, before }
}

const replacedBy = ({ put, drop }: Change, { kinds }: World): Entity[] =>
  [...put, ...drop].flatMap(({ kind, id }) => kinds.get(kind)?.get(id) ?? [])

/** What the same key did before. @throws Refusal 409 `key_reused` when that was another command */
export function answerOf(row: ChangeRow, { name, input }: Command): Change {
  const change = readChange(row)
  const made = MADE[name] as Made<CommandName>
  if (change.verb !== name || !made(change, input)) throw keyReused(row.key)
  return change
}
