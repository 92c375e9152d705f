import type { Text } from '../errors.ts'

/** How a cell of a register is read, checked, written and shown. */
export type ColumnType =
  'text' | 'whole' | 'number' | 'date' | 'flag' | 'choice' | 'person' | 'phone' | 'list' | 'line'

export interface Choice {
  value: string
  text: Text
}

/** One column of a register. Blank is unknown, never 0. */
export interface Column {
  /** The field's name in a record: English, with its unit where it has one (`heightM`). */
  key: string
  /** What stands over the column; the Chinese one is what a county's own table (台账) has. */
  head: Text
  /** Other heads that mean the same. */
  also?: readonly string[]
  type: ColumnType
  /** Of a line: a ring round an area, its last point its first. */
  closed?: true
  unit?: Text
  needed?: true
  /** Of numbers. */
  min?: number
  max?: number
  /** Of a choice; of a list, whose items they are. A record holds values, a sheet their words (、 between). */
  choices?: readonly Choice[]
  /** Holds the id (a list: the ids) of a record in this register. */
  refers?: string
  /** What to put in: the prompt of the cell in the template. */
  explain: Text
  /** What the example row of the template has. */
  example: string
}

/**
 * A register: one sheet of a county's tables. `id`, `name`, `nameEn`, `lon`, `lat`, `source` and `asOf` are
 * columns of every register and not listed again; `position` says whether a row stands somewhere on the map.
 */
export interface Register {
  key: string
  sheet: Text
  /** The workbook it lies in, without its ending. */
  book: string
  position: 'needed' | 'expected' | 'none'
  /** Each row is a person: its name is not sent to the page before accounts exist. */
  persons?: true
  columns: readonly Column[]
  /** GB/T 35649-2017: code of the symbol, its group and the 2–4 characters beside it; none = not on the map. */
  symbol?: { code: string; group: 'incident' | 'hazard' | 'target' | 'resource'; label: Text }
}

export type FieldValue = string | number | boolean | null | string[] | [number, number][]
