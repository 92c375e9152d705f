import { z } from 'zod'

/** Every entity of the world, whatever its kind. `rev` is the seq of the change that last put it. */
export const Entity = z.looseObject({
  id: z.string(),
  kind: z.string(),
  rev: z.number().int().nonnegative(),
  audience: z.enum(['all', 'desk', 'commander']),
  source: z.string(),
  asOf: z.iso.datetime(),
})
export type Entity = z.infer<typeof Entity>

/** Entities are named `kind/id` where both are needed. */
export const EntityRef = z.object({ kind: z.string(), id: z.string() })
export type EntityRef = z.infer<typeof EntityRef>

/**
 * One line of the journal. `at` UTC, never before the last; `clock` the room's own time; `key` makes a command
 * happen once per room and actor; `prev` and `hash` chain the stored bytes (SHA-256).
 */
export const Change = z.object({
  v: z.literal(1),
  room: z.string(),
  seq: z.number().int().positive(),
  at: z.iso.datetime(),
  clock: z.iso.datetime(),
  actor: z.string(),
  verb: z.string(),
  key: z.string(),
  note: z.string().nullable(),
  put: z.array(Entity),
  drop: z.array(EntityRef),
  prev: z.string(),
  hash: z.string(),
})
export type Change = z.infer<typeof Change>

/** What a verb decides: the change without what the journal adds. */
export interface Draft {
  put: (Omit<Entity, 'rev'> & Record<string, unknown>)[]
  drop: EntityRef[]
  note: string | null
}
