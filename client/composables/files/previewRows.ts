import type { Lang, Text } from '../../../server/contract/errors.ts'
import type { Outcome, PreviewRow, ValueChange } from '../../../server/contract/registers/exchange.ts'
import { registerOf } from '../../../server/contract/registers/index.ts'
import type { FieldValue } from '../../../server/contract/registers/register.ts'
import { lonLat } from '../../ui/count.ts'
import { textOf } from '../registers/fields.ts'
import { partsOf } from '../registers/versions.ts'

/** Which rows of a preview are looked at. */
export type RowFilter = 'all' | 'warned' | Outcome
const ORDER: readonly Outcome[] = ['refused', 'changed', 'added', 'same']

const isWarned = (row: PreviewRow): boolean => row.what !== 'refused' && (row.warnings?.length ?? 0) > 0
/** What must be looked at first: the refused, then those with a warning, then what changes. */
const rank = (row: PreviewRow): number => (isWarned(row) ? 0.5 : ORDER.indexOf(row.what))

export function filtered(rows: readonly PreviewRow[], by: RowFilter): PreviewRow[] {
  const wanted = rows.filter(row => by === 'all' || (by === 'warned' ? isWarned(row) : row.what === by))
  // Stable: within a rank as the file has them.
  return wanted.sort((a, b) => rank(a) - rank(b))
}
export const countWarned = (rows: readonly PreviewRow[]): number => rows.filter(isWarned).length

/** One value that an import changes, as a person reads it; null = nothing there. */
export interface ChangeRow {
  key: string
  head: Text
  unit?: Text
  from: string | null
  to: string | null
}

const NAME = { zh: '姓名', en: 'Name' }
const NAME_EN = { zh: '英文姓名', en: 'English name' }

/** A name or telephone number that an import changes. */
export function personsRow(register: string, { column, from, to }: ValueChange): ChangeRow {
  const found = registerOf(register)?.columns.find(({ key }) => key === column)
  const head = found?.head ?? (column === 'name' ? NAME : column === 'nameEn' ? NAME_EN : same(column))
  const read = (value: unknown): string | null => (value === null ? null : String(value))
  return { key: column, head, from: read(from), to: read(to) }
}
const same = (key: string): Text => ({ zh: key, en: key })

/** @param nameOf the name of the row behind `register/id` */
export function changeRow(
  register: string,
  { column: key, from, to }: ValueChange,
  lang: Lang,
  nameOf: (key: string) => string,
): ChangeRow {
  const found = registerOf(register)
  const part = found && partsOf(found).find(p => p.key === key)
  const column = part?.column
  const read = (value: unknown): string | null => {
    if (value === null || value === undefined || value === '') return null
    if (key === 'at' && !column) return lonLat(value as [number, number], 6)
    if (!column) return String(value)
    if (column.refers !== undefined)
      return ([value].flat() as string[])
        .map(id => nameOf(`${column.refers}/${id}`))
        .join(lang === 'zh' ? '、' : ', ')
    const text = textOf(column, value as FieldValue, lang)
    if (column.type !== 'line' || text === null) return text
    return `${text}　${(value as unknown[]).length} ${lang === 'zh' ? '个折点' : 'points'}`
  }
  return {
    key,
    head: part?.head ?? { zh: key, en: key },
    ...(column?.unit ? { unit: column.unit } : {}),
    from: read(from),
    to: read(to),
  }
}
