import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { County } from '../../server/contract/county.ts'
import { Facility, Settlement, Team } from '../../server/contract/entities.ts'
import { openGraph } from '../../server/algo/roads/graph.ts'
import { countyDir } from '../../geodata/counties.ts'
import { writePbf } from '../../geodata/formats/pbf.fixture.ts'
import { openMbtiles } from '../../geodata/mbtiles.ts'
import { NOW, type Workspace, grid, workspace } from './import.fixture.ts'

// Two cores, shared with other suites: a whole import may take its time.
vi.setConfig({ testTimeout: 60_000 })

let work: Workspace
beforeEach(() => (work = workspace()))
afterEach(() => work.remove())

const heights = (): Uint8Array => new Uint8Array(1201 * 1201 * 2)

describe('a folder becomes a county', () => {
  test('with everything in it', async () => {
    work.put('roads.osm.pbf', writePbf(grid(6, 0.01)))
    work.put('N36E112.hgt.zip', zipSync({ 'N36E112.hgt': heights() }))
    work.put('teams.csv', '\ufeff名称,类别,经度,纬度\n矿山救护队,矿山,112.02,36.02\n')
    work.put('list.xls', 'PK')
    work.put('pack.json', JSON.stringify({ name: '浮山县', nameEn: 'Fushan', attribution: ['县应急局'] }))
    const { county, counts } = await work.run()
    expect(County.parse(work.read('county.json'))).toEqual(county)
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
      expect(statSync(join(countyDir(work.data, 'fushan'), part.file)).size).toBe(part.bytes)
    }
    expect(county.parts.teams!.madeFrom[0].file).toBe('teams.csv')
    expect(county.notes.map(n => n.en).join('\n')).toMatch(/list\.xls was not read/)
    expect(counts).toMatchObject({ nodes: 36, ways: 12, teams: 1, places: 1, facilities: 1 })

    const teams = Team.array().parse(work.read('teams.json'))
    expect(teams.map(t => t.kind)).toEqual(['mine'])
    expect(Settlement.array().parse(work.read('people.json'))[0].people).toBe(1204)
    expect(Facility.array().parse(work.read('facilities.json'))[0].source.asOf).toBe(county.roadsAsOf)
    const graph = readFileSync(join(countyDir(work.data, 'fushan'), 'roads.graph'))
    expect(openGraph(new Uint8Array(graph).buffer).arcs).toBeGreaterThan(100)
    for (const file of ['base.mbtiles', 'terrain.mbtiles']) {
      const tiles = openMbtiles(join(countyDir(work.data, 'fushan'), file))
      expect(Number(tiles.metadata.maxzoom)).toBeGreaterThan(9)
      tiles.close()
    }
    expect(work.beside()).toEqual(['fushan'])
  })

  test('with nothing but roads, and says what it lacks', async () => {
    work.put('a.osm.pbf', writePbf({ ...grid(3, 0.01), asOf: undefined }))
    const { county } = await work.run({ id: 'x1', name: '一县' })
    expect(county).toMatchObject({ id: 'x1', name: '一县', roadsAsOf: null })
    expect(county.parts.terrain).toBeUndefined()
    const notes = county.notes.map(n => n.en).join('\n')
    expect(notes).toMatch(/no terrain/)
    expect(notes).toMatch(/does not say when it was true/)
  })

  test('terrain that covers a part, holes in it, or lies elsewhere is noted', async () => {
    work.put('a.osm.pbf', writePbf(grid(5, 0.4)))
    const bytes = heights()
    new DataView(bytes.buffer).setInt16(1201 * 600 * 2, -32768)
    work.put('N36E112.hgt', bytes)
    const notes = (await work.run()).county.notes.map(n => n.en).join('\n')
    expect(notes).toMatch(/does not cover \d+\.\d % of the roads/)
    expect(notes).toMatch(/1 void samples/)
    rmSync(join(work.pack, 'N36E112.hgt'))
    work.put('N10E010.hgt', heights())
    const { county } = await work.run()
    expect(county.notes.map(n => n.en).join('\n')).toMatch(/None of the terrain/)
    expect(county.parts.terrain).toBeUndefined()
  })
})

describe('refused, and the county that was there stays', () => {
  let before: Record<string, string>
  beforeEach(async () => {
    work.put('a.osm.pbf', writePbf(grid(3, 0.01)))
    await work.run()
    before = work.snapshot()
  })
  afterEach(() => {
    expect(work.snapshot()).toEqual(before)
    expect(work.beside()).toEqual(['fushan'])
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
    [
      'rows swapped where both could be latitudes',
      {
        'a.osm.pbf': writePbf({
          nodes: [{ id: 1, lon: 1.5, lat: 42.5 }, { id: 2, lon: 1.6, lat: 42.6 }], // prettier-ignore
          ways: [{ id: 1, refs: [1, 2], tags: { highway: 'primary' } }],
        }),
        'teams.csv': 'name,kind,lon,lat\nx,fire,42.55,1.55',
      },
      'lon_lat_swapped',
      'teams.csv',
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
    for (const [name, content] of Object.entries(files)) work.put(name, content)
    const error = await work.refused()
    expect([error.code, error.at]).toEqual([code, at])
    expect(error.text.zh).toMatch(/[\u4e00-\u9fff]/)
    expect(error.remedy?.zh).toBeTruthy()
    expect(error.remedy?.en).toBeTruthy()
  })

  test('a missing folder, a file for a folder, a name that gives no id', async () => {
    expect((await work.refused({ folder: join(work.base, 'nowhere') })).code).toBe('folder_missing')
    expect((await work.refused({ folder: join(work.pack, 'a.osm.pbf') })).code).toBe('folder_is_file')
    mkdirSync(join(work.base, '浮山'))
    writeFileSync(join(work.base, '浮山', 'a.osm.pbf'), writePbf(grid(3, 0.01)))
    expect((await work.refused({ folder: join(work.base, '浮山') })).code).toBe('bad_id')
  })

  test('stopped in the middle', async () => {
    const stop = new AbortController()
    work.put('a.osm.pbf', writePbf(grid(60, 0.005)))
    const fraction = (): void => stop.abort(new Error('stopped'))
    const progress = { step: () => {}, fraction, end: () => {} }
    await expect(work.run({ progress, signal: stop.signal })).rejects.toThrow('stopped')
  })
})

/** A file whose node block alone is damaged: a latitude of 200°. */
function damagedNodes(): Uint8Array {
  const fixture = grid(3, 0.01)
  fixture.nodes![4].lat = 200
  return writePbf(fixture)
}

const ANDORRA = fileURLToPath(new URL('../../../shared/data/andorra', import.meta.url))
if (!existsSync(ANDORRA)) console.log('SKIPPED: Andorra (../shared/data/andorra is missing)')
test.skipIf(!existsSync(ANDORRA))(
  'Andorra, whole (needs ../shared/data)',
  async () => {
    const started = performance.now()
    const { county, counts } = await work.run({ folder: ANDORRA })
    expect(performance.now() - started).toBeLessThan(30_000)
    expect(county).toMatchObject({ id: 'andorra', name: 'Andorra', roadsAsOf: '2026-04-04T20:20:37.000Z' })
    expect(counts).toMatchObject({ ways: 8243, places: 70, teams: 23 })
    expect(counts.baseTiles).toBeGreaterThan(300)
    expect(counts.terrainTiles).toBeGreaterThan(30)
    const tiles = openMbtiles(join(countyDir(work.data, 'andorra'), 'base.mbtiles'))
    expect(tiles.tile(14, 8261, 6043)).not.toBeNull()
    tiles.close()
  },
  60_000,
)
