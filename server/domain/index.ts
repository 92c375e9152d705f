import type { CommandName } from '../contract/commands.ts'
import { close, open } from './closure.ts'
import type { Verb } from './verb.ts'

/** Every command has its verb; the type fails on one that is missing. */
export const VERBS: { [N in CommandName]: Verb<N> } = { close, open }
