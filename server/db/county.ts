import { createHash } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { County, PART_VERSIONS } from '../contract/county.ts'
import type { ImportedCounty, PartName } from '../contract/county.ts'
import { Facility, Settlement, Team } from '../contract/entities.ts'
import { Refusal } from '../contract/errors.ts'
import { Area } from '../contract/geo.ts'
import { RegisterRecord } from '../contract/registers/record.ts'

/** A county folder as it was read, once and whole. */
export interface LoadedCounty {
  id: string
  folder: string
  data: ImportedCounty
  /** What of `data` is sent, as JSON, and its hash, which changes with every import. */
  json: Uint8Array
  etag: string
  graph: SharedArrayBuffer
}

/**
 * Reads `counties/ID`. Nothing of it is used unless all of it fits together.
 * @throws Refusal 500 `county_broken` | `county_version`, whose remedy is an import.
 */
export async function readCounty(folder: string): Promise<LoadedCounty> {
  const id = basename(folder)
  try {
    const raw: unknown = JSON.parse(await readFile(join(folder, 'county.json'), 'utf8'))
    checkVersions(id, raw)
    const county = County.parse(raw)
    if (county.id !== id) throw new Error(`county.json says ${county.id}`)
    const read = async (part: PartName): Promise<unknown> =>
      JSON.parse(await readFile(partFile(folder, county, part), 'utf8'))
    const list = async <T>(part: PartName, schema: z.ZodType<T>): Promise<T[]> =>
      z.array(schema).parse(await read(part))
    const data: ImportedCounty = {
      county,
      settlements: await list('people', Settlement),
      teams: await list('teams', Team),
      facilities: await list('facilities', Facility),
      records: county.parts.records ? await list('records', RegisterRecord) : [],
      border: county.parts.border ? Area.parse(await read('border')) : null,
    }
    const roads = county.parts.roads!
    const graph = await readShared(partFile(folder, county, 'roads'))
    const sha256 = createHash('sha256').update(new Uint8Array(graph)).digest('hex')
    if (sha256 !== roads.sha256) throw new Error(`${roads.file} is not the file that was imported`)
    const { records: _records, ...sent } = data
    const json = Buffer.from(JSON.stringify(sent))
    const etag = createHash('sha256').update(json).digest('hex')
    return { id, folder, data, json, etag, graph }
  } catch (e) {
    throw e instanceof Refusal ? e : broken(id, e as Error)
  }
}

/** Path of a part's file. @throws Error when the county lacks it or names a file elsewhere. */
export function partFile(folder: string, county: County, part: PartName): string {
  const file = county.parts[part]?.file
  if (file === undefined) throw new Error(`no part "${part}"`)
  if (!/^[\w-][\w.-]*$/.test(file)) throw new Error(`file name "${file}"`)
  return join(folder, file)
}

/** Shared, so that every thread that computes searches the same bytes. */
async function readShared(path: string): Promise<SharedArrayBuffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const shared = new SharedArrayBuffer(size)
    const { bytesRead } = await file.read(new Uint8Array(shared), 0, size, 0)
    if (bytesRead < size) throw new Error(`${basename(path)} ends early`)
    return shared
  } finally {
    await file.close()
  }
}

function checkVersions(id: string, raw: unknown): void {
  const { parts } = z.object({ parts: z.record(z.string(), z.object({ version: z.number() })) }).parse(raw)
  for (const [name, { version }] of Object.entries(parts)) {
    const known = PART_VERSIONS[name as PartName] as number | undefined
    if (version === known) continue
    throw new Refusal(
      'county_version',
      500,
      {
        zh: `县“${id}”的 ${name} 是第 ${version} 版格式，本版本读的是 ${known ?? '无'}`,
        en: `County "${id}": its ${name} has format ${version}, this release reads ${known ?? 'none'}`,
      },
      importAgain(id),
    )
  }
}

function broken(id: string, cause: Error): Refusal {
  const why =
    cause instanceof z.ZodError ? z.prettifyError(cause).split('\n').slice(0, 2).join(' ') : cause.message
  return new Refusal(
    'county_broken',
    500,
    {
      zh: `县“${id}”的数据不完整，未载入（${why}）`,
      en: `County "${id}" is incomplete and was left out (${why})`,
    },
    importAgain(id),
  )
}

const importAgain = (id: string) => ({
  zh: `重新导入：npm run import -- 文件夹 --id ${id}`,
  en: `Import it again: npm run import -- FOLDER --id ${id}`,
})
