import { z } from 'zod'
import { ClosureFeature } from './closure.ts'
import { Entity } from './change.ts'
import { LonLat } from './geo.ts'
import { Fields, RegisterRecord } from './registers/record.ts'
import type { Right } from './viewer.ts'

/** A closed road as the world holds it. `feature.properties` keep kind, name, until. */
export const ClosureEntity = Entity.extend({
  kind: z.literal('closure'),
  feature: ClosureFeature,
  closedAt: z.iso.datetime(),
  closedBy: z.string(),
})
export type ClosureEntity = z.infer<typeof ClosureEntity>

/** Under a key a command happens once. Databases do not keep control characters and halves of characters as they are. */
export const Key = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u)

const Id = z.string().min(1).max(64)
const Register = z.string().max(64)
const Name = z.string().trim().min(1).max(120)
/** What was seen when the edit began; null = there was nothing. Another revision is refused. */
const IfRev = z.number().int().positive().nullable()
const Note = z.string().trim().max(500).nullable().default(null)

const SavedRow = z.strictObject({
  register: Register,
  id: Id,
  name: Name,
  nameEn: Name.optional(),
  at: LonLat.nullable(),
  source: z.strictObject({ name: z.string().trim().max(200), asOf: z.string().max(40).nullable() }),
  fields: Fields,
})
const Saved = z.strictObject({ record: SavedRow, ifRev: IfRev })
const Removed = z.strictObject({ register: Register, id: Id, ifRev: IfRev.unwrap() })
/** That what is kept of persons beside a row was changed: which columns, never what stands in them. */
const PersonsNoted = z.strictObject({
  register: Register,
  id: Id,
  columns: z.array(z.string().max(64)).max(50),
  /** The change that had last saved them when the edit began; absent = whatever stands there. */
  ifRev: IfRev.optional(),
})

/** Where a room was taken from: a room and its last change then. */
const Parent = z.strictObject({ room: z.string(), seq: z.number().int().nonnegative() })
/** What a room is, where it is not its county's real one. */
export const RoomEntity = Entity.extend({
  kind: z.literal('room'),
  name: z.string(),
  parent: Parent,
  begunBy: z.string(),
  begunAt: z.iso.datetime(),
})
export type RoomEntity = z.infer<typeof RoomEntity>

/** Input of every command, one schema each. */
export const COMMANDS = {
  close: z.strictObject({ id: Id, feature: ClosureFeature }),
  open: z.strictObject({ id: Id }),
  openAll: z.strictObject({}),
  saveRecord: Saved.extend({ note: Note }),
  removeRecord: Removed.extend({ note: Note }),
  /** Many rows in one change, all or none: what an imported file comes to. */
  saveRecords: z.strictObject({
    put: z.array(Saved).max(50_000),
    drop: z.array(Removed).max(50_000),
    note: Note,
  }),
  /** A file that was previewed: its rows, and the traces of the persons beside them. Its rows were checked there. */
  importRecords: z.strictObject({
    put: z.array(Saved).max(50_000),
    drop: z.array(Removed).max(50_000),
    persons: z.array(PersonsNoted).max(50_000),
    note: Note,
  }),
  notePersons: PersonsNoted,
  /** Rows of an imported county folder; what people have changed since stays theirs. */
  adoptRecords: z.strictObject({
    records: z.array(RegisterRecord).max(50_000),
    gone: z.array(z.strictObject({ register: Register, id: Id })).max(50_000),
    /** With the last part: of which import the registers are now. */
    done: z.strictObject({ sha256: z.string(), rows: z.number().int() }).nullable(),
  }),
  /** The first change of an exercise: what it begins with. */
  beginRoom: z.strictObject({ name: Name, parent: Parent, entities: z.array(Entity) }),
} as const
export type CommandName = keyof typeof COMMANDS
export type CommandInput<N extends CommandName> = z.infer<(typeof COMMANDS)[N]>

/** Which import the registers came from. */
export const ImportEntity = Entity.extend({
  kind: z.literal('import'),
  sha256: z.string(),
  rows: z.number().int(),
})
export type ImportEntity = z.infer<typeof ImportEntity>

/** The right that each command needs; null = only the server itself. */
export const RIGHT_OF: { [N in CommandName]: Right | null } = {
  close: 'closeRoads',
  open: 'closeRoads',
  openAll: 'closeRoads',
  saveRecord: 'editRecords',
  removeRecord: 'editRecords',
  saveRecords: 'editRecords',
  importRecords: null,
  notePersons: null,
  adoptRecords: null,
  beginRoom: null,
}
