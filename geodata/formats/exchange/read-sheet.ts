import type { LonLat } from '../../../server/contract/geo.ts'
import type { CellFault, Datum, ReadRow, ReadSheet } from '../../../server/contract/registers/exchange.ts'
import type { RecordPersons, RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import type { Table } from '../tables/heads.ts'
import { isPersonal, partPersons } from '../tables/persons.ts'
import { headTroubles } from '../tables/read.ts'
import { readRows, type TableRow } from '../tables/rows.ts'
import type { BookSheet } from '../workbook.ts'
import { type County, placeDoubt } from './county.ts'
import { toWgs84 } from './datum.ts'
import { cellFault, cellPlace, faultAt } from './places.ts'

interface Options extends County {
  datum?: Datum
  /** Told of every so many rows that are read. */
  onRow?: (rows: number) => void
}
const TELL_EVERY = 500

/** A register's sheet, row by row; no row where its heads are wrong. */
export function readSheet(file: string, sheet: BookSheet, table: Table, options: Options): ReadSheet {
  const headRow = sheet.numbers?.[table.headRow] ?? table.headRow + 1
  const at = (column: number | null) =>
    cellPlace(sheet, headRow, column, column === null ? '' : table.heads[column])
  const faults = headTroubles(file, sheet, table).map(({ refusal, column }) =>
    faultAt(at(column), { text: refusal.text, remedy: refusal.remedy! }),
  )
  const rows = faults.length > 0 ? [] : readRows(file, sheet, table)
  return {
    name: sheet.name,
    register: table.register.key,
    columns: Object.fromEntries(
      [...table.place].map(([key, column]) => {
        const { column: letters, head } = at(column)
        return [key, { column: letters, head }]
      }),
    ),
    ignored: table.ignoredAt.map(at),
    faults,
    rows: rows.map((row, i) => {
      if (i % TELL_EVERY === 0) options.onRow?.(i)
      return readRow(sheet, table, row, options)
    }),
  }
}

/** A sheet with something in it that is no known register. */
export const strangeSheet = (sheet: BookSheet): ReadSheet => ({
  name: sheet.name,
  register: null,
  columns: {},
  ignored: [],
  faults: [faultAt(cellPlace(sheet, 0, null, ''), UNKNOWN)],
  rows: [],
})

/** So many are named one by one; the last says how many there are. */
const MOST_NAMED = 20

/** Members of a collection of features that are none, each named by its number. */
export function strangeFeatures(name: string, numbers: readonly number[]): ReadSheet {
  const place = { name, cells: false as const }
  const faults = numbers.slice(0, MOST_NAMED).map((number, i) => {
    const rest = i === MOST_NAMED - 1 ? numbers.length - MOST_NAMED : 0
    const more = rest > 0 ? { zh: `（另有 ${rest} 个）`, en: ` (and ${rest} more)` } : { zh: '', en: '' }
    const text = {
      zh: `第 ${number} 个要素是空的，或不是要素${more.zh}`,
      en: `feature ${number} is empty, or no feature${more.en}`,
    }
    return faultAt(cellPlace(place, number, null, ''), { text, remedy: NO_FEATURE })
  })
  return { name, register: null, columns: {}, ignored: [], faults, rows: [] }
}

const NO_FEATURE = {
  zh: '请从 GIS 软件重新导出；每个要素要有 properties，有位置的还要有 geometry。',
  en: 'Export it again from GIS software: each feature has properties, and a geometry where its place is known.',
}

const UNKNOWN = {
  text: { zh: '认不出是哪种台账', en: 'is no register that is known' },
  remedy: {
    zh: '请选定台账，或对照空表改列名；列名须在前 15 行之内。',
    en: 'Choose the register, or name the columns as in the blank table; heads stand in the first 15 rows.',
  },
}

function readRow(sheet: BookSheet, { register, place }: Table, row: TableRow, options: Options): ReadRow {
  const record = inWgs84(register, row.record, options.datum ?? 'wgs84')
  const faults = [...row.faults, ...row.doubts].map(fault => cellFault(sheet, fault))
  const warnings: CellFault[] = []
  if (record.at !== null) {
    const { fault, warning } = placeDoubt(record.at, options)
    if (fault) faults.push(cellFault(sheet, { where: row.where('lat'), ...fault }))
    if (warning) warnings.push(cellFault(sheet, { where: row.where('lon'), ...warning }))
  }
  const {
    records: [open],
    persons: [kept],
  } = partPersons([record], [register])
  return {
    sheet: sheet.name,
    row: row.row,
    register: register.key,
    record: open,
    persons: personsOf(register, place, record, kept),
    hasId: row.hasId,
    hasSource: row.given.has('source'),
    asRead: row.record.at,
    faults,
    warnings,
  }
}

function inWgs84(register: Register, record: RegisterRecord, datum: Datum): RegisterRecord {
  if (datum === 'wgs84') return record
  const fields = { ...record.fields }
  for (const { key, type } of register.columns) {
    const line = fields[key]
    if (type === 'line' && Array.isArray(line)) {
      fields[key] = (line as LonLat[]).map(point => toWgs84(point, datum))
    }
  }
  return { ...record, at: record.at && toWgs84(record.at, datum), fields }
}

/** What the columns that are there say of persons; blank ones are null. A person named by the id is not named. */
function personsOf(
  register: Register,
  place: ReadonlyMap<string, number>,
  { id, name, nameEn }: RegisterRecord,
  kept: RecordPersons | undefined,
): RecordPersons | null {
  const columns = register.columns.filter(({ key, type }) => isPersonal(type) && place.has(key))
  const named = register.persons && name !== id ? { name, ...(nameEn === undefined ? {} : { nameEn }) } : {}
  if (columns.length === 0 && !('name' in named)) return null
  const fields = Object.fromEntries(columns.map(({ key }) => [key, kept?.fields[key] ?? null]))
  return { register: register.key, id, ...named, fields }
}
