import { z } from 'zod'

/** Who an entity is for: everybody with the right to read, desks, or those who command. */
export const AUDIENCES = ['all', 'desk', 'commander'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Every entity of the world, whatever its kind. `rev` is the seq of the change that last put it. */
export const Entity = z.looseObject({
  id: z.string(),
  kind: z.string(),
  rev: z.number().int().nonnegative(),
  /** The `rev` that it replaced; null where there was none. Its history is read from one to the next. */
  was: z.number().int().positive().nullish(),
  audience: z.enum(AUDIENCES),
  source: z.string(),
  /** When it was true: an instant, a day, a month or a year; null = not known. */
  asOf: z.string().nullable(),
})
export type Entity = z.infer<typeof Entity>

/** Entities are named `kind/id` where both are needed. */
export const EntityRef = z.object({ kind: z.string(), id: z.string() })
export type EntityRef = z.infer<typeof EntityRef>

/** What is taken away, with what it was: who could see it, and its last `rev`. */
export const Dropped = EntityRef.extend({
  audience: z.enum(AUDIENCES).optional(),
  was: z.number().int().positive().optional(),
})
export type Dropped = z.infer<typeof Dropped>

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
  drop: z.array(Dropped),
  prev: z.string(),
  hash: z.string(),
})
export type Change = z.infer<typeof Change>

/**
 * A change as a viewer gets it: what it may not see is left out, what became hidden is a drop. `after` is the
 * last one before it that this viewer got anything of, so that what is hidden leaves no gap.
 */
export const ViewedChange = Change.omit({ v: true, key: true, prev: true, hash: true }).extend({
  after: z.number().int().nonnegative(),
})
export type ViewedChange = z.infer<typeof ViewedChange>

/** What a verb decides: the change without what the journal adds. */
export interface Draft {
  put: (Omit<Entity, 'rev'> & Record<string, unknown>)[]
  drop: EntityRef[]
  note: string | null
}
