import { zipSync } from 'fflate'
import type { Lang, Text } from '../../../server/contract/errors.ts'
import type { RecordPersons, RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { joinPersons } from '../tables/persons.ts'
import { ZIP_DATE } from '../workbook-write.ts'
import { writeRegisterCsv } from './write-csv.ts'
import { writeRegisterGeojson } from './write-geojson.ts'
import { writeRegisterKml } from './write-kml.ts'
import { writeRegisterXlsx } from './write-xlsx.ts'

export const EXPORT_FORMATS = ['xlsx', 'csv', 'geojson', 'kml'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** How registers are written out. */
export interface Export {
  lang: Lang
  /** Marks the file as 虚构示范数据. */
  fictional: boolean
  /** When: an instant, ISO UTC. */
  at: string
  county: Text
  /** Without them no column of persons and telephone numbers is written. */
  persons?: readonly RecordPersons[]
}

/** What is written: for each register its rows, with persons where they go along. */
export interface Table {
  register: Register
  records: readonly RegisterRecord[]
}

export interface Written {
  name: string
  type: string
  bytes: Uint8Array
}

const TYPES: Record<ExportFormat | 'zip', string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  geojson: 'application/geo+json',
  kml: 'application/vnd.google-earth.kml+xml',
  zip: 'application/zip',
}

/**
 * Registers as one file; several of them as CSV are a zip of files. Read again it changes nothing; the same rows
 * give the same bytes.
 */
export async function writeRegisters(
  format: ExportFormat,
  registers: readonly Register[],
  records: readonly RegisterRecord[],
  about: Export,
): Promise<Written> {
  const all = about.persons ? joinPersons(records, about.persons) : records
  const byRegister = new Map<string, RegisterRecord[]>(registers.map(({ key }) => [key, []]))
  for (const record of all) byRegister.get(record.register)?.push(record)
  const tables = registers.map(register => ({ register, records: byRegister.get(register.key)! }))
  const subject = registers.length === 1 ? registers[0].sheet[about.lang] : SUBJECT[about.lang]
  const open = about.persons ? `-${WITH_PERSONS[about.lang]}` : ''
  const name = `${about.county[about.lang]}-${subject}${open}`.replace(/[\\/:*?"<>|\s]+/g, '-')
  const file = (kind: ExportFormat | 'zip', bytes: Uint8Array): Written => ({
    name: `${name}.${kind}`,
    type: TYPES[kind],
    bytes,
  })
  if (format === 'xlsx') return file(format, await writeRegisterXlsx(tables, about))
  if (format === 'geojson') return file(format, writeRegisterGeojson(tables, about))
  if (format === 'kml') return file(format, writeRegisterKml(tables, about))
  if (tables.length === 1) return file(format, writeRegisterCsv(tables[0], about))
  const files = tables.map(table => [`${table.register.sheet.zh}.csv`, writeRegisterCsv(table, about)])
  return file('zip', zipSync(Object.fromEntries(files), { mtime: ZIP_DATE, os: 0 }))
}

/** Whoever finds the file later sees by its name that it is not for everybody. */
const WITH_PERSONS = { zh: '含姓名电话', en: 'with-names-and-telephones' }
const SUBJECT = { zh: '台账', en: 'registers' }
