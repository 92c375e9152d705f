import type { CellValue } from 'hucre/xlsx'
import type { Lang } from '../../../server/contract/errors.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Choice, Column, FieldValue } from '../../../server/contract/registers/register.ts'
import { BETWEEN_ITEMS, lineText, MOST } from '../../../server/contract/registers/words.ts'

/** What a table has in a record's column; a shared one where the register has none of that name. */
export function cellOf(column: Column, record: RegisterRecord, lang: Lang = 'zh'): CellValue {
  const { id, name, nameEn, at, source, fields } = record
  if (column.key in fields) return fieldCell(column, fields[column.key], lang)
  switch (column.key) {
    case 'id':
      return id
    case 'name':
      return name
    case 'nameEn':
      return nameEn ?? null
    case 'lon':
      return at && at[0]
    case 'lat':
      return at && at[1]
    case 'source':
      return source.name
    case 'asOf':
      return source.asOf === null ? null : dateCell(source.asOf)
    default:
      return null
  }
}

/** @throws RangeError for a line with more points than a cell holds, an item that would read as two */
export function fieldCell(
  { key, type, choices = [] }: Column,
  value: FieldValue | undefined,
  lang: Lang = 'zh',
): CellValue {
  if (value === null || value === undefined) return null
  if (type === 'choice') return said(choices, String(value), lang)
  if (type === 'flag') return value ? YES[lang] : NO[lang]
  if (type === 'date') return dateCell(String(value))
  if (!Array.isArray(value)) return value
  if (type === 'list' && (value as string[]).some(item => BETWEEN_ITEMS.test(item))) {
    throw new RangeError(`${key}: an item of a list holds what parts two items`)
  }
  const text =
    type === 'line'
      ? lineText(value as [number, number][])
      : (value as string[]).map(item => said(choices, item, lang)).join('、') || NONE[lang]
  if (text.length > MOST.line) throw new RangeError(`${key}: ${text.length} characters fit no cell`)
  return text
}

const YES = { zh: '是', en: 'yes' }
const NO = { zh: '否', en: 'no' }
const NONE = { zh: '无', en: 'none' }

const said = (choices: readonly Choice[], value: string, lang: Lang): string =>
  choices.find(choice => choice.value === value)?.text[lang] ?? value

/** A whole day is a day to Excel; anything less or more stays text. */
export const dateCell = (value: string): CellValue =>
  /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : value

/** The same as plain text, for files without kinds of cells: days as 2026-03-12. */
export function textOf(cell: CellValue): string {
  if (cell === null || cell === undefined) return ''
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell)
}
