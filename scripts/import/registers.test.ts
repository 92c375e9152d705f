import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { County } from '../../server/contract/county.ts'
import { Facility, Settlement, Team } from '../../server/contract/entities.ts'
import { RecordPersons, RegisterRecord } from '../../server/contract/registers/record.ts'
import { readCounty } from '../../server/db/county.ts'
import { countyDir } from '../../geodata/counties.ts'
import { writePbf } from '../../geodata/formats/pbf.fixture.ts'
import { writeBook } from '../../geodata/formats/workbook-write.ts'
import { type Workspace, grid, workspace } from './import.fixture.ts'

vi.setConfig({ testTimeout: 60_000 })

let work: Workspace
beforeEach(() => {
  work = workspace()
  work.put('a.osm.pbf', writePbf(grid(6, 0.01)))
})
afterEach(() => work.remove())

type Rows = (string | number | boolean | Date | null)[][]
const book = (sheets: Record<string, Rows>): Promise<Uint8Array> =>
  writeBook(
    Object.entries(sheets).map(([name, rows]) => ({ name, rows, columns: [] })),
    'a test',
  )

const SHEETS: Record<string, Rows> = {
  乡镇: [
    ['编号', '名称', '类别', '责任人'],
    ['140001001', '城关镇', '镇', '镇长 张某'],
  ],
  救援队伍: [
    ['浮山县救援队伍台账'],
    ['纬度', '经度', '队伍名称', '类别', '出动时间', '状态', '队长电话', '所属乡镇'],
    [36.02, 112.02, '矿山救护队', '矿山救护', 3, '待命', 13900000000, '城关镇'],
    [36.03, 112.03, '旧队', '其他', null, '停用', null, null],
    [null, null, '蓝天救援队', '社会', null, null, null, null],
  ],
  行政村: [
    ['编号', '名称', '所属乡镇', '人口', '经度', '纬度', '自然村'],
    ['140001001201', '王家庄', '140001001', 1300, null, null, '北沟'],
    ['140001001202', '李家庄', '140001001', null, 112.03, 36.03, null],
    ['140001001203', '无名庄', '140001001', 88, null, null, null],
  ],
  学校: [
    ['名称', '经度', '纬度'],
    ['城关小学', '112°01′12″', '36°01′12″'],
  ],
}

describe('registers in Excel', () => {
  beforeEach(async () => {
    const { 乡镇, 救援队伍, ...rest } = SHEETS
    work.put('人和队.xlsx', await book({ 乡镇街道: 乡镇, 救援队伍 }))
    work.put(
      'registers/其余.xlsx',
      await book({
        ...rest,
        值班表: [
          ['周一', '周二'],
          ['甲', '乙'],
        ],
      }),
    )
    work.put('registers/~$其余.xlsx', 'locked by Excel')
  })

  test('become records, teams, settlements and facilities', async () => {
    const { county, counts } = await work.run()
    expect(counts).toMatchObject({ records: 8, teams: 1, places: 2, facilities: 2 })
    const records = RegisterRecord.array().parse(work.read('records.json'))
    expect(records.map(r => [r.register, r.name, r.at])).toEqual([
      ['townships', '城关镇', null],
      ['teams', '矿山救护队', [112.02, 36.02]],
      ['teams', '旧队', [112.03, 36.03]],
      ['teams', '蓝天救援队', null],
      ['villages', '王家庄', null],
      ['villages', '李家庄', [112.03, 36.03]],
      ['villages', '无名庄', null],
      ['schools', '城关小学', [112.02, 36.02]],
    ])
    expect(records[1].fields.township).toBe('140001001')

    expect(Team.array().parse(work.read('teams.json'))).toMatchObject([
      { name: '矿山救护队', kind: 'mine', turnoutMs: 180_000, source: { name: '人和队.xlsx', asOf: null } },
    ])
    // The first village stands where the roads' data has the only place of its name; the third is nowhere.
    expect(Settlement.array().parse(work.read('people.json'))).toMatchObject([
      { id: '140001001201', name: '王家庄', at: [112, 36], people: 1300 },
      { id: '140001001202', people: null },
    ])
    expect(
      Facility.array()
        .parse(work.read('facilities.json'))
        .map(f => [f.kind, f.name]),
    ).toEqual([
      ['school', '城关小学'],
      ['fire', '县消防站'],
    ])
    const notes = county.notes.map(note => note.en).join('\n')
    expect(notes).toContain('4 of 8 register rows are still without a position')
    expect(notes).toContain('1 teams have no position')
    expect(notes).toContain('1 villages have no position in the register')
    expect(notes).toContain('1 villages (无名庄; at least 88 people)')
    expect(notes).toContain('Sheets of registers/其余.xlsx that are no known register: 值班表')
    expect(county.parts.records!.madeFrom.map(f => f.file)).toEqual(['人和队.xlsx', 'registers/其余.xlsx'])
    expect(county.parts.teams!.madeFrom.map(f => f.file)).toContain('人和队.xlsx')
  })

  test('persons and telephone numbers stay out of what is served', async () => {
    await work.run()
    const dir = countyDir(work.data, 'fushan')
    const { json, data } = await readCounty(dir)
    expect(data.records).toHaveLength(8)
    const served = Buffer.from(json).toString()
    expect(served).not.toContain('张某')
    expect(served).not.toContain('13900000000')
    expect(RecordPersons.array().parse(work.read('persons.json'))).toEqual([
      expect.objectContaining({
        id: '140001001',
        fields: expect.objectContaining({ answerable: '镇长 张某' }),
      }),
      expect.objectContaining({ fields: expect.objectContaining({ leaderPhone: '13900000000' }) }),
    ])
    expect(statSync(join(dir, 'persons.json')).mode & 0o077).toBe(0)
  })

  test('a list of its own as CSV goes before the register', async () => {
    work.put('teams.csv', 'name,kind,lon,lat\n县消防大队,fire,112.01,36.01\n')
    const { county } = await work.run()
    expect(
      Team.array()
        .parse(work.read('teams.json'))
        .map(t => t.name),
    ).toEqual(['县消防大队'])
    expect(county.parts.teams!.madeFrom.map(f => f.file)).toEqual(['teams.csv'])
  })

  test.each<[string, Rows, string, string]>([
    [
      'a bad cell',
      [
        ['名称', '床位'],
        ['县医院', '很多'],
      ],
      'table_cells',
      'b.xlsx:医院!B2',
    ],
    [
      'no names',
      [
        ['名字', '床位'],
        ['县医院', 9],
      ],
      'table_column',
      'b.xlsx:医院',
    ],
    [
      'latitude alone',
      [
        ['名称', '纬度'],
        ['县医院', 36],
      ],
      'table_column',
      'b.xlsx:医院',
    ],
    [
      'both swapped',
      [
        ['名称', '经度', '纬度'],
        ['县医院', 36, 112],
      ],
      'table_cells',
      'b.xlsx:医院!C2',
    ],
  ])('%s refuses everything and names the place', async (_, rows, code, at) => {
    await work.run()
    const before = work.snapshot()
    work.put('b.xlsx', await book({ 医院: rows }))
    const error = await work.refused()
    expect([error.code, error.at]).toEqual([code, at])
    expect(error.text.zh).toContain('工作表“医院”')
    expect(error.remedy?.zh).toBeTruthy()
    expect(error.remedy?.en).toBeTruthy()
    expect(work.snapshot()).toEqual(before)
  })
})

describe('the border', () => {
  const ring = [[111.98, 35.98], [112.07, 35.98], [112.07, 36.07], [111.98, 36.07], [111.98, 35.98]] // prettier-ignore

  test('is a part, and the county reaches as far as it does', async () => {
    const feature = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } }
    work.put('boundary.geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature] }))
    const { county } = await work.run()
    expect(county.bbox).toEqual([111.98, 35.98, 112.07, 36.07])
    const { data } = await readCounty(countyDir(work.data, 'fushan'))
    expect(data.border).toEqual({ type: 'Polygon', coordinates: [ring] })
    expect(data.records).toEqual([])
  })

  test('rows outside it are named', async () => {
    work.put('boundary.geojson', JSON.stringify({ type: 'Polygon', coordinates: [ring] }))
    const rows = [['名称', '经度', '纬度'], ['县医院', 112.01, 36.01], ['邻县医院', 112.075, 36.01]] // prettier-ignore
    work.put('b.xlsx', await book({ 医院: rows }))
    const { county } = await work.run()
    expect(county.notes.map(note => note.en).join('\n')).toContain(
      '1 register rows lie outside the border, e.g. 邻县医院',
    )
  })

  test('of another county is refused', async () => {
    const far = ring.map(([lon, lat]) => [lon - 3, lat])
    work.put('boundary.geojson', JSON.stringify({ type: 'Polygon', coordinates: [far] }))
    expect(await work.refused()).toMatchObject({ code: 'border_elsewhere', at: 'boundary.geojson' })
  })
})

describe('the mark of an invented county', () => {
  const HONEST = JSON.stringify({ fictional: false })

  test.each<[string, () => Promise<void> | void]>([
    [
      'the road file was written by the maker',
      () => work.put('a.osm.pbf', writePbf({ ...grid(3, 0.01), writtenBy: 'fengtu' })),
    ],
    [
      'the road file says it',
      () => work.put('a.osm.pbf', writePbf({ ...grid(3, 0.01), source: '虚构示范数据 fictional' })),
    ],
    [
      'its code is no province’s',
      () => work.put('pack.json', JSON.stringify({ fictional: false, adcode: '990001' })),
    ],
    [
      'its townships have such codes',
      async () =>
        work.put(
          't.xlsx',
          await book({
            乡镇街道: [
              ['编号', '名称', '类别'],
              ['990001001', '甲镇', '镇'],
            ],
          }),
        ),
    ],
  ])('stays on where %s, whatever pack.json says', async (_, mark) => {
    work.put('pack.json', HONEST)
    await mark()
    const { county } = await work.run()
    expect(County.parse(work.read('county.json')).fictional).toBe(true)
    expect(county.notes.map(note => note.en).join('\n')).toContain('it stays marked as fictional')
    expect(county.attribution.join()).not.toContain('OpenStreetMap')
    expect(Settlement.array().parse(work.read('people.json'))[0].source.name).toBe('虚构示范数据')
  })

  test('is off for a real county', async () => {
    work.put('pack.json', HONEST)
    const { county } = await work.run()
    expect(county.fictional).toBe(false)
    expect(county.attribution.join()).toContain('OpenStreetMap')
  })
})
