import { createHash } from 'node:crypto'
import { type Dirent, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import type { RegisterName } from '../../geodata/formats/cells.ts'

/** A file of the folder, with the hash that county.json records. */
export interface SourceFile {
  name: string
  bytes: Uint8Array
  sha256: string
}

/** What lies in an import folder, by name only. */
export interface Folder {
  path: string
  roads: string
  terrain: string[]
  registers: Partial<Record<RegisterName, string>>
  /** Excel workbooks, here and in `registers/`. */
  books: string[]
  border: string | null
  population: string | null
  pack: string | null
  notes: Text[]
}

const REGISTERS: RegisterName[] = ['teams', 'places', 'facilities']

/** Node reads no more into one buffer. */
const MAX_BYTES = 2 * 1024 ** 3 - 1

/**
 * Finds the parts of a county in a folder.
 * @throws Refusal folder_missing, folder_is_file, no_road_file, many_road_files, many_registers
 */
export function scanFolder(path: string): Folder {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw refuse('folder_missing', `文件夹不存在：${path}`, `There is no folder ${path}`, CHECK_PATH)
  if (!stat.isDirectory()) {
    throw refuse('folder_is_file', `${path} 不是文件夹`, `${path} is no folder`, {
      zh: '请把 *.osm.pbf 等文件放进一个文件夹，再给出该文件夹。',
      en: 'Put *.osm.pbf and the rest into a folder and give that folder.',
    })
  }
  const entries = readdirSync(path, { withFileTypes: true })
  const names = filesOf(entries)
  const below = entries.some(entry => entry.name === BELOW && entry.isDirectory())
    ? filesOf(readdirSync(join(path, BELOW), { withFileTypes: true })).map(name => `${BELOW}/${name}`)
    : []
  const matching = (pattern: RegExp): string[] => names.filter(name => pattern.test(name))
  return {
    path,
    roads: onlyRoads(path, matching(/\.pbf$/i)),
    terrain: matching(/\.(hgt|hgt\.zip|tiff?)$/i).filter(name => !POPULATION.test(name)),
    registers: registersIn(matching),
    books: [...names, ...below].filter(name => /\.xls[xm]$/i.test(name)),
    border: only(matching(BORDER)),
    population: only(matching(POPULATION)),
    pack: names.includes('pack.json') ? 'pack.json' : null,
    notes: oldTablesNote([...names, ...below].filter(name => /\.(xls|xlsb|ods|et)$/i.test(name))),
  }
}

/** The folder's own place for workbooks. */
const BELOW = 'registers'
const BORDER = /^(?:boundary|border|县界|边界)\.(?:geo)?json$/i
const POPULATION = /^(?:population|人口)\.tiff?$/i

/** Names in their order; not what is hidden, nor what Excel locks while a book is open. */
const filesOf = (entries: Dirent[]): string[] =>
  entries
    .filter(entry => !/^(?:\.|~\$)/.test(entry.name) && !entry.isDirectory())
    .map(entry => entry.name)
    .sort()

/** @throws Refusal many_registers */
function only(files: string[]): string | null {
  if (files.length > 1) throw tooMany(files)
  return files[0] ?? null
}

const tooMany = (files: string[]): Refusal =>
  refuse(
    'many_registers',
    `${files.join(' 与 ')} 只能有一个`,
    `There can be only one of ${files.join(', ')}`,
    { zh: '请只保留其中一个。', en: 'Keep one of them.' },
  )

function onlyRoads(path: string, files: string[]): string {
  if (files.length === 1) return files[0]
  if (files.length === 0) {
    throw refuse('no_road_file', `${path} 中没有道路数据（*.osm.pbf）`, `${path} has no roads (*.osm.pbf)`, {
      zh: '请放入本县的 OpenStreetMap 摘录，如 Geofabrik 下载后用 osmium extract 裁切。',
      en: "Put the county's OpenStreetMap extract there, e.g. from Geofabrik, cut with osmium extract.",
    })
  }
  throw refuse(
    'many_road_files',
    `${path} 中有 ${files.length} 个道路文件（${files.slice(0, 3).join('、')}），只能有一个`,
    `${path} has ${files.length} road files (${files.slice(0, 3).join(', ')}); there can be one`,
    {
      zh: '请合并：osmium merge 甲.osm.pbf 乙.osm.pbf -o 全部.osm.pbf，只留合并后的。',
      en: 'Merge them: osmium merge a.osm.pbf b.osm.pbf -o all.osm.pbf, and keep that one only.',
    },
  )
}

function registersIn(matching: (pattern: RegExp) => string[]): Folder['registers'] {
  const found: Folder['registers'] = {}
  for (const register of REGISTERS) {
    const files = matching(new RegExp(`^${register}\\.(csv|geojson)$`, 'i'))
    if (files.length > 1) throw tooMany(files)
    if (files.length === 1) found[register] = files[0]
  }
  return found
}

function oldTablesNote(files: string[]): Text[] {
  if (files.length === 0) return []
  const names = files.join(', ')
  return [
    {
      zh: `未读取 ${names}：请在 Excel 或 WPS 中另存为“Excel 工作簿（*.xlsx）”`,
      en: `${names} was not read: save it from Excel or WPS as an Excel workbook (*.xlsx)`,
    },
  ]
}

/**
 * Reads one file of the folder.
 * @throws Refusal file_too_large, file_unreadable
 */
export function readSource(folder: Folder, name: string): SourceFile {
  let bytes: Uint8Array
  try {
    const path = join(folder.path, name)
    if (statSync(path).size > MAX_BYTES) {
      throw refuse('file_too_large', `${name} 超过 2 GiB`, `${name} is larger than 2 GiB`, {
        zh: '请先裁到本县范围：osmium extract -b 西,南,东,北 大文件 -o 本县.osm.pbf',
        en: 'Cut it to the county first: osmium extract -b W,S,E,N big -o county.osm.pbf',
      })
    }
    bytes = readFileSync(path)
  } catch (error) {
    if (error instanceof Refusal) throw error
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw refuse('file_unreadable', `读不了 ${name}（${code}）`, `${name} cannot be read (${code})`, {
      zh: '请检查文件的权限与磁盘。',
      en: "Check the file's permissions and the disk.",
    })
  }
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Runs a reader on a file; a refusal that does not name the file gets its name as its place. */
export function naming<T>(name: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw named(name, error)
  }
}

export function named(name: string, error: unknown): unknown {
  if (!(error instanceof Refusal) || error.at !== undefined) return error
  return new Refusal(error.code, error.status, error.text, error.remedy, name, error.details)
}

export const folderName = (path: string): string => basename(path)

const CHECK_PATH: Text = { zh: '请检查路径。', en: 'Check the path.' }

const refuse = (code: string, zh: string, en: string, remedy: Text): Refusal =>
  new Refusal(code, 422, { zh, en }, remedy)
