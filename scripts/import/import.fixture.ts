import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Refusal } from '../../server/contract/errors.ts'
import { countiesDir, countyDir } from '../../geodata/counties.ts'
import type { Fixture, FixtureNode, FixtureWay } from '../../geodata/formats/pbf.fixture.ts'
import { type ImportOptions, type Imported, importCounty } from './run.ts'

export const NOW = '2026-05-01T00:00:00.000Z'

/** Streets in a square grid, `step` degrees apart, from 112°E 36°N. */
export function grid(side: number, step: number): Fixture {
  const nodes: FixtureNode[] = []
  const ways: FixtureWay[] = []
  const id = (x: number, y: number): number => y * side + x + 1
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) nodes.push({ id: id(x, y), lon: 112 + x * step, lat: 36 + y * step })
  }
  for (let i = 0; i < side; i++) {
    const along = Array.from({ length: side }, (_, k) => k)
    ways.push({ id: i + 1, refs: along.map(k => id(k, i)), tags: { highway: 'secondary', name: `横${i}路` } })
    ways.push({ id: side + i + 1, refs: along.map(k => id(i, k)), tags: { highway: 'residential' } })
  }
  nodes[0].tags = { place: 'village', name: '王家庄', population: '1204' }
  nodes[1].tags = { amenity: 'fire_station', name: '县消防站' }
  return { nodes, ways, asOf: '2026-04-04T20:20:37.000Z' }
}

/** A folder `Fushan` to import and a data folder, in a place of their own. */
export interface Workspace {
  base: string
  data: string
  pack: string
  put(name: string, content: Uint8Array | string): void
  run(options?: Partial<ImportOptions>): Promise<Imported>
  /** The refusal that an import ends with; throws when it ends otherwise. */
  refused(options?: Partial<ImportOptions>): Promise<Refusal>
  read(file: string): unknown
  /** Every file of the county with its content, to tell whether anything changed. */
  snapshot(): Record<string, string>
  /** What lies in `counties/`. */
  beside(): string[]
  remove(): void
}

export function workspace(): Workspace {
  const base = mkdtempSync(join(tmpdir(), 'import-'))
  const data = join(base, 'data')
  const pack = join(base, 'Fushan')
  mkdirSync(pack)
  const dir = countyDir(data, 'fushan')
  const run = (options: Partial<ImportOptions> = {}): Promise<Imported> =>
    importCounty({ folder: pack, dataDir: data, now: () => NOW, ...options })
  return {
    base,
    data,
    pack,
    put(name, content) {
      mkdirSync(dirname(join(pack, name)), { recursive: true })
      writeFileSync(join(pack, name), content)
    },
    run,
    async refused(options) {
      const error: unknown = await run(options).catch((e: unknown) => e)
      if (error instanceof Refusal) return error
      throw error instanceof Error ? error : new Error('was not refused')
    },
    read: file => JSON.parse(readFileSync(join(dir, file), 'utf8')) as unknown,
    snapshot: () =>
      Object.fromEntries(readdirSync(dir).map(name => [name, readFileSync(join(dir, name), 'base64')])),
    beside: () => readdirSync(countiesDir(data)).sort(),
    remove: () => rmSync(base, { recursive: true }),
  }
}
