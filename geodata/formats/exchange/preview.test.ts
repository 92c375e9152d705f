import { describe, expect, test } from 'vitest'
import { faultsOfRecord } from '../../../server/contract/registers/check.ts'
import type { Preview } from '../../../server/contract/registers/exchange.ts'
import { registerOf } from '../../../server/contract/registers/index.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { FieldValue } from '../../../server/contract/registers/register.ts'
import { tidyRecord } from '../../../server/contract/registers/tidy.ts'
import { previewRegister, type PreviewOptions } from './preview.ts'
import { readRegisterFile } from './read-file.ts'

const record = (
  register: string,
  id: string,
  name: string,
  fields: Record<string, FieldValue>,
  at: [number, number] | null = null,
): RegisterRecord =>
  tidyRecord(registerOf(register)!, {
    id,
    register,
    name,
    at,
    source: { name: '县局', asOf: '2026-01-01' },
    fields,
  })

const TOWN = record('townships', 't1', '甲镇', { kind: 'town', people: 100 })
const WORLD = [
  TOWN,
  record('townships', 't2', '乙乡', { kind: 'township' }),
  record('villages', 'v1', '东沟村', { township: 't1', people: 12 }, [112.3, 36.1]),
  record('villages', 'v2', '西坪村', { township: 't2', people: 20 }),
  record('villages', 'v3', '同名村', { township: 't1' }),
  record('villages', 'v4', '同名村', { township: 't2' }),
].map((one, i) => ({ record: one, rev: i + 10 }))

const csv = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll(' | ', ','))
async function preview(text: string, options?: PreviewOptions, file = '行政村.csv'): Promise<Preview> {
  return previewRegister(WORLD, await readRegisterFile(file, csv(text)), options)
}
const outcomes = ({ rows }: Preview): string[] => rows.map(({ row, id, what }) => `${row} ${id} ${what}`)

describe('row by row', () => {
  test('added, changed, left alone, refused, each with its reason; nothing of a refused row is put', async () => {
    const seen = await preview(
      [
        '编号 | 名称 | 所属乡镇 | 人口 | 责任人 | 责任人电话',
        'v1 | 东沟村 | 甲镇 | 13 | 张某 | 13900001111',
        'v2 | 西坪村 | t2 | 20 |  | ',
        'v9 | 新村 | t1 | 5 | 李某 | 12',
        'v8 | 又新村 | t1 |  |  | ',
      ].join('\n'),
    )
    expect(outcomes(seen)).toEqual(['2 v1 changed', '3 v2 same', '4 v9 refused', '5 v8 added'])
    expect(seen.rows[0].changes).toEqual([{ column: 'people', from: 12, to: 13 }])
    expect(seen.rows[2].faults).toMatchObject([
      { at: { sheet: '行政村', row: 4, column: 'F', head: '责任人电话' }, text: { zh: '“12”不是电话号码' } },
    ])
    expect(seen.sums).toMatchObject({ added: 1, changed: 1, same: 1, refused: 1, dropped: 0 })
    expect(seen.command.put.map(({ record: { id }, ifRev }) => [id, ifRev])).toEqual([
      ['v1', 12],
      ['v8', null],
    ])
    expect(seen.command.note).toBe('导入 行政村.csv：新增 1，修改 1，删除 0')
    // A column that the file does not have, a position too, stays as it is.
    expect(seen.command.put[0].record).toEqual({
      ...WORLD[2].record,
      fields: { ...WORLD[2].record.fields, people: 13 },
    })
    for (const { record: put } of seen.command.put) {
      expect(faultsOfRecord(registerOf(put.register)!, put)).toEqual([])
      expect(JSON.stringify(put)).not.toMatch(/张某|139/)
    }
    expect(seen.persons).toEqual([
      { register: 'villages', id: 'v1', fields: { answerable: '张某', answerablePhone: '13900001111' } },
      { register: 'villages', id: 'v2', fields: { answerable: null, answerablePhone: null } },
      { register: 'villages', id: 'v8', fields: { answerable: null, answerablePhone: null } },
    ])
  })

  test('a blank cell makes unknown, or keeps, as asked; a position and a source are never taken away', async () => {
    const text = '编号,名称,所属乡镇,人口,经度,纬度,来源,截至\nv1,东沟村,t1,,,,,'
    const seen = await preview(text)
    expect(seen.rows[0].changes).toEqual([
      { column: 'people', from: 12, to: null },
      { column: 'asOf', from: '2026-01-01', to: null },
    ])
    expect(seen.rows[0].warnings).toMatchObject([
      { at: { column: 'E' }, text: { en: expect.stringContaining('stays') } },
    ])
    expect(seen.command.put[0].record).toMatchObject({
      at: [112.3, 36.1],
      source: { name: '县局', asOf: null },
    })
    expect(outcomes(await preview(text, { blanks: 'keep' }))).toEqual(['2 v1 same'])
  })
})

describe('which row it is', () => {
  test('by id, in full width too; without one by a name that is there once; else it is new', async () => {
    const seen = await preview(
      '编号,名称,所属乡镇\nｖ１,东沟村,t1\n,西坪村,t2\n,同名村,t1\n,无人村,t1\nv7,西坪村,t2',
    )
    expect(outcomes(seen)).toEqual([
      '2 v1 same',
      '3 v2 same',
      '4 villages-4 refused',
      '5 villages-5 added',
      '6 v7 added',
    ])
    expect(seen.rows[2].faults![0].text.en).toBe('has no id, and several rows have this name')
    // A new id is a new row, but the same name is said.
    expect(seen.rows[4].warnings![0].text.zh).toContain('已有同名的行（编号 v2）')
  })

  test('two rows that are the same are refused, each naming the other', async () => {
    const seen = await preview('编号,名称,所属乡镇\nv1,东沟村,t1\nv2,西坪村,t2\nv1,东沟,t1')
    expect(outcomes(seen)).toEqual(['2 v1 refused', '3 v2 same', '4 v1 refused'])
    expect(seen.rows.map(({ faults }) => faults?.map(({ at, text }) => [at.column, text.en]))).toEqual([
      [['A', 'is the same row as "行政村", row 4 (id v1)']],
      undefined,
      [['A', 'is the same row as "行政村", row 2 (id v1)']],
    ])
  })

  test('a made id takes none that the world or the file has', async () => {
    const held = [...WORLD, { record: record('villages', 'villages-2', '早村', { township: 't1' }), rev: 1 }]
    const file = await readRegisterFile(
      '行政村.csv',
      csv('编号,名称,所属乡镇\n,晚村,t1\nvillages-2-2,丙村,t1'),
    )
    expect(outcomes(previewRegister(held, file))).toEqual(['2 villages-2-3 added', '3 villages-2-2 added'])
  })
})

describe('references', () => {
  test('to the world or the file, by id or name; what is nowhere, or several, is refused', async () => {
    const seen = await preview('编号,名称,所属乡镇\nv5,甲,甲镇\nv6,乙,t2\nv7,丙,丙镇')
    expect(outcomes(seen)).toEqual(['2 v5 added', '3 v6 added', '4 v7 refused'])
    expect(seen.command.put.map(one => one.record.fields.township)).toEqual(['t1', 't2'])
    expect(seen.rows[2].faults).toMatchObject([
      { at: { column: 'C', row: 4 }, text: { en: '"丙镇" is not in "Townships"' } },
    ])
  })

  test('what refers to a refused new row is refused too, however far', async () => {
    const feature = (register: string, id: string, more: object) => ({
      type: 'Feature',
      geometry: null,
      properties: { register, id, name: id, ...more },
    })
    const features = [
      feature('vehicles', 'c1', { team: 'x1', kind: 'pickup' }),
      feature('teams', 'x1', { kind: 'fire', township: 't9' }),
      feature('townships', 't9', { kind: 'town', people: -1 }),
      feature('teams', 'x2', { kind: 'fire', township: 't1' }),
    ]
    const bytes = new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }))
    const seen = previewRegister(WORLD, await readRegisterFile('a.geojson', bytes))
    expect(Object.fromEntries(seen.rows.map(({ id, what }) => [id, what]))).toEqual({
      c1: 'refused',
      x1: 'refused',
      x2: 'added',
      t9: 'refused',
    })
    expect(seen.rows[0].faults).toMatchObject([{ at: { row: 1, column: null, head: 'team' } }])
  })

  test('one that the world has wrong already is said, not refused', async () => {
    const old = [
      { record: record('villages', 'v1', '东沟村', { township: 'gone' }), rev: 1 },
      { record: TOWN, rev: 2 },
    ]
    const read = (text: string) => readRegisterFile('行政村.csv', csv(text))
    const same = previewRegister(old, await read('编号,名称,所属乡镇\nv1,东沟村,gone'))
    expect(same.rows[0]).toMatchObject({ what: 'same', warnings: [{ at: { column: 'C' } }] })
    expect(outcomes(previewRegister(old, await read('编号,名称,所属乡镇\nv1,东沟村,lost')))).toEqual([
      '2 v1 refused',
    ])
  })
})

describe('what the file no longer has', () => {
  const TEXT = '编号,名称,所属乡镇\nv1,东沟村,t1\nv3,同名村,t1\nv4,同名村,t2'
  test('is offered and never dropped unasked', async () => {
    const seen = await preview(TEXT)
    expect(seen.dropsOffered).toEqual([{ register: 'villages', id: 'v2', name: '西坪村', rev: 13 }])
    expect(seen.command.drop).toEqual([])
    const asked = await preview(TEXT, { dropMissing: true, note: '核对' })
    expect(asked.command).toEqual({
      put: [],
      drop: [{ register: 'villages', id: 'v2', ifRev: 13 }],
      note: '核对',
    })
  })

  test('is kept where a row of its register is refused, or nothing of it was read', async () => {
    const refused = await preview(`${TEXT}\n,西坪村,无此镇`, { dropMissing: true })
    expect([refused.command.drop, refused.dropsHeldBack]).toEqual([[], []])
    const other = await preview(`${TEXT}\nv9,九村,无此镇`, { dropMissing: true })
    expect([other.command.drop, other.dropsHeldBack]).toEqual([[], ['villages']])
    expect(other.dropsOffered).toHaveLength(1)
    const unread = await preview('编号,名称\nv1,东沟村', { dropMissing: true })
    expect([unread.sums.sheetsRefused, unread.dropsOffered, unread.rows]).toEqual([1, [], []])
  })

  test('cannot be referred to by what stays', async () => {
    const file = await readRegisterFile('乡镇街道.csv', csv('编号,名称,类别\nt2,乙乡,乡'))
    const villages = await readRegisterFile(
      '行政村.csv',
      csv('编号,名称,所属乡镇\nv1,东沟村,t1\nv2,西坪村,t2'),
    )
    const seen = previewRegister(
      WORLD.filter(({ record: { id } }) => id !== 'v3' && id !== 'v4'),
      { file: 'a', sheets: [...file.sheets, ...villages.sheets] },
      { dropMissing: true },
    )
    expect(outcomes(seen)).toEqual(['2 t2 same', '2 v1 refused', '3 v2 same'])
    expect(seen.rows[1].faults![0].text.zh).toContain('t1')
  })
})

test('registered persons are known by their ids: their names never stand in rows, changes or command', async () => {
  const officer = record('liaisonOfficers', 'o1', 'o1', { township: 't1' })
  const file = await readRegisterFile(
    '应急管理专员.csv',
    csv('编号,姓名,名称,所属乡镇,电话\no1,,王某,t2,13900002222\n,,赵某,t1,\n,,钱某,t1,'),
  )
  const seen = previewRegister([...WORLD, { record: officer, rev: 5 }], file)
  const { persons, ...open } = seen
  expect(JSON.stringify(open)).not.toMatch(/王某|赵某|钱某|139/)
  expect(seen.rows[0].changes).toEqual([{ column: 'township', from: 't1', to: 't2' }])
  expect(persons.map(({ id, name }) => [id, name])).toEqual([
    ['o1', '王某'],
    ['liaisonOfficers-3', '赵某'],
    ['liaisonOfficers-4', '钱某'],
  ])
  expect(seen.command.put[1].record.name).toBe('liaisonOfficers-3')
})

describe('persons beside a row', () => {
  const HELD = [
    {
      register: 'villages',
      id: 'v1',
      fields: { answerable: '张某', answerablePhone: '13900001111', keyPerson: '李某' },
      rev: 7,
    },
  ]
  const TEXT = '编号,名称,所属乡镇,人口,责任人,责任人电话'
  const beside = async (line: string, options: PreviewOptions = {}) => {
    const seen = await preview(`${TEXT}\n${line}`, { persons: HELD, ...options })
    const [row] = seen.rows
    return { what: row!.what, changes: row!.persons, changed: seen.personsChanged, seen }
  }

  test('change the row though the row itself is the same; columns that the file has not stay', async () => {
    const { what, changes, changed, seen } = await beside('v1,东沟村,t1,12,王某,13900001111')
    expect([what, seen.sums.persons, seen.command.put]).toEqual(['changed', 1, []])
    expect(changes).toEqual([{ column: 'answerable', from: '张某', to: '王某' }])
    expect(changed).toMatchObject([
      { ifRev: 7, kept: { id: 'v1', fields: { ...HELD[0]!.fields, answerable: '王某' } } },
    ])
    expect(seen.command.note).toContain('姓名电话 1 行')
    expect(JSON.stringify(seen.command)).not.toMatch(/王某|139/)
  })

  test('blank cells make unknown, or keep, as asked', async () => {
    expect(await beside('v1,东沟村,t1,12,,', { blanks: 'keep' })).toMatchObject({
      what: 'same',
      changed: [],
    })
    const { changed } = await beside('v1,东沟村,t1,12,,')
    expect(changed).toMatchObject([
      { kept: { fields: { answerable: null, answerablePhone: null, keyPerson: '李某' } } },
    ])
  })

  test('of a refused row change nothing, and without what is kept there is nothing to compare', async () => {
    expect(await beside('v1,东沟村,t1,-3,王某,')).toMatchObject({ what: 'refused', changed: [] })
    const { rows, personsChanged } = await preview(`${TEXT}\nv1,东沟村,t1,12,王某,`)
    expect([rows[0]!.what, personsChanged]).toEqual(['same', []])
  })
})
