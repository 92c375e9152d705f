import { z } from 'zod'
import { Refusal } from '../errors.ts'
import type { World } from '../world.ts'
import type { RecordEntity } from './entity.ts'
import { REGISTERS } from './index.ts'
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

/** What is kept beside a row that is there, with what an edit of it must carry as `ifRev`. */
export const RowPersons = KeptPersons.extend({
  /** The change that last saved them; null = none here. */
  rev: z.number().int().positive().nullable(),
})
export type RowPersons = z.infer<typeof RowPersons>

/** The change that last saved the persons beside a row; null = none. */
export const personsRev = (row: Pick<RecordEntity, 'personsSaved'>): number | null =>
  row.personsSaved?.seq ?? null

/** What is kept, of the rows that are there: of one that was removed it waits, and is nobody's until it is back. */
export function personsOfRows({ kinds }: Pick<World, 'kinds'>, kept: readonly KeptPersons[]): RowPersons[] {
  const byRow = new Map(kept.map(one => [`${one.register}/${one.id}`, one]))
  return REGISTERS.flatMap(({ key: register }) =>
    [...(kinds.get(register)?.values() ?? [])].flatMap((row): RowPersons[] => {
      const { id } = row
      const one = byRow.get(`${register}/${id}`)
      const rev = personsRev(row as RecordEntity)
      return one || rev !== null ? [{ ...(one ?? { register, id, fields: {} }), rev }] : []
    }),
  )
}

/** Carries what the row is called; whoever may see persons is shown what stands there now. */
export function personsChanged({ id, kind, name }: Pick<RecordEntity, 'id' | 'kind' | 'name'>): Refusal {
  return new Refusal(
    'record_changed',
    409,
    {
      zh: `“${name}”的姓名和电话在您编辑期间被别人改过，未保存`,
      en: `Names and telephones of "${name}" were changed by somebody else meanwhile; nothing was saved`,
    },
    { zh: '看过对方的修改后再保存', en: 'Look at that change, then save again' },
    'ifRev',
    { current: { register: kind, id, name } },
  )
}

/** Where names and telephone numbers are kept, apart from the journal. */
export interface Persons {
  all(room: string): Promise<KeptPersons[]>
  /**
   * Replaces what is kept beside rows, all or none of them, but for those saved later; `erased` leaves nothing but
   * the mark.
   */
  save(room: string, rows: readonly PersonsToSave[], who: { by: string; at: string }): Promise<void>
}
export type PersonsToSave = RecordPersons | { register: string; id: string; erased: true }
