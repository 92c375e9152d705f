import { z } from 'zod'
import { LonLat } from '../geo.ts'
import { Source } from '../entities.ts'

/** A row of a register, read. `at` null = its position is not known yet (待落图). */
export const RegisterRecord = z.object({
  id: z.string(),
  register: z.string(),
  name: z.string(),
  at: LonLat.nullable(),
  source: Source,
  fields: z.record(
    z.string(),
    z.union([
      z.string(),
      z.number(),
      z.boolean(),
      z.null(),
      z.array(z.string()),
      z.array(z.tuple([z.number(), z.number()])),
    ]),
  ),
})
export type RegisterRecord = z.infer<typeof RegisterRecord>
