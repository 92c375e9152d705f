import { z } from 'zod'
import type { Register } from './register.ts'
import { RecordPersons } from './record.ts'

/** Columns that name somebody or ring somewhere. */
export const personalColumns = ({ columns }: Register) =>
  columns.filter(({ type }) => type === 'person' || type === 'phone')

/** What is kept of persons beside a row, and who saved it when; `erased` = it was taken away on purpose. */
export const KeptPersons = RecordPersons.extend({
  savedAt: z.iso.datetime().optional(),
  savedBy: z.string().optional(),
  erased: z.literal(true).optional(),
})
export type KeptPersons = z.infer<typeof KeptPersons>

/** Where names and telephone numbers are kept, apart from the journal. */
export interface Persons {
  all(room: string): Promise<KeptPersons[]>
  /** Replaces what is kept beside a row, unless that was saved later; `erased` leaves nothing but the mark. */
  save(
    room: string,
    persons: RecordPersons | { register: string; id: string; erased: true },
    who: { by: string; at: string },
  ): Promise<void>
}
