import type { PersonsChange, ReadSheet, ValueChange } from '../../../server/contract/registers/exchange.ts'
import { personalColumns, type RowPersons } from '../../../server/contract/registers/persons.ts'
import type { RecordPersons } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import type { Blanks } from './merge.ts'

/** What is kept of persons, to be found by row and, of registered persons, by name. */
export class HeldPersons {
  private readonly byRow: ReadonlyMap<string, RowPersons>
  /** Null where several have the name. */
  private readonly byName = new Map<string, string | null>()

  constructor(held: readonly RowPersons[]) {
    this.byRow = new Map(held.map(one => [`${one.register} ${one.id}`, one]))
    for (const { register, id, name } of held) {
      if (name === undefined) continue
      const key = `${register} ${name}`
      this.byName.set(key, this.byName.has(key) ? null : id)
    }
  }

  of = (register: string, id: string): RowPersons | undefined => this.byRow.get(`${register} ${id}`)
  idOf = (register: string, name: string): string | null => this.byName.get(`${register} ${name}`) ?? null
}

/**
 * What a row of a file says of persons over what is kept beside it, as `mergeRow` does: a column that the file does
 * not have stays; a blank cell makes unknown, or keeps. Null where that changes nothing.
 */
export function mergePersons(
  register: Register,
  held: RowPersons | undefined,
  read: RecordPersons,
  { columns }: Pick<ReadSheet, 'columns'>,
  blanks: Blanks,
): PersonsChange | null {
  const keep = blanks === 'keep'
  const fields: RecordPersons['fields'] = { ...held?.fields }
  for (const { key } of personalColumns(register)) {
    const theirs = key in read.fields && !(keep && read.fields[key] === null)
    fields[key] = (theirs ? read : held)?.fields[key] ?? null
  }
  const name = read.name ?? held?.name
  const english = 'nameEn' in columns && read.name !== undefined && !(keep && read.nameEn === undefined)
  const nameEn = english ? read.nameEn : held?.nameEn
  const row = { register: read.register, id: read.id }
  const kept = {
    ...row,
    ...(name === undefined ? {} : { name }),
    ...(nameEn === undefined ? {} : { nameEn }),
    fields,
  }
  const changes = changesOf(held, kept)
  return changes.length === 0 ? null : { kept, changes, ifRev: held?.rev ?? null }
}

function changesOf(from: RecordPersons | undefined, to: RecordPersons): ValueChange[] {
  const [before, after] = [from && valuesOf(from), valuesOf(to)]
  return [...after].flatMap(([column, now]) => {
    const old = before?.get(column) ?? null
    return old === now ? [] : [{ column, from: old, to: now }]
  })
}

const valuesOf = ({ name, nameEn, fields }: RecordPersons): Map<string, unknown> =>
  new Map<string, unknown>([
    ['name', name ?? null],
    ['nameEn', nameEn ?? null],
    ...Object.entries(fields).map(([key, value]): [string, unknown] => [key, value ?? null]),
  ])
