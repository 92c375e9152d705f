import type { CommandInput, CommandName } from '../contract/commands.ts'
import type { Change, Draft } from '../contract/change.ts'
import type { Own } from '../contract/own.ts'
import type { World } from '../contract/world.ts'

/** What a verb may know beside the world and its input. `now` is UTC, `clock` the room's own time. */
export interface Env {
  now: string
  clock: string
  actor: string
  key: string
  /** Set where the actor may save what is its own and nothing else. */
  own?: Own
}

/**
 * Check, then decide: a pure function of the world it is given.
 * @throws Refusal with a code when the world does not allow it.
 */
export type Verb<N extends CommandName> = (world: World, input: CommandInput<N>, env: Env) => Draft

/** Was `change` made by this input? A key sent again with another input is a mistake, not a repetition. */
export type Made<N extends CommandName> = (change: Change, input: CommandInput<N>) => boolean
