import type { RecordPersons, RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'

/** Columns that name somebody or ring somewhere. */
export const isPersonal = (type: string): boolean => type === 'person' || type === 'phone'

/**
 * Takes persons and telephone numbers out of records: what is left may be shown to anybody who sees the map.
 * A register that is not known is taken out whole.
 */
export function partPersons(
  records: readonly RegisterRecord[],
  registers: readonly Register[],
): { records: RegisterRecord[]; persons: RecordPersons[] } {
  const byKey = new Map(registers.map(register => [register.key, register]))
  const persons: RecordPersons[] = []
  const shown = records.flatMap((record): RegisterRecord[] => {
    const register = byKey.get(record.register)
    if (!register) return []
    const { id, fields } = record
    const [open, kept]: [RegisterRecord['fields'], RegisterRecord['fields']] = [{}, {}]
    for (const { key, type } of register.columns) {
      if (key in fields) (isPersonal(type) ? kept : open)[key] = fields[key]
    }
    const { nameEn, ...rest } = record
    const name = register.persons ? { name: record.name, ...(nameEn === undefined ? {} : { nameEn }) } : {}
    if (Object.values(kept).some(value => value !== null) || register.persons) {
      persons.push({ register: record.register, id, ...name, fields: kept })
    }
    if (!register.persons) return [{ ...record, fields: open }]
    return [{ ...rest, name: id, fields: open }]
  })
  return { records: shown, persons }
}

/** Records with what is kept of persons put back, where it is given. */
export function joinPersons(
  records: readonly RegisterRecord[],
  persons: readonly RecordPersons[],
): RegisterRecord[] {
  const kept = new Map(persons.map(one => [`${one.register} ${one.id}`, one]))
  return records.map(record => {
    const one = kept.get(`${record.register} ${record.id}`)
    if (!one) return record
    const { name = record.name, nameEn = record.nameEn } = one
    const english = nameEn === undefined ? {} : { nameEn }
    return { ...record, name, ...english, fields: { ...record.fields, ...one.fields } }
  })
}
