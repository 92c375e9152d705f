import { z } from 'zod'
import { KEPT_COLUMNS, KEPT_TABLES, type KeptTable } from '../../server/db/kept.ts'

/**
 * A backup is gzipped lines of JSON: a header, one line for each change, room by room in order, one for each row
 * of accounts and persons, and an end that counts them and hashes every byte before it. It is the same whichever
 * database it was made from. Version 1 held the journal alone.
 */
export const FORMAT = 'fengtu-backup'
export const VERSION = 2

const Count = z.number().int().nonnegative()

const countsOf = <T extends string>(tables: readonly T[]) =>
  z.strictObject(Object.fromEntries(tables.map(table => [table, Count])) as Record<T, typeof Count>)

export const Header = z.object({
  format: z.literal(FORMAT),
  version: z.literal([1, VERSION]),
  madeAt: z.iso.datetime(),
  epoch: z.string(),
  rooms: z.array(z.strictObject({ room: z.string(), seq: Count, hash: z.string() })),
  /** How many rows of each table; absent in version 1. */
  kept: countsOf(KEPT_TABLES).optional(),
})
export type Header = z.infer<typeof Header>

/** One change as it was stored. */
export const Line = z.strictObject({
  room: z.string(),
  seq: Count,
  at: z.string(),
  actor: z.string(),
  key: z.string(),
  hash: z.string(),
  text: z.string(),
})

const Value = z.union([z.string(), z.number(), z.null()])
const rowLine = (table: KeptTable) =>
  z.strictObject({
    table: z.literal(table),
    row: z.strictObject(Object.fromEntries(KEPT_COLUMNS[table].map(name => [name, Value]))),
  })

/** One row of accounts or persons. */
export const KeptLine = z.union(KEPT_TABLES.map(rowLine))

export const End = z.strictObject({
  end: z.strictObject({ changes: Count, rows: Count.default(0), sha256: z.string() }),
})
export type End = z.infer<typeof End>
