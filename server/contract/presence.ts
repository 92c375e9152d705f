import { z } from 'zod'
import { Role } from './viewer.ts'

/** Somebody who follows a room now. Never in the journal: it is over when the last of the screens goes. */
export const Present = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** Browsers and walls, not tabs: those of one browser share a line. */
  screens: z.number().int().positive(),
  /** When the first of them came. */
  since: z.iso.datetime(),
})
export type Present = z.infer<typeof Present>
