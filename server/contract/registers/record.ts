import { z } from 'zod'
import { LonLat } from '../geo.ts'
import { Source } from '../entities.ts'

export const Fields = z.record(
  z.string(),
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(z.string()),
    z.array(z.tuple([z.number(), z.number()])),
  ]),
)

/** A row of a register, read. `at` null = its position is not known yet (待落图). */
export const RegisterRecord = z.object({
  id: z.string(),
  register: z.string(),
  name: z.string(),
  nameEn: z.string().optional(),
  at: LonLat.nullable(),
  source: Source,
  fields: Fields,
})
export type RegisterRecord = z.infer<typeof RegisterRecord>

/** What a record says of persons, kept apart from it: names and telephone numbers. */
export const RecordPersons = z.object({
  register: z.string(),
  id: z.string(),
  /** Where the row itself is a person; the record's own name is its id then. */
  name: z.string().optional(),
  nameEn: z.string().optional(),
  fields: Fields,
})
export type RecordPersons = z.infer<typeof RecordPersons>
