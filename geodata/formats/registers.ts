import {
  FACILITY_KINDS,
  type Facility,
  PLACE_KINDS,
  type Settlement,
  TEAM_KINDS,
  type Team,
} from '../../server/contract/entities.ts'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { readCsv } from './csv.ts'
import { decodeUtf8 } from './text.ts'
import { type Cell, type Fault, KIND_WORDS, type RegisterName, cellReader } from './cells.ts'

interface Registers {
  teams: Team
  places: Settlement
  facilities: Facility
}
export type { RegisterName }

/** Column → its other names. `id`, `name_en`, `source`, `as_of` and the last of a kind may be left out. */
const COLUMNS = {
  id: ['编号'],
  name: ['名称'],
  name_en: ['英文名', 'nameEn'],
  kind: ['类别', '类型'],
  lon: ['经度', 'lng', 'longitude'],
  lat: ['纬度', 'latitude'],
  turnout_min: ['出动分钟', '出动时间'],
  people: ['人口', '常住人口', 'population'],
  source: ['来源'],
  as_of: ['截至', '日期', 'asOf'],
} as const
type Column = keyof typeof COLUMNS

const SHARED: Column[] = ['id', 'name', 'name_en', 'kind', 'lon', 'lat', 'source', 'as_of']
const OWN: Record<RegisterName, Column[]> = { teams: ['turnout_min'], places: ['people'], facilities: [] }
const REQUIRED: Column[] = ['name', 'kind', 'lon', 'lat']
const KINDS: Record<RegisterName, readonly string[]> = {
  teams: TEAM_KINDS,
  places: PLACE_KINDS,
  facilities: FACILITY_KINDS,
}
const MAX_ROWS = 50_000
const MAX_SHOWN = 20

/**
 * Reads a register from CSV or GeoJSON (points; properties named like the columns). All or nothing.
 * @throws Refusal register_* naming file, row, column and remedy; `details.faults` has up to 20 of them
 */
export function readRegister<K extends RegisterName>(
  register: K,
  file: string,
  bytes: Uint8Array,
): { rows: Registers[K][]; notes: Text[] } {
  const table = /\.csv$/i.test(file) ? csvTable(file, bytes) : geojsonTable(file, bytes)
  const columns = [...SHARED, ...OWN[register]]
  const place = new Map<Column, number>()
  const ignored: string[] = []
  for (const [i, head] of table.head.entries()) {
    const column = columns.find(c => [c, ...COLUMNS[c]].some(n => n.toLowerCase() === head.toLowerCase()))
    if (column && !place.has(column)) place.set(column, i)
    else if (head !== '') ignored.push(head)
  }
  for (const column of REQUIRED) if (!place.has(column)) throw missingColumn(file, column)
  if (table.rows.length > MAX_ROWS) throw tooManyRows(file, table.rows.length)

  const faults: Fault[] = []
  const seen = new Map<string, number>()
  const rows: Registers[K][] = []
  for (const { line, cells } of table.rows) {
    const cell = cellReader(line, faults, column => {
      const at = place.get(column as Column)
      return at === undefined ? '' : (cells[at] ?? '')
    })
    const id = cell.text('id', 64) || `${register}-${line}`
    const before = seen.get(id)
    if (before !== undefined)
      cell.fault('id', `编号 ${id} 与第 ${before} 行重复`, `id ${id} is also in row ${before}`)
    seen.set(id, line)
    rows.push(readRow(register, file, id, cell) as Registers[K])
  }
  if (faults.length > 0) throw badRows(file, faults)
  return { rows, notes: ignoredNote(file, ignored) }
}

function readRow(register: RegisterName, file: string, id: string, cell: Cell): Registers[RegisterName] {
  const shared = {
    id,
    name: cell.required('name', 120),
    nameEn: cell.text('name_en', 120) || undefined,
    at: cell.lonLat(),
    source: { name: cell.text('source', 120) || file, asOf: cell.text('as_of', 40) || null },
  }
  const kind = cell.oneOf('kind', KINDS[register], KIND_WORDS[register])
  if (register === 'places') {
    return { ...shared, kind: kind as Settlement['kind'], people: cell.whole('people', 100_000_000) }
  }
  if (register === 'facilities') return { ...shared, kind: kind as Facility['kind'] }
  const minutes = cell.decimal('turnout_min', 0, 1440)
  return {
    ...shared,
    kind: kind as Team['kind'],
    turnoutMs: minutes === null ? null : Math.round(minutes * 60_000),
  }
}

interface Table {
  head: string[]
  rows: { line: number; cells: string[] }[]
}

function csvTable(file: string, bytes: Uint8Array): Table {
  const [head, ...rows] = readCsv(file, bytes)
  return { head: head?.cells ?? [], rows }
}

/** Features become rows numbered from 1; the geometry's point becomes lon and lat. */
function geojsonTable(file: string, bytes: Uint8Array): Table {
  let features: unknown
  try {
    features = (JSON.parse(decodeUtf8(file, bytes).replace(/^\ufeff/, '')) as { features?: unknown }).features
  } catch (error) {
    if (error instanceof Refusal) throw error
  }
  if (!Array.isArray(features)) {
    throw new Refusal(
      'register_geojson',
      422,
      { zh: `${file} 不是 GeoJSON 要素集`, en: `${file} is no GeoJSON FeatureCollection` },
      { zh: '请导出为 FeatureCollection。', en: 'Export it as a FeatureCollection.' },
      file,
    )
  }
  const heads = new Set<string>(['lon', 'lat'])
  const records = (features as unknown[]).map(feature => {
    const { geometry, properties, id } = (feature ?? {}) as Record<string, unknown>
    const point = geometry as { type?: string; coordinates?: unknown[] } | null
    const [lon, lat] = point?.type === 'Point' && Array.isArray(point.coordinates) ? point.coordinates : []
    const record: Record<string, unknown> = { ...(properties as object), lon, lat }
    if (record.id === undefined && id !== undefined) record.id = id
    for (const key of Object.keys(record)) heads.add(key)
    return record
  })
  const head = [...heads]
  return {
    head,
    rows: records.map((record, i) => ({ line: i + 1, cells: head.map(key => cellText(record[key])) })),
  }
}

const cellText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''

function missingColumn(file: string, column: Column): Refusal {
  const names = [column, ...COLUMNS[column]].join(' / ')
  return new Refusal(
    'register_column',
    422,
    { zh: `${file} 缺少列“${names}”`, en: `${file} lacks the column "${names}"` },
    {
      zh: `第一行须为列名；必需的列：${REQUIRED.map(c => `${c}（${COLUMNS[c][0]}）`).join('、')}。`,
      en: `The first row names the columns; needed are ${REQUIRED.join(', ')}.`,
    },
    file,
  )
}

function tooManyRows(file: string, rows: number): Refusal {
  return new Refusal(
    'register_rows',
    413,
    { zh: `${file} 有 ${rows} 行，上限 ${MAX_ROWS}`, en: `${file} has ${rows} rows; ${MAX_ROWS} at most` },
    { zh: '请只保留本县的行。', en: "Keep the county's own rows only." },
    file,
  )
}

function badRows(file: string, faults: Fault[]): Refusal {
  const [{ line, column, text, remedy }] = faults
  const more = faults.length - 1
  return new Refusal(
    'register_rows_bad',
    422,
    {
      zh: `${file} 第 ${line} 行“${column}”列：${text.zh}${more ? `（另有 ${more} 处）` : ''}；整个文件未导入`,
      en: `${file}, row ${line}, column "${column}": ${text.en}${more ? ` (and ${more} more)` : ''}; nothing of the file was imported`,
    },
    remedy,
    `${file}:${line}:${column}`,
    { faults: faults.slice(0, MAX_SHOWN).map(fault => ({ ...fault, place: placeOf(fault) })) },
  )
}

const placeOf = ({ line, column }: Fault): Text => ({
  zh: `第 ${line} 行“${column}”列`,
  en: `row ${line}, column "${column}"`,
})

function ignoredNote(file: string, ignored: string[]): Text[] {
  if (ignored.length === 0) return []
  const names = ignored.slice(0, 10).join(', ')
  return [{ zh: `${file} 中未用的列：${names}`, en: `Columns of ${file} that were not used: ${names}` }]
}
