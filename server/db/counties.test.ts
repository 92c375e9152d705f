import { mkdirSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Refusal } from '../contract/errors.ts'
import { watchCounties } from './counties.ts'
import type { Counties } from './counties.ts'
import { writeCounty } from './county.fixture.ts'
import { createTiles } from './tiles.ts'

const source = { name: 'test', asOf: null }
let folder: string
let events: string[]
let said: Refusal[]
const watching: Counties[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fengtu-counties-'))
  events = []
  said = []
})
afterEach(() => {
  for (const counties of watching.splice(0)) counties.close()
  rmSync(folder, { recursive: true })
})

async function watch(pollMs = 1e6): Promise<Counties> {
  const counties = await watchCounties({
    folder,
    pollMs,
    onLoad: c => events.push(`load ${c.id}`),
    onGone: id => events.push(`gone ${id}`),
    onProblem: p => said.push(p),
  })
  watching.push(counties)
  return counties
}

describe('counties on disk', () => {
  test('are loaded whole: graph, people, teams', async () => {
    writeCounty(folder, 'vale')
    writeCounty(folder, 'ash')
    mkdirSync(join(folder, '.hill.tmp-1'))
    const counties = await watch()
    expect(counties.list().map(c => c.id)).toEqual(['ash', 'vale'])
    const vale = counties.get('vale')!
    expect(vale.data.teams).toHaveLength(1)
    expect(vale.graph.byteLength).toBe(vale.data.county.parts.roads!.bytes)
    const { records: _records, ...sent } = vale.data
    expect(JSON.parse(Buffer.from(vale.json).toString())).toEqual(sent)
    expect(counties.problems()).toEqual([])
  })

  test('one imported before registers and borders were parts still loads', async () => {
    writeCounty(folder, 'vale')
    const { data } = (await watch()).get('vale')!
    expect(Object.keys(data.county.parts)).not.toContain('records')
    expect([data.records, data.border]).toEqual([[], null])
  })

  test('records and border are read where they are parts; a damaged one leaves the county out', async () => {
    const record = {
      id: 'r',
      register: 'schools',
      name: '小学',
      at: null,
      source,
      fields: { pupils: 9, x: null },
    }
    const border = { type: 'Polygon', coordinates: [[[1, 2], [3, 2], [3, 4], [1, 2]]] } // prettier-ignore
    const part = (file: string) => ({ file, version: 1, sha256: 'ab'.repeat(32), bytes: 1, madeFrom: [] })
    const parts = { records: part('records.json'), border: part('border.geojson') }
    const write = (id: string, records: unknown) => {
      const dir = writeCounty(folder, id, c => ({ ...c, parts: { ...c.parts, ...parts } }))
      writeFileSync(join(dir, 'records.json'), JSON.stringify(records))
      writeFileSync(join(dir, 'border.geojson'), JSON.stringify(border))
    }
    write('vale', [record])
    write('hill', [{ ...record, at: [200, 1] }])
    const counties = await watch()
    expect(counties.get('vale')!.data).toMatchObject({ records: [record], border })
    expect(counties.problems()).toMatchObject([{ code: 'county_broken' }])
  })

  test('a folder that is not there is no county, and no error', async () => {
    rmSync(folder, { recursive: true })
    expect((await watch()).list()).toEqual([])
    mkdirSync(folder)
  })

  test.each<[string, (dir: string) => void, string, RegExp]>([
    ['no county.json', dir => rmSync(join(dir, 'county.json')), 'county_broken', /county\.json/],
    ['county.json cut short', dir => truncateSync(join(dir, 'county.json'), 40), 'county_broken', /vale/],
    [
      'a graph cut short',
      dir => truncateSync(join(dir, 'roads.graph'), 100),
      'county_broken',
      /roads\.graph/,
    ],
    ['a part lost', dir => rmSync(join(dir, 'teams.json')), 'county_broken', /teams\.json/],
    [
      'a register of nonsense',
      dir => writeFileSync(join(dir, 'people.json'), '[{"id":1}]'),
      'county_broken',
      /vale/,
    ],
  ])('%s: left out, said how to repair, and back after an import', async (_, harm, code, why) => {
    writeCounty(folder, 'ash')
    harm(writeCounty(folder, 'vale'))
    const counties = await watch()
    expect(counties.list().map(c => c.id)).toEqual(['ash'])
    expect(counties.problems()).toMatchObject([{ code }])
    expect(said[0]!.text.en).toMatch(why)
    expect(said[0]!.remedy!.en).toContain('npm run import -- FOLDER --id vale')
    await counties.scan()
    expect(said).toHaveLength(1)
    writeCounty(folder, 'vale')
    await counties.scan()
    expect(counties.list()).toHaveLength(2)
    expect(counties.problems()).toEqual([])
  })

  test('an unknown format version or a file elsewhere is refused', async () => {
    writeCounty(folder, 'newer', c => ({
      ...c,
      parts: { ...c.parts, roads: { ...c.parts.roads!, version: 2 } },
    }))
    writeCounty(folder, 'odd', c => ({ ...c, parts: { ...c.parts, heat: c.parts.base } }))
    writeCounty(folder, 'away', c => ({
      ...c,
      parts: { ...c.parts, teams: { ...c.parts.teams!, file: '../x.json' } },
    }))
    writeCounty(folder, 'other', c => ({ ...c, id: 'vale' }))
    const counties = await watch()
    const codes = counties.problems().map(p => [p.code, /"(\w+)"/.exec(p.text.en)![1]])
    expect(codes.sort()).toEqual([
      ['county_broken', 'away'],
      ['county_broken', 'other'],
      ['county_version', 'newer'],
      ['county_version', 'odd'],
    ])
  })

  test('an import while it runs appears by itself, and a removed county goes', async () => {
    const counties = await watch(30)
    writeCounty(folder, 'vale')
    await expect.poll(() => events).toEqual(['load vale'])
    const first = counties.get('vale')!.etag
    writeCounty(folder, 'vale', c => ({ ...c, name: '新谷县' }))
    await expect.poll(() => counties.get('vale')?.data.county.name).toBe('新谷县')
    expect(counties.get('vale')!.etag).not.toBe(first)
    expect(events).not.toContain('gone vale')
    rmSync(join(folder, 'vale'), { recursive: true })
    await expect.poll(() => events.at(-1)).toBe('gone vale')
    expect(counties.list()).toEqual([])
  })

  test('a folder gone for one look is a swap, not the end of a county', async () => {
    writeCounty(folder, 'vale')
    const counties = await watch()
    renameSync(join(folder, 'vale'), join(folder, '.vale.old-1'))
    await counties.scan()
    expect(counties.get('vale')).toBeDefined()
    renameSync(join(folder, '.vale.old-1'), join(folder, 'vale'))
    await counties.scan()
    await counties.scan()
    expect(events).toEqual(['load vale'])
  })

  test('tiles are read from the import that is in place', async () => {
    writeCounty(folder, 'vale')
    const counties = await watch()
    const tiles = createTiles(counties.get)
    expect((await tiles.read('vale', 'base', 0, 0, 0))!.slice(0, 2)).toEqual(new Uint8Array([0x1f, 0x8b]))
    expect(await tiles.read('vale', 'base', 1, 0, 0)).toBeNull()
    expect(await tiles.read('vale', 'terrain', 0, 0, 0)).toBeNull()
    expect(await tiles.read('hill', 'base', 0, 0, 0)).toBeNull()
    rmSync(join(writeCounty(folder, 'vale'), 'base.mbtiles'))
    await counties.scan()
    await expect(tiles.read('vale', 'base', 0, 0, 0)).rejects.toMatchObject({ code: 'tiles_unreadable' })
    await tiles.close()
  })
})
