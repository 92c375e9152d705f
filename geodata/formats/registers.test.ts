import { describe, expect, test } from 'vitest'
import { Refusal } from '../../server/contract/errors.ts'
import { readCsv } from './csv.ts'
import { readRegister } from './registers.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function refusal(run: () => unknown): Refusal {
  try {
    run()
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('was not refused')
}

const cells = (text: string): string[][] => readCsv('a.csv', bytes(text)).map(row => row.cells)

describe('CSV', () => {
  test('quotes, separators, line ends, BOM, blank lines', () => {
    expect(cells('\ufeffa,b\r\n"1,""x""", 2 \r\n\r\n"two\nlines",\r\n')).toEqual([
      ['a', 'b'],
      ['1,"x"', '2'],
      ['two\nlines', ''],
    ])
    expect(cells('a;b\n1,5;2')).toEqual([
      ['a', 'b'],
      ['1,5', '2'],
    ])
    expect(cells('a\tb\n1\t2')[1]).toEqual(['1', '2'])
  })
  test('rows know their line', () => {
    expect(readCsv('a.csv', bytes('a\n\n"x\ny"\nz')).map(row => row.line)).toEqual([1, 3, 5])
  })
  test("takes off the ' before what would be a formula, and only that", () => {
    expect(cells("a\n'=1+1\n'-5\n'tis\n''=")).toEqual([['a'], ['=1+1'], ['-5'], ["'tis"], ["'="]])
  })
  test('GBK and UTF-16 are read, remarks above the heads are left out', () => {
    expect(readCsv('a.csv', Uint8Array.of(0xcd, 0xf5, 0xbc, 0xd2))[0].cells).toEqual(['王家'])
    expect(readCsv('a.csv', Uint8Array.of(0xff, 0xfe, 0x8b, 0x73, 0x2c, 0, 0x31, 0))[0].cells).toEqual([
      '\u738b',
      '1',
    ])
    const rows = readCsv('a.csv', bytes('\ufeff# 虚构, a;b;c;d\n"# 二",\na,b\n"x\ny",1\n\nz,2'))
    expect(rows).toEqual([
      { line: 3, row: 3, cells: ['a', 'b'] },
      { line: 4, row: 4, cells: ['x\ny', '1'] },
      { line: 7, row: 6, cells: ['z', '2'] },
    ])
    expect(readCsv('a.csv', bytes('#,名称\n1,甲'))[0].cells).toEqual(['#', '名称'])
  })
  test('what is no text in any encoding, and an open quote, are refused', () => {
    for (const broken of [
      [0xff, 0x30],
      [0x50, 0x4b, 3, 4, 0, 0],
    ]) {
      expect(refusal(() => readCsv('a.csv', Uint8Array.from(broken))).code).toBe('csv_encoding')
    }
    expect(refusal(() => readCsv('a.csv', bytes('a\n"b\nc'))).text.en).toContain('row 2')
  })
})

const feature = (properties: object, coordinates: number[]) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates },
})

describe('registers', () => {
  test('English and Chinese headers, with defaults', () => {
    const { rows, notes } = readRegister(
      'teams',
      'teams.csv',
      bytes('名称,类别,经度,纬度,出动分钟,电话\n矿山救护队,矿山,112.5,35.9,1,0357\n民兵,township,112.6,36,,'),
    )
    expect(rows).toEqual([
      {
        id: 'teams-2',
        name: '矿山救护队',
        nameEn: undefined,
        kind: 'mine',
        at: [112.5, 35.9],
        turnoutMs: 60_000,
        source: { name: 'teams.csv', asOf: null },
      },
      expect.objectContaining({ id: 'teams-3', kind: 'township', turnoutMs: null }),
    ])
    expect(notes[0].zh).toContain('电话')
  })

  test('blank people are unknown, not 0', () => {
    const { rows } = readRegister(
      'places',
      'places.csv',
      bytes('id,name,kind,lon,lat,people\nv1,王家庄,village,112,36,0\nv2,上庄,自然村,112,36,'),
    )
    expect(rows.map(r => r.people)).toEqual([0, null])
  })

  test('GeoJSON points', () => {
    const json = JSON.stringify({
      type: 'FeatureCollection',
      features: [feature({ id: 's1', name: '二小', kind: 'school', as_of: '2026-01-01' }, [112, 36])],
    })
    expect(readRegister('facilities', 'facilities.geojson', bytes(json)).rows).toEqual([
      {
        id: 's1',
        name: '二小',
        nameEn: undefined,
        kind: 'school',
        at: [112, 36],
        source: { name: 'facilities.geojson', asOf: '2026-01-01' },
      },
    ])
    expect(refusal(() => readRegister('teams', 'teams.geojson', bytes('[]'))).code).toBe('register_geojson')
    expect(refusal(() => readRegister('teams', 'teams.geojson', bytes('{'))).code).toBe('register_geojson')
    const line = json.replace('Point', 'LineString')
    expect(refusal(() => readRegister('facilities', 'f.geojson', bytes(line))).at).toBe('f.geojson:1:lon')
  })

  test.each([
    ['t1,甲,fire,abc,36', 'lon'],
    ['t1,甲,fire,36,112', 'lat'],
    ['t1,甲,fire,112,', 'lat'],
    ['t1,甲,wizard,112,36', 'kind'],
    ['t1,,fire,112,36', 'name'],
    ['t0,甲,fire,112,36', 'id'],
    [`t1,${'甲'.repeat(200)},fire,112,36`, 'name'],
  ])('a bad row is refused with file, row, column and remedy: %s', (row, column) => {
    const text = `id,name,kind,lon,lat\nt0,乙,fire,112,36\n${row}`
    const error = refusal(() => readRegister('teams', 'teams.csv', bytes(text)))
    expect(error.code).toBe('register_rows_bad')
    expect(error.at).toBe(`teams.csv:3:${column}`)
    expect(error.text.zh).toContain('第 3 行')
    expect(error.text.en).toContain('row 3')
    expect(error.remedy?.zh).toBeTruthy()
  })

  test('swapped coordinates are said to be so', () => {
    const text = 'name,kind,lon,lat\n甲,fire,36.1,112.5'
    expect(refusal(() => readRegister('teams', 'teams.csv', bytes(text))).text.zh).toContain('填反')
  })

  test('a missing column and an empty file', () => {
    const error = refusal(() => readRegister('teams', 'teams.csv', bytes('name,kind,lon\n甲,fire,112')))
    expect(error.code).toBe('register_column')
    expect(error.text.zh).toContain('纬度')
    expect(refusal(() => readRegister('teams', 'teams.csv', bytes(''))).code).toBe('register_column')
  })
})
