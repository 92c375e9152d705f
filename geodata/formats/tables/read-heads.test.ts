import { describe, expect, test } from 'vitest'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import type { CellValue } from '../workbook.ts'
import { readTables } from './read.ts'
import { read, refused, sheet } from './two-registers.fixture.ts'

describe('which register a sheet holds', () => {
  const rows: CellValue[][] = [
    ['名称', '坝高'],
    ['甲库', 20],
  ]

  test.each(['尾矿库', 'ponds', 'PONDS', '2026年尾矿库台账', ' 尾 矿 库 '])('by its name: %s', name => {
    expect(read(sheet(name, ...rows)).records).toMatchObject([{ register: 'ponds', name: '甲库' }])
  })

  test('by its heads where its name says nothing', () => {
    const found = read(sheet('Sheet1', ['序号', '尾矿库名称', '坝高（m）', '库容'], [1, '甲库', 20, 3]))
    expect(found.records).toMatchObject([
      { register: 'ponds', name: '甲库', fields: { heightM: 20, volume: 3 } },
    ])
    expect(found.notes).toEqual([])
  })

  test('one that holds none is left out with a word, notes on filling in without one', () => {
    const found = read(
      sheet('值班表', ['周一', '周二'], ['甲', '乙']),
      sheet('填表说明', ['请填'], ['谢谢']),
      sheet('空', [null, null]),
      sheet('尾矿库', ...rows),
    )
    expect(found.notes.map(n => n.en)).toEqual([expect.stringMatching(/^Sheets of a\.xlsx .*: 值班表;/)])
    expect(read(sheet('值班表', ['周一'], ['甲']))).toMatchObject({ records: [], files: [] })
  })

  test('two sheets of one register are one register', () => {
    const found = read(sheet('尾矿库', ...rows), sheet('尾矿库（二）', ['名称', '编号'], ['乙库', 'p2']))
    expect(found.records.map(r => r.name)).toEqual(['甲库', '乙库'])
  })
})

describe('heads', () => {
  test('titles above, any order, both languages in one cell, units, stars', () => {
    const { records } = read(
      sheet(
        '尾矿库',
        ['浮山县尾矿库台账', '浮山县尾矿库台账', '浮山县尾矿库台账'],
        ['填报单位：县应急局', null, '2026年3月'],
        [null, null, null],
        ['库容（万m³）\nVolume', '纬度', 'Longitude', '坝高(米)*', ' 名 称 ', '编号/ID'],
        [3.5, 36, 112, '20米', '甲库', 7],
      ),
    )
    expect(records).toEqual([
      {
        id: '7',
        register: 'ponds',
        name: '甲库',
        at: [112, 36],
        source: { name: 'a.xlsx', asOf: null },
        fields: { heightM: 20, volume: 3.5, built: null, mine: null, households: null, people: null },
      },
    ])
  })

  test('two rows of heads: a group above its columns', () => {
    const { records, notes } = read(
      sheet(
        '尾矿库',
        ['名称', '坝高', '威胁', '威胁'],
        ['名称', '坝高', '户数', '人数'],
        ['甲库', 20, 3, 11],
      ),
    )
    expect(records).toMatchObject([{ name: '甲库', fields: { heightM: 20, households: 3, people: 11 } }])
    expect(notes).toEqual([])
  })

  test('columns that mean nothing here are named once; a second of a kind is not used', () => {
    const { records, notes } = read(sheet('尾矿库', ['名称', '坝高', '坝高', '颜色'], ['甲库', 20, 21, '红']))
    expect(records[0].fields.heightM).toBe(20)
    expect(notes).toEqual([
      {
        zh: 'a.xlsx 工作表“尾矿库”中未用的列：坝高、颜色',
        en: 'Columns of a.xlsx, sheet "尾矿库" that were not used: 坝高、颜色',
      },
    ])
  })

  test('lacking: the name, a needed column, one of longitude and latitude', () => {
    for (const [error, zh] of [
      [refused(sheet('尾矿库', ['坝高', '库容'], [1, 2])), '缺少列“名称”'],
      [refused(sheet('尾矿库', ['没有', '列名'], [1, 2])), '缺少列“名称”'],
      [refused(sheet('矿山', ['名称', '权属单位'], ['a', 'b'])), '缺少列“在产”'],
      [refused(sheet('尾矿库', ['名称', '经度'], ['a', 112])), '缺少列“纬度”'],
    ] as const) {
      expect([error.code, error.at]).toEqual([
        'table_column',
        expect.stringMatching(/^a\.xlsx:(尾矿库|矿山)$/),
      ])
      expect(error.text.zh).toContain(zh)
      expect(error.remedy?.zh).toContain('名称')
    }
  })

  test('another unit than the column has is refused, never taken for it', () => {
    const error = refused(sheet('尾矿库', ['名称', '库容（m³）'], ['甲库', 35_000]))
    expect([error.code, error.text.en, error.remedy?.zh]).toEqual([
      'table_unit',
      'a.xlsx, sheet "尾矿库": the column "库容（m³）" is in m³; here it is 10⁴ m³',
      '请把这一列换算成万立方米，并改列名中的单位。',
    ])
    for (const head of ['库容（万方）', '库容（单位：万m³）', '库容（必填）', '库容(10⁴ m³)']) {
      expect(read(sheet('尾矿库', ['名称', head], ['甲库', 3.5])).records[0].fields.volume).toBe(3.5)
    }
  })
})

test('no register of the product is taken for another by its own heads', () => {
  for (const register of REGISTERS) {
    const heads = ['编号', '名称', ...register.columns.map(column => column.head.zh)]
    const example = ['x1', '某', ...register.columns.map(column => column.example)]
    const { records, notes } = readTables(REGISTERS, [
      { file: 'a.xlsx', sheets: [sheet('Sheet1', heads, example)] },
    ])
    // Either it is recognised, or nothing is: never as something else.
    expect([register.key, undefined]).toContain(records[0]?.register)
    if (records.length === 0) expect(notes[0].en).toContain('holds no known register')
    else expect(notes).toEqual([])
  }
})
