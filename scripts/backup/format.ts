import { z } from 'zod'

/**
 * A backup is gzipped lines of JSON: a header, one line for each change, room by room in order, and an end that
 * counts them and hashes every byte before it. It is the same whichever database it was made from.
 */
export const FORMAT = 'fengtu-backup'
export const VERSION = 1

const Count = z.number().int().nonnegative()

export const Header = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  madeAt: z.iso.datetime(),
  epoch: z.string(),
  rooms: z.array(z.strictObject({ room: z.string(), seq: Count, hash: z.string() })),
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

export const End = z.strictObject({ end: z.strictObject({ changes: Count, sha256: z.string() }) })
export type End = z.infer<typeof End>
