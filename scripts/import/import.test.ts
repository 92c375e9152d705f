import { type ChildProcess, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { County } from '../../server/contract/county.ts'
import { Facility, Settlement, Team } from '../../server/contract/entities.ts'
import { Refusal } from '../../server/contract/errors.ts'
import { openGraph } from '../../server/algo/graph.ts'
import { countiesDir, countyDir } from '../../geodata/counties.ts'
import {
  type Fixture,
  type FixtureNode,
  type FixtureWay,
  writePbf,
} from '../../geodata/formats/pbf.fixture.ts'
import { openMbtiles } from '../../geodata/mbtiles.ts'
import { type ImportOptions, importCounty } from './run.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NOW = '2026-05-01T00:00:00.000Z'

let base: string
let data: string
let pack: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'import-'))
  data = join(base, 'data')
  pack = join(base, 'Fushan')
  mkdirSync(pack)
})
afterEach(() => rmSync(base, { recursive: true }))

/** Streets in a square grid, `step` degrees apart, from 112°E 36°N. */
function grid(side: number, step: number): Fixture {
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

const put = (name: string, content: Uint8Array | string): void => writeFileSync(join(pack, name), content)
const run = (options: Partial<ImportOptions> = {}) =>
  importCounty({ folder: pack, dataDir: data, now: () => NOW, ...options })
const refused = async (options: Partial<ImportOptions> = {}): Promise<Refusal> => {
  const error = await run(options).catch((e: unknown) => e)
  if (error instanceof Refusal) return error
  throw error instanceof Error ? error : new Error('was not refused')
}
const read = (file: string, id = 'fushan'): unknown =>
  JSON.parse(readFileSync(join(countyDir(data, id), file), 'utf8'))
const heights = (): Uint8Array => new Uint8Array(1201 * 1201 * 2)

/** Every file of the county with its content, to tell whether anything changed. */
function snapshot(id = 'fushan'): Record<string, string> {
  const dir = countyDir(data, id)
  return Object.fromEntries(
    readdirSync(dir).map(name => [name, readFileSync(join(dir, name)).toString('base64')]),
  )
}
const beside = (): string[] => readdirSync(countiesDir(data)).sort()

describe('a folder becomes a county', () => {
  test('with everything in it', async () => {
    put('roads.osm.pbf', writePbf(grid(6, 0.01)))
    put('N36E112.hgt.zip', zipSync({ 'N36E112.hgt': heights() }))
    put('teams.csv', '\ufeff名称,类别,经度,纬度\n矿山救护队,矿山,112.02,36.02\n')
    put('list.xlsx', 'PK')
    put('pack.json', JSON.stringify({ name: '浮山县', nameEn: 'Fushan', attribution: ['县应急局'] }))
    const { county, counts } = await run()
    expect(County.parse(read('county.json'))).toEqual(county)
    expect(county).toMatchObject({
      id: 'fushan',
      name: '浮山县',
      nameEn: 'Fushan',
      timeZone: 'Asia/Shanghai',
      bbox: [112, 36, 112.05, 36.05],
      fictional: false,
      attribution: ['© OpenStreetMap contributors (ODbL 1.0)', '县应急局'],
      importedAt: NOW,
      roadsAsOf: '2026-04-04T20:20:37.000Z',
    })
    expect(Object.keys(county.parts).sort()).toEqual(
      ['base', 'facilities', 'people', 'roads', 'teams', 'terrain'].sort(),
    )
    for (const part of Object.values(county.parts)) {
      expect(statSync(join(countyDir(data, 'fushan'), part.file)).size).toBe(part.bytes)
    }
    expect(county.parts.teams!.madeFrom[0].file).toBe('teams.csv')
    expect(county.notes.map(n => n.en).join('\n')).toMatch(/list\.xlsx was not read/)
    expect(counts).toMatchObject({ nodes: 36, ways: 12, teams: 1, places: 1, facilities: 1 })

    const teams = Team.array().parse(read('teams.json'))
    expect(teams.map(t => t.kind)).toEqual(['mine'])
    expect(Settlement.array().parse(read('people.json'))[0].people).toBe(1204)
    expect(Facility.array().parse(read('facilities.json'))[0].source.asOf).toBe(county.roadsAsOf)
    const graph = readFileSync(join(countyDir(data, 'fushan'), 'roads.graph'))
    expect(openGraph(new Uint8Array(graph).buffer).arcs).toBeGreaterThan(100)
    for (const file of ['base.mbtiles', 'terrain.mbtiles']) {
      const tiles = openMbtiles(join(countyDir(data, 'fushan'), file))
      expect(Number(tiles.metadata.maxzoom)).toBeGreaterThan(9)
      tiles.close()
    }
    expect(beside()).toEqual(['fushan'])
  })

  test('with nothing but roads, and says what it lacks', async () => {
    put('a.osm.pbf', writePbf({ ...grid(3, 0.01), asOf: undefined }))
    const { county } = await run({ id: 'x1', name: '一县' })
    expect(county).toMatchObject({ id: 'x1', name: '一县', roadsAsOf: null })
    expect(county.parts.terrain).toBeUndefined()
    const notes = county.notes.map(n => n.en).join('\n')
    expect(notes).toMatch(/no terrain/)
    expect(notes).toMatch(/does not say when it was true/)
  })

  test('terrain that covers a part, holes in it, or lies elsewhere is noted', async () => {
    put('a.osm.pbf', writePbf(grid(5, 0.4)))
    const bytes = heights()
    new DataView(bytes.buffer).setInt16(1201 * 600 * 2, -32768)
    put('N36E112.hgt', bytes)
    const notes = (await run()).county.notes.map(n => n.en).join('\n')
    expect(notes).toMatch(/does not cover \d+\.\d % of the roads/)
    expect(notes).toMatch(/1 void samples/)
    rmSync(join(pack, 'N36E112.hgt'))
    put('N10E010.hgt', heights())
    const { county } = await run()
    expect(county.notes.map(n => n.en).join('\n')).toMatch(/None of the terrain/)
    expect(county.parts.terrain).toBeUndefined()
  })
})

describe('refused, and the county that was there stays', () => {
  let before: Record<string, string>
  beforeEach(async () => {
    put('a.osm.pbf', writePbf(grid(3, 0.01)))
    await run()
    before = snapshot()
  })
  afterEach(() => {
    expect(snapshot()).toEqual(before)
    expect(beside()).toEqual(['fushan'])
  })

  test.each<[string, Record<string, Uint8Array | string>, string, string | undefined]>([
    [
      'a damaged road file',
      { 'a.osm.pbf': writePbf(grid(3, 0.01)).subarray(0, -9) },
      'pbf_truncated',
      'a.osm.pbf',
    ],
    ['a web page', { 'a.osm.pbf': '<html>not found</html>' }, 'pbf_not_osm', 'a.osm.pbf'],
    ['a damage found in the second pass', { 'a.osm.pbf': damagedNodes() }, 'pbf_damaged', 'a.osm.pbf'],
    ['no roads', { 'a.osm.pbf': writePbf({ nodes: grid(2, 1).nodes }) }, 'no_roads', 'a.osm.pbf'],
    ['two road files', { 'b.osm.pbf': 'x' }, 'many_road_files', undefined],
    [
      'a bad row late in the import',
      { 'teams.csv': 'name,kind,lon,lat\nx,fire,1,x' },
      'register_rows_bad',
      'teams.csv:2:lat',
    ],
    ['two registers of a kind', { 'teams.csv': '', 'teams.geojson': '' }, 'many_registers', undefined],
    ['terrain of a wrong size', { 'N36E112.hgt': 'short' }, 'hgt_size', 'N36E112.hgt'],
    [
      'a zip without heights',
      { 'N36E112.hgt.zip': zipSync({ 'a.txt': heights() }, { level: 0 }) },
      'zip_no_hgt',
      'N36E112.hgt.zip',
    ],
    ['a TIFF that is none', { 'dem.tif': 'II*' }, 'geotiff_unreadable', 'dem.tif'],
    ['a pack.json that says too much', { 'pack.json': '{"nmae":"x"}' }, 'pack_unreadable', 'pack.json'],
    ['a time zone that is none', { 'pack.json': '{"timeZone":"Mars/Base"}' }, 'pack_unreadable', 'pack.json'],
  ])('%s', async (_, files, code, at) => {
    for (const [name, content] of Object.entries(files)) put(name, content)
    const error = await refused()
    expect([error.code, error.at]).toEqual([code, at])
    expect(error.text.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(error.remedy?.zh).toBeTruthy()
    expect(error.remedy?.en).toBeTruthy()
  })

  test('a missing folder, a file for a folder, a name that gives no id', async () => {
    expect((await refused({ folder: join(base, 'nowhere') })).code).toBe('folder_missing')
    expect((await refused({ folder: join(pack, 'a.osm.pbf') })).code).toBe('folder_is_file')
    mkdirSync(join(base, '浮山'))
    writeFileSync(join(base, '浮山', 'a.osm.pbf'), writePbf(grid(3, 0.01)))
    expect((await refused({ folder: join(base, '浮山') })).code).toBe('bad_id')
  })

  test('stopped in the middle', async () => {
    const stop = new AbortController()
    put('a.osm.pbf', writePbf(grid(60, 0.005)))
    const fraction = (): void => stop.abort(new Error('stopped'))
    const progress = { step: () => {}, fraction, end: () => {} }
    await expect(run({ progress, signal: stop.signal })).rejects.toThrow('stopped')
  })
})

/** A file whose node block alone is damaged: a latitude of 200°. */
function damagedNodes(): Uint8Array {
  const fixture = grid(3, 0.01)
  fixture.nodes![4].lat = 200
  return writePbf(fixture)
}

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--import', 'tsx', 'scripts/import.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, FENGTU_DATA: data },
  })

const ended = (child: ChildProcess): Promise<{ code: number | null; text: string }> =>
  new Promise(resolve => {
    let text = ''
    child.stdout!.on('data', part => (text += part))
    child.stderr!.on('data', part => (text += part))
    child.on('close', code => resolve({ code, text }))
  })

const until = async (holds: () => boolean): Promise<void> => {
  for (let i = 0; i < 3000 && !holds(); i++) await new Promise(resolve => setTimeout(resolve, 5))
  expect(holds()).toBe(true)
}

const building = (): boolean =>
  existsSync(countiesDir(data)) && beside().some(name => name.startsWith('.fushan.tmp-'))

describe('the command', () => {
  test('imports, in plain lines, and says what it did', async () => {
    put('a.osm.pbf', writePbf(grid(5, 0.01)))
    const { code, text } = await ended(start(pack))
    expect(code).toBe(0)
    expect(text).toMatch(/\[5\/5\].*draw the terrain/)
    expect(text).toMatch(/Fushan（fushan）已导入/)
    expect(text).not.toContain('\r')
  }, 30_000)

  test('unknown options, no folder, a bad id: one sentence with code and remedy, exit 1', async () => {
    for (const [args, code] of [
      [['--fast', pack], 'usage'],
      [[], 'usage'],
      [[pack, '--id', 'Fu Shan'], 'bad_id'],
      [[join(base, 'none')], 'folder_missing'],
    ] as const) {
      const { code: exit, text } = await ended(start(...args))
      expect([exit, text]).toEqual([1, expect.stringContaining(`[${code}]`)])
      expect(text).toContain('→')
    }
    expect(existsSync(data)).toBe(false)
  }, 60_000)

  test('kill -9 leaves the county that was there, and the next import clears up', async () => {
    put('a.osm.pbf', writePbf(grid(5, 0.01)))
    await run()
    const before = snapshot()
    put('a.osm.pbf', writePbf(grid(120, 0.005)))
    const child = start(pack)
    const end = ended(child)
    await until(building)
    // A second import meanwhile is turned away.
    expect((await refused()).code).toBe('import_running')
    child.kill('SIGKILL')
    await end
    expect(snapshot()).toEqual(before)
    put('a.osm.pbf', writePbf(grid(4, 0.01)))
    const { county } = await run()
    expect(county.bbox).toEqual([112, 36, 112.03, 36.03])
    expect(beside()).toEqual(['fushan'])
  }, 60_000)

  test('SIGTERM cleans up after itself', async () => {
    put('a.osm.pbf', writePbf(grid(120, 0.005)))
    const child = start(pack)
    const end = ended(child)
    await until(building)
    child.kill('SIGTERM')
    const { code, text } = await end
    expect([code, text]).toEqual([143, expect.stringContaining('Interrupted')])
    expect(beside()).toEqual([])
  }, 60_000)
})

const ANDORRA = fileURLToPath(new URL('../../../shared/data/andorra', import.meta.url))
if (!existsSync(ANDORRA)) console.log('SKIPPED: Andorra (../shared/data/andorra is missing)')
test.skipIf(!existsSync(ANDORRA))(
  'Andorra, whole (needs ../shared/data)',
  async () => {
    const started = performance.now()
    const { county, counts } = await run({ folder: ANDORRA })
    expect(performance.now() - started).toBeLessThan(30_000)
    expect(county).toMatchObject({ id: 'andorra', name: 'Andorra', roadsAsOf: '2026-04-04T20:20:37.000Z' })
    expect(counts).toMatchObject({ ways: 8243, places: 70, teams: 23 })
    expect(counts.baseTiles).toBeGreaterThan(300)
    expect(counts.terrainTiles).toBeGreaterThan(30)
    const tiles = openMbtiles(join(countyDir(data, 'andorra'), 'base.mbtiles'))
    expect(tiles.tile(14, 8261, 6043)).not.toBeNull()
    tiles.close()
  },
  60_000,
)
