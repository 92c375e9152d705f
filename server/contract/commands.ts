import { z } from 'zod'
import { ClosureFeature } from './closure.ts'
import { Entity } from './change.ts'

/** A closed road as the world holds it. `feature.properties` keep kind, name, until. */
export const ClosureEntity = Entity.extend({
  kind: z.literal('closure'),
  feature: ClosureFeature,
  closedAt: z.iso.datetime(),
  closedBy: z.string(),
})
export type ClosureEntity = z.infer<typeof ClosureEntity>

/** Input of every command, one schema each. */
export const COMMANDS = {
  close: z.strictObject({ id: z.string().min(1).max(64), feature: ClosureFeature }),
  open: z.strictObject({ id: z.string().min(1).max(64) }),
  openAll: z.strictObject({}),
} as const
export type CommandName = keyof typeof COMMANDS
export type CommandInput<N extends CommandName> = z.infer<(typeof COMMANDS)[N]>
