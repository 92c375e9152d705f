import { REGISTERS } from '../../server/contract/registers/index.ts'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { type Area, type Bbox, type LonLat, bboxContains } from '../../server/contract/geo.ts'
import type { RecordPersons, RegisterRecord } from '../../server/contract/registers/record.ts'
import { areaContains } from '../../geodata/formats/border.ts'
import { partPersons } from '../../geodata/formats/tables/persons.ts'
import { type Book, readTables } from '../../geodata/formats/tables/read.ts'
import { readBook } from '../../geodata/formats/workbook.ts'
import { grown } from '../../geodata/tiles/mercator.ts'
import { type Folder, named, readSource } from './folder.ts'

type FileHash = { name: string; sha256: string }

/** A county's registers, with persons kept apart. */
export interface Registers {
  records: RegisterRecord[]
  persons: RecordPersons[]
  /** The workbooks that they came from. */
  sources: FileHash[]
  notes: Text[]
}

/**
 * All registers of the folder's workbooks; one bad cell refuses them all.
 * @throws Refusal book_*, table_*, zip_*, lon_lat_swapped; what `onFile` throws
 */
export async function readRegisters(
  folder: Folder,
  { bbox, border }: { bbox: Bbox; border: Area | null },
  onFile: (done: number) => Promise<void>,
): Promise<Registers> {
  const books: Book[] = []
  const hashes: FileHash[] = []
  for (const [i, name] of folder.books.entries()) {
    const { bytes, sha256 } = readSource(folder, name)
    const sheets = await readBook(name, bytes).catch((error: unknown) => {
      throw named(name, error)
    })
    books.push({ file: name, sheets })
    hashes.push({ name, sha256 })
    await onFile((i + 1) / folder.books.length)
  }
  const { records, files, notes } = readTables(REGISTERS, books)
  return {
    ...partPersons(records, REGISTERS),
    sources: hashes.filter(({ name }) => files.includes(name)),
    notes: [
      ...notes,
      ...unplacedNote(records),
      ...positionNotes(records, bbox),
      ...outsideNote(records, border),
    ],
  }
}

const PLACED = new Set(REGISTERS.filter(({ position }) => position !== 'none').map(({ key }) => key))

function unplacedNote(records: readonly RegisterRecord[]): Text[] {
  const wanted = records.filter(({ register }) => PLACED.has(register))
  const missing = wanted.filter(({ at }) => at === null).length
  if (missing === 0) return []
  return [
    {
      zh: `台账 ${wanted.length} 行中有 ${missing} 行待落图（没有经纬度）`,
      en: `${missing} of ${wanted.length} register rows are still without a position`,
    },
  ]
}

function positionNotes(records: readonly RegisterRecord[], bbox: Bbox): Text[] {
  const names = new Map(REGISTERS.map(({ key, sheet }) => [key, sheet]))
  const byRegister = new Map<string, { name: string; at: LonLat }[]>()
  for (const { register, name, at } of records) {
    if (at === null) continue
    let rows = byRegister.get(register)
    if (!rows) byRegister.set(register, (rows = []))
    rows.push({ name, at })
  }
  return [...byRegister].flatMap(([key, rows]) => farNote(names.get(key)!, rows, bbox))
}

/** A county's own things lie within its border; a few of a neighbour's may be meant, many are mistyped. */
function outsideNote(records: readonly RegisterRecord[], border: Area | null): Text[] {
  const outside = border === null ? [] : records.filter(({ at }) => at !== null && !areaContains(border, at))
  if (outside.length === 0) return []
  const some = someNames(outside)
  return [
    {
      zh: `台账中有 ${outside.length} 行在县界之外，如 ${some.zh}；请核对`,
      en: `${outside.length} register rows lie outside the border, e.g. ${some.en}; check them`,
    },
  ]
}

/**
 * Rows far from every road are most likely mistyped.
 * @throws Refusal lon_lat_swapped
 */
export function farNote(table: Text, rows: { name: string; at: LonLat }[], bbox: Bbox): Text[] {
  const around = grown(bbox, 0.2, 0.05, 0.5)
  const far = rows.filter(({ at }) => !bboxContains(around, at))
  const swapped = far.filter(({ at: [lon, lat] }) => bboxContains(around, [lat, lon]))
  if (swapped.length > 0) throw rowsSwapped(table, swapped)
  if (far.length === 0) return []
  const some = someNames(far)
  return [
    {
      zh: `${table.zh} 中有 ${far.length} 行在道路范围之外，如 ${some.zh}；请核对经纬度`,
      en: `${far.length} rows of ${table.en} lie outside the roads, e.g. ${some.en}; check their coordinates`,
    },
  ]
}

const someNames = (rows: { name: string }[]): Text => {
  const some = rows.slice(0, 3).map(({ name }) => name)
  return { zh: some.join('、'), en: some.join(', ') }
}

function rowsSwapped(table: Text, rows: { name: string }[]): Refusal {
  const some = someNames(rows)
  return new Refusal(
    'lon_lat_swapped',
    422,
    {
      zh: `${table.zh} 中有 ${rows.length} 行经纬度颠倒，如 ${some.zh}`,
      en: `${rows.length} rows of ${table.en} have lon and lat swapped, e.g. ${some.en}`,
    },
    { zh: '对调经度和纬度两列后重新导入', en: 'Swap the columns lon and lat and import again' },
    table.zh,
  )
}
