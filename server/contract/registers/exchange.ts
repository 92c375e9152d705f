import type { Text } from '../errors.ts'
import type { LonLat } from '../geo.ts'
import type { RecordPersons, RegisterRecord } from './record.ts'

/** What the positions of a file are in; `wgs84` is CGCS2000 too (they differ by centimetres). */
export const DATUMS = ['wgs84', 'gcj02', 'bd09'] as const
export type Datum = (typeof DATUMS)[number]
export const DATUM_NAMES: Record<Datum, Text> = {
  wgs84: { zh: 'CGCS2000 / WGS84', en: 'CGCS2000 / WGS84' },
  gcj02: { zh: 'GCJ-02（高德、腾讯）', en: 'GCJ-02 (Amap, Tencent)' },
  bd09: { zh: 'BD-09（百度）', en: 'BD-09 (Baidu)' },
}

/** What of a file is asked about or objected to: a cell, or a row's place where the file has no cells. */
export interface CellPlace {
  sheet: string
  /** As the sheet counts it, from 1; of GeoJSON and KML the number of the feature. 0 = the heads of such a file. */
  row: number
  /** Letters of the column; null where the file has none. */
  column: string | null
  head: string
}

export interface CellFault {
  at: CellPlace
  /** `at` in words. */
  place: Text
  text: Text
  remedy: Text
}

/** One row of a file, read. */
export interface ReadRow {
  sheet: string
  row: number
  register: string
  /** Without persons; with harmless values where `faults` has something. */
  record: RegisterRecord
  /** Names and telephone numbers of the columns that the file has; null where it says nothing of persons. */
  persons: RecordPersons | null
  /** Whether the row has an id of its own; else `record.id` was made of its number. */
  hasId: boolean
  /** Whether the row says where it is from; else `record.source` has the file's name. */
  hasSource: boolean
  /** The position before its datum was taken off. */
  asRead: LonLat | null
  faults: CellFault[]
  warnings: CellFault[]
}

export interface ReadSheet {
  name: string
  /** Null where it holds no register that is known. */
  register: string | null
  /** What stands where, by the column's key: `column` as letters, `head` as the sheet has it. */
  columns: Record<string, { column: string | null; head: string }>
  /** Heads that mean nothing here. */
  ignored: CellPlace[]
  /** Why nothing of this sheet was read: a needed column is missing, a column is in another unit. */
  faults: CellFault[]
  rows: ReadRow[]
}

export interface RegisterFile {
  file: string
  format: 'xlsx' | 'csv' | 'geojson' | 'kml'
  encoding: string | null
  sheets: ReadSheet[]
  /** Sheets that are hidden and were not read. */
  hidden: string[]
  /** What to know of the file as a whole: sheets left out, an encoding that was guessed. */
  notes: Text[]
}

export type Outcome = 'added' | 'changed' | 'same' | 'refused'

/** A value that an import changes: a field's key, or `name nameEn at source asOf`. */
export interface ValueChange {
  column: string
  from: unknown
  to: unknown
}

export interface PreviewRow {
  sheet: string
  row: number
  register: string
  /** The world's id where the row is one of the world's. */
  id: string
  /** Of a registered person its id. */
  name: string
  what: Outcome
  changes?: ValueChange[]
  /** Of the names and telephone numbers beside it; only for whoever may see those. */
  persons?: ValueChange[]
  faults?: CellFault[]
  warnings?: CellFault[]
}

export interface DropOffered {
  register: string
  id: string
  name: string
  rev: number
}

/** What `saveRecords` takes. */
export interface SaveRecordsInput {
  put: { record: RegisterRecord; ifRev: number | null }[]
  drop: { register: string; id: string; ifRev: number }[]
  note: string
}

/** What becomes of the names and telephone numbers beside a row. */
export interface PersonsChange {
  /** As a whole, columns that the file does not have too. */
  kept: RecordPersons
  changes: ValueChange[]
  /** The change that had last saved them. */
  ifRev: number | null
}

export interface Preview {
  rows: PreviewRow[]
  /** `persons`: rows beside which names or telephone numbers change; they are `added` or `changed`. */
  sums: Record<Outcome, number> & { sheetsRefused: number; dropped: number; persons: number }
  /** In the world, in registers that the file has, and in no row of it. Never dropped unless asked for. */
  dropsOffered: DropOffered[]
  /** Registers in which nothing is dropped though asked for: a row of theirs was refused. */
  dropsHeldBack: string[]
  command: SaveRecordsInput
  /** Of the rows that are not refused, under the ids that they have in the world. */
  persons: RecordPersons[]
  /** Where what is kept was given: what of it changes. */
  personsChanged: PersonsChange[]
}
