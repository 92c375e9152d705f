import type { Lang, Text } from '../../../server/contract/errors.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, Register } from '../../../server/contract/registers/register.ts'
import { lonLat } from '../../ui/count.ts'
import { isOfPersons, textOf } from './fields.ts'

/** A column of the table: one of the register's, or what every row has. */
export interface TableColumn {
  key: string
  head: Text
  column?: Column
  widthPx: number
  numeric: boolean
}
export type RowPart = 'all' | 'unplaced' | 'stale'
export interface Sort {
  key: string
  down: boolean
}
export interface RowQuestion {
  words: string
  part: RowPart
  /** Column → the value it must have; `''` = where nothing is known. */
  choices: Readonly<Record<string, string>>
  sort: Sort | null
}
/** How rows are read: in a language, with the names of what they refer to. */
export interface Reading {
  lang: Lang
  nameOf(record: RegisterRecord): string
  /** The name of the row behind `register/id`. */
  nameOfKey(key: string): string
  isStale(record: RegisterRecord): boolean
}

const WIDTH: Partial<Record<Column['type'], number>> = {
  text: 132,
  list: 168,
  date: 108,
  flag: 84,
  choice: 104,
}
const PX_PER_LETTER = { zh: 14, en: 7.4 } as const

export function columnsOf(register: Register, lang: Lang): TableColumn[] {
  const columns = register.columns
    .filter(column => !isOfPersons(column))
    .map((column): TableColumn => {
      const head = column.head[lang] + (column.unit ? `（${column.unit[lang]}）` : '')
      const asked = head.length * PX_PER_LETTER[lang] + 34
      return {
        key: column.key,
        head: column.head,
        column,
        widthPx: Math.round(Math.min(220, Math.max(WIDTH[column.type] ?? 92, asked))),
        numeric: column.type === 'whole' || column.type === 'number',
      }
    })
  const own = (key: string, zh: string, en: string, widthPx: number): TableColumn => ({
    key,
    head: { zh, en },
    widthPx,
    numeric: false,
  })
  return [
    own('name', '名称', 'Name', 200),
    own('id', '编号', 'ID', 124),
    ...columns,
    ...(register.position === 'none' ? [] : [own('at', '位置', 'Position', 176)]),
    own('source', '来源', 'Source', 200),
    own('asOf', '截至', 'As of', 108),
  ]
}

/** A cell as it is read; null = unknown. */
export function cellText({ key, column }: TableColumn, record: RegisterRecord, by: Reading): string | null {
  if (column) {
    const value = record.fields[column.key]
    const text = textOf(column, value, by.lang)
    if (text === null || column.refers === undefined) return text
    return ([value].flat() as string[])
      .map(id => by.nameOfKey(`${column.refers}/${id}`))
      .join(by.lang === 'zh' ? '、' : ', ')
  }
  if (key === 'name') return by.nameOf(record)
  if (key === 'id') return record.id
  if (key === 'at') return record.at && lonLat(record.at)
  return key === 'source' ? record.source.name : record.source.asOf
}

/** Everything of a row that can be searched for, in small letters. */
export function textToSearch(columns: readonly TableColumn[], record: RegisterRecord, by: Reading): string {
  const texts = columns.filter(c => c.key !== 'at').map(column => cellText(column, record, by))
  return [record.name, record.nameEn, ...texts].filter(Boolean).join('\n').normalize('NFKC').toLowerCase()
}

/** Whether every word is somewhere in the row, or in its name's pinyin. */
export function matches(words: readonly string[], text: string, pinyin: string): boolean {
  return words.every(word => text.includes(word) || pinyin.includes(word))
}
export const wordsOf = (text: string): string[] =>
  text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)

export function inPart(record: RegisterRecord, part: RowPart, register: Register, by: Reading): boolean {
  if (part === 'unplaced') return register.position !== 'none' && record.at === null
  return part === 'all' || by.isStale(record)
}

export function hasChoices(record: RegisterRecord, choices: RowQuestion['choices']): boolean {
  return Object.entries(choices).every(([key, wanted]) => {
    const value = record.fields[key] ?? null
    if (wanted === '') return value === null || (Array.isArray(value) && value.length === 0)
    return Array.isArray(value) ? (value as string[]).includes(wanted) : String(value) === wanted
  })
}

const COLLATORS = {
  zh: new Intl.Collator('zh-CN', { numeric: true }),
  en: new Intl.Collator('en', { numeric: true }),
}

/** In the column's order: numbers as numbers, choices as the register lists them; unknown last either way. */
export function sorted(
  rows: readonly RegisterRecord[],
  column: TableColumn,
  down: boolean,
  by: Reading,
): RegisterRecord[] {
  const collator = COLLATORS[by.lang]
  const value = (record: RegisterRecord): number | string | null => {
    const held = column.column && record.fields[column.key]
    if (typeof held === 'number') return held
    if (typeof held === 'boolean') return held ? 0 : 1
    const place = column.column?.choices?.findIndex(choice => choice.value === held) ?? -1
    return place >= 0 ? place : cellText(column, record, by)
  }
  const keyed = rows.map(record => ({ record, value: value(record) }))
  const sign = down ? -1 : 1
  keyed.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
    if (typeof a.value === 'number' && typeof b.value === 'number') return sign * (a.value - b.value)
    return sign * collator.compare(String(a.value), String(b.value))
  })
  return keyed.map(({ record }) => record)
}

/** Columns worth a filter: few words, of which each row has one. */
export const filterColumns = (register: Register): Column[] =>
  register.columns.filter(({ choices, type }) => choices && (type === 'choice' || type === 'list'))
