import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../server/contract/errors.ts'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { type BookSheet, type CellValue, CellTrouble } from '../workbook.ts'
import { readTables, type Tables } from './read.ts'

const text = (zh: string, en: string) => ({ zh, en })
const explain = text('', '')

const PONDS: Register = {
  key: 'ponds',
  sheet: text('尾矿库', 'Ponds'),
  book: 'b',
  position: 'expected',
  columns: [
    {
      key: 'heightM',
      head: text('坝高', 'Height'),
      type: 'number',
      unit: text('米', 'm'),
      min: 0,
      explain,
      example: '',
    },
    {
      key: 'volume',
      head: text('库容', 'Volume'),
      type: 'number',
      unit: text('万立方米', '10⁴ m³'),
      explain,
      example: '',
    },
    { key: 'built', head: text('建成', 'Built'), type: 'date', explain, example: '' },
    {
      key: 'mine',
      head: text('所属矿山', 'Mine'),
      also: ['矿山'],
      type: 'text',
      refers: 'pits',
      explain,
      example: '',
    },
    { key: 'households', head: text('威胁户数', 'Households'), type: 'whole', explain, example: '' },
    { key: 'people', head: text('威胁人数', 'People'), type: 'whole', explain, example: '' },
  ],
}
const PITS: Register = {
  key: 'pits',
  sheet: text('矿山', 'Mines'),
  book: 'b',
  position: 'none',
  columns: [
    { key: 'owner', head: text('权属单位', 'Owner'), type: 'text', explain, example: '' },
    { key: 'working', head: text('在产', 'Working'), type: 'flag', needed: true, explain, example: '' },
    { key: 'near', head: text('邻近尾矿库', 'Near'), type: 'list', refers: 'ponds', explain, example: '' },
  ],
}
const BOTH = [PONDS, PITS]

const sheet = (name: string, ...rows: CellValue[][]): BookSheet => ({ name, rows })
const read = (...sheets: BookSheet[]): Tables => readTables(BOTH, [{ file: 'a.xlsx', sheets }])
const refused = (...sheets: BookSheet[]): Refusal => {
  try {
    read(...sheets)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('was not refused')
}

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

describe('rows', () => {
  test('examples, blank ones, sums, remarks and heads printed again are no records', () => {
    const { records } = read(
      sheet(
        '尾矿库',
        ['编号', '名称', '坝高'],
        ['示例-1', '示例：尾矿库', 20],
        [null, '示例库', 20],
        [null, '', null],
        ['p1', '甲库', 20],
        ['编号', '名称', '坝高'],
        ['p2', '乙库', 30],
        ['合计', null, 50],
        [null, '合 计', 50],
        ['注：坝高为现状', null, null],
        ['填表人：某某', null, null],
        [null, '备注：乙库已闭库', null],
      ),
    )
    expect(records.map(r => r.id)).toEqual(['p1', 'p2'])
  })

  test('days and numbers as text, ids as numbers, a day as its number', () => {
    const { records } = read(
      sheet(
        '尾矿库',
        ['编号', '名称', '建成', '坝高', '截至', '来源'],
        [140001, '甲库', 46093, '１,204.5', '2026年3月', '县局'],
        ['p2', '乙库', new Date('2026-03-12T00:00:00Z'), 3, new Date('2026-03-12T00:00:00Z'), null],
      ),
    )
    expect(records).toMatchObject([
      {
        id: '140001',
        source: { name: '县局', asOf: '2026-03' },
        fields: { built: '2026-03-12', heightM: 1204.5 },
      },
      { id: 'p2', source: { name: 'a.xlsx', asOf: '2026-03-12' }, fields: { built: '2026-03-12' } },
    ])
  })

  test('all that is wrong is named, the first in the sentence', () => {
    const error = refused(
      sheet(
        '尾矿库',
        ['编号', '名称', '坝高', '建成', '经度', '纬度'],
        ['p1', '甲库', '高', '昨天', 112, null],
        ['p2', null, -1, null, 36, 112],
        ['p3', '丙库', new CellTrouble(text('是错误值 #REF!', 'is the error #REF!')), null, '甲', 36],
      ),
    )
    expect([error.code, error.status, error.at]).toEqual(['table_cells', 422, 'a.xlsx:尾矿库!C2'])
    expect(error.text).toEqual({
      zh: 'a.xlsx 工作表“尾矿库”第 2 行“坝高”列（C2）：“高”不是 0 以上的数（另有 7 处）；没有导入任何内容',
      en: 'a.xlsx, sheet "尾矿库", row 2, column "坝高" (C2): "高" is no number from 0 up (and 7 more); nothing was imported',
    })
    expect(error.remedy?.zh).toBe('请只填数字，单位米；不知道就留空。')
    const faults = error.details!.faults as { cell: string; text: { en: string } }[]
    expect(faults.map(f => [f.cell, f.text.en])).toEqual([
      ['C2', '"高" is no number from 0 up'],
      ['D2', '"昨天" is no date'],
      ['F2', 'only one of longitude and latitude is given'],
      ['C3', '"-1" is no number from 0 up'],
      ['B3', 'is empty'],
      ['F3', 'longitude and latitude are swapped'],
      ['C4', 'is the error #REF!'],
      ['E4', '"甲" is no number of degrees −180 to 180'],
    ])
  })

  test('an error of the sheet is never taken for unknown: not in a position, a name, a date', () => {
    const trouble = new CellTrouble(text('是错误值 #REF!', 'is the error #REF!'))
    const heads = ['编号', '名称', '经度', '纬度', '来源', '截至']
    for (let i = 0; i < heads.length; i++) {
      const row = ['p1', '甲库', 112, 36, '县局', '2026-03-12'].map((cell, k) => (k === i ? trouble : cell))
      const error = refused(sheet('尾矿库', heads, row))
      expect(error.at).toBe(`a.xlsx:尾矿库!${'ABCDEF'[i]}2`)
      expect(error.text.en).toContain('is the error #REF!')
    }
  })

  test('at most 20 faults travel, all are counted', () => {
    const rows = Array.from({ length: 500 }, (_, i) => [`库${i}`, '高'])
    const error = refused(sheet('尾矿库', ['名称', '坝高'], ...rows))
    expect(error.text.en).toContain('(and 499 more)')
    expect(error.details!.faults).toHaveLength(20)
  })

  test('a needed cell may not be blank; a position may, unless the register needs it', () => {
    expect(refused(sheet('矿山', ['名称', '在产'], ['甲矿', null])).text.en).toContain('is empty')
    const fixed = [{ ...PONDS, position: 'needed' as const }]
    const books = [
      { file: 'a.xlsx', sheets: [sheet('尾矿库', ['名称', '经度', '纬度'], ['甲库', null, null])] },
    ]
    expect(() => readTables(fixed, books)).toThrow(Refusal)
    expect(readTables(BOTH, books).records[0].at).toBeNull()
  })

  test('an id stands once, in all workbooks together', () => {
    const rows: CellValue[][] = [
      ['编号', '名称'],
      ['p1', '甲库'],
    ]
    const books = ['a.xlsx', 'b.xlsx'].map(file => ({ file, sheets: [sheet('尾矿库', ...rows)] }))
    try {
      readTables(BOTH, books)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ code: 'table_twice', at: 'b.xlsx:尾矿库!A2' })
      expect((error as Refusal).text.zh).toContain('编号 p1 与 a.xlsx 工作表“尾矿库”第 2 行')
    }
    // The id of one register may be that of another's row.
    expect(
      read(sheet('尾矿库', ...rows), sheet('矿山', ['编号', '名称', '在产'], ['p1', '甲矿', '是'])).records,
    ).toHaveLength(2)
  })
})

describe('references', () => {
  const pits = sheet(
    '矿山',
    ['编号', '名称', '在产', '邻近尾矿库'],
    ['m1', '大沟矿', '是', '甲库、p2'],
    ['m2', '同名矿', '否', null],
    ['m3', '同名矿', '否', null],
  )
  const ponds = (mine: string) =>
    sheet('尾矿库', ['编号', '名称', '矿山'], ['p1', '甲库', mine], ['p2', '乙库', null])

  test('names become ids, in lists too', () => {
    const { records } = read(pits, ponds('大沟矿'))
    expect(records.map(r => r.fields.near ?? r.fields.mine)).toEqual([
      ['p1', 'p2'],
      undefined,
      undefined,
      'm1',
      null,
    ])
  })

  test('what is nowhere, or twice, is refused', () => {
    expect(refused(pits, ponds('小沟矿')).text.en).toContain('"小沟矿" is not in "Mines"')
    expect(refused(pits, ponds('同名矿')).text.en).toContain('"同名矿" names several in "Mines"')
  })

  test('to a register that the folder lacks stay as they are', () => {
    expect(read(ponds('小沟矿')).records[0].fields.mine).toBe('小沟矿')
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
