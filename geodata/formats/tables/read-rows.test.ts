import { describe, expect, test } from 'vitest'
import { Refusal } from '../../../server/contract/errors.ts'
import { type CellValue, CellTrouble } from '../workbook.ts'
import { readTables } from './read.ts'
import { BOTH, PONDS, read, refused, sheet, text } from './two-registers.fixture.ts'

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
