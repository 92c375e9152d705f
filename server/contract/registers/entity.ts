import { z } from 'zod'
import { Entity } from '../change.ts'
import { LonLat } from '../geo.ts'
import { Fields, RegisterRecord } from './record.ts'
import { registerOf } from './index.ts'

/** A register's row as the world holds it: `kind` is the register's key. */
export const RecordEntity = Entity.extend({
  name: z.string(),
  nameEn: z.string().optional(),
  at: LonLat.nullable(),
  fields: Fields,
  savedBy: z.string(),
  savedAt: z.iso.datetime(),
  /** When what is kept of persons beside it was last changed here, and by which change. */
  personsSaved: z
    .object({
      at: z.iso.datetime(),
      by: z.string(),
      columns: z.array(z.string()),
      seq: z.number().int().optional(),
    })
    .optional(),
})
export type RecordEntity = z.infer<typeof RecordEntity>

/** `rev` is added by the journal. */
export function entityOf(
  { register, id, name, nameEn, at, fields, source }: RegisterRecord,
  savedBy: string,
  savedAt: string,
): Omit<RecordEntity, 'rev'> {
  return {
    id,
    name,
    ...(nameEn === undefined ? undefined : { nameEn }),
    at,
    fields,
    kind: register,
    audience: registerOf(register)?.persons ? 'desk' : 'all',
    source: source.name,
    asOf: source.asOf,
    savedBy,
    savedAt,
  }
}

export function recordOf({ id, kind, name, nameEn, at, fields, source, asOf }: RecordEntity): RegisterRecord {
  const english = nameEn === undefined ? {} : { nameEn }
  return { id, register: kind, name, ...english, at, source: { name: source, asOf }, fields }
}
