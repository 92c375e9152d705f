import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test, vi } from 'vitest'
import { Refusal } from '../../server/contract/errors.ts'
import { CellTrouble, columnLetters, readBook } from './workbook.ts'
import { writeBook } from './workbook-write.ts'

// Bombs take a while on two cores that other suites share.
vi.setConfig({ testTimeout: 60_000 })

type Rows = Parameters<typeof writeBook>[0][number]['rows']
const write = (rows: Rows, name = '表'): Promise<Uint8Array> =>
  writeBook([{ name, rows, columns: [] }], 'test')
const rowsOf = async (bytes: Uint8Array): Promise<unknown[][]> => (await readBook('a.xlsx', bytes))[0].rows

/** The same workbook with some of its parts rewritten. */
function changed(bytes: Uint8Array, change: (name: string, text: string) => string): Uint8Array {
  const parts = Object.entries(unzipSync(bytes))
  return zipSync(
    Object.fromEntries(parts.map(([name, part]) => [name, strToU8(change(name, strFromU8(part)))])),
  )
}
const inSheet = (from: string | RegExp, to: string) => (name: string, text: string) =>
  name.endsWith('sheet1.xml') ? text.replace(from, to) : text

const codeOf = (bytes: Uint8Array): Promise<string> =>
  readBook('a.xlsx', bytes).then(
    () => 'read',
    (error: Refusal) => error.code,
  )

describe('what was written is read', () => {
  test('text, numbers, days, yes and no; formulas stay text', async () => {
    const day = new Date('2026-03-12T00:00:00Z')
    const rows = [
      ['=1+1', '007', ' a\nb & <c> '],
      [13912345678, 0.1, -1e-7],
      [true, day, null],
    ]
    expect(await rowsOf(await write(rows))).toEqual(rows)
  })

  test('hidden sheets are left out, merged cells all have their value', async () => {
    const bytes = await writeBook(
      [
        { name: '选项', hidden: true, rows: [['x']], columns: [] },
        {
          name: ' 队伍 ',
          rows: [
            ['标题', null, null],
            ['镇', 'a', 1],
            [null, 'b', 2],
            ['乡', 'c', 3],
          ],
          columns: [],
          merges: [
            { startRow: 0, startCol: 0, endRow: 0, endCol: 2 },
            { startRow: 1, startCol: 0, endRow: 2, endCol: 0 },
            { startRow: 3, startCol: 0, endRow: 99, endCol: 0 },
          ],
        },
      ],
      'test',
    )
    expect(await readBook('a.xlsx', bytes)).toEqual([
      {
        name: '队伍',
        rows: [
          ['标题', '标题', '标题'],
          ['镇', 'a', 1],
          ['镇', 'b', 2],
          ['乡', 'c', 3],
        ],
      },
    ])
  })

  test('an error and a formula that was never calculated are troubles, a calculated one is its value', async () => {
    const bytes = changed(
      await write([[1, 2, 3]]),
      inSheet(
        /<c r="A1".*<\/row>/,
        '<c r="A1" t="e"><v>#REF!</v></c><c r="B1"><f>1+2</f></c><c r="C1"><f>1+2</f><v>3</v></c></row>',
      ),
    )
    const [[error, formula, value]] = await rowsOf(bytes)
    expect(error).toBeInstanceOf(CellTrouble)
    expect((error as CellTrouble).text.en).toBe('is the error #REF!')
    expect((formula as CellTrouble).text.en).toBe('is a formula without its result')
    expect(value).toBe(3)
  })
})

test('borders drawn to the last row and column are no rows', async () => {
  const looks = '<row r="9" s="1"/><row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="1"></c></row>'
  const bytes = changed(await write([['a', 1]]), inSheet('</row>', `<c r="XFD1" s="1"/></row>${looks}`))
  expect(await rowsOf(bytes)).toEqual([['a', 1]])
})

describe('the same bytes', () => {
  test('whenever they are written, with fixed dates inside', async () => {
    const first = await write([['a', 1]])
    await new Promise(resolve => setTimeout(resolve, 2100))
    expect(Buffer.compare(await write([['a', 1]]), first)).toBe(0)
    const core = strFromU8(unzipSync(first)['docProps/core.xml'])
    expect(core.match(/20\d\d-\d\d-\d\dT[\d:]+Z/g)).toEqual(['2000-01-01T00:00:00Z', '2000-01-01T00:00:00Z'])
    // Dates of a zip's entries: 2 January 1980, as DOS writes it.
    const date = new DataView(first.buffer, first.byteOffset).getUint16(12, true)
    expect(date).toBe((1 << 5) | 2)
  })
})

describe('refused', () => {
  test.each<[string, string, (bytes: Uint8Array) => Uint8Array]>([
    ['no workbook', 'zip_unreadable', () => strToU8('<html></html>')],
    ['a password or an old .xls', 'book_old', () => new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0])],
    ['a zip of something else', 'book_unreadable', () => zipSync({ 'a.txt': strToU8('x') })],
    [
      'one with a bit turned in a part that is stored plainly',
      'zip_unreadable',
      bytes => {
        const plain = Buffer.from(zipSync(unzipSync(bytes), { level: 0 }))
        plain[plain.indexOf('<v>1</v>') + 3] ^= 2
        return new Uint8Array(plain)
      },
    ],
    ['one cut off', 'zip_unreadable', bytes => bytes.subarray(0, bytes.length - 30)],
    [
      'a document type',
      'book_entity',
      bytes => changed(bytes, inSheet('<worksheet', '<!DOCTYPE w [<!ENTITY a "b">]><worksheet')),
    ],
    [
      'an entity, in lower case',
      'book_entity',
      bytes => changed(bytes, inSheet('<worksheet', '<!entity a "b"><worksheet')),
    ],
    [
      'declarations hidden in UTF-16',
      'book_entity',
      bytes => {
        const parts = unzipSync(bytes)
        parts['xl/worksheets/sheet1.xml'] = new Uint8Array(
          Buffer.from('\ufeff<!DOCTYPE x><worksheet/>', 'utf16le'),
        )
        return zipSync(parts)
      },
    ],
    [
      'a bomb',
      'zip_too_large',
      bytes => zipSync({ ...unzipSync(bytes), 'xl/sharedStrings.xml': new Uint8Array(30 * 1024 * 1024) }),
    ],
    [
      'a row far below',
      'table_rows',
      bytes =>
        changed(bytes, inSheet(/<row r="1".*<\/row>/, '<row r="60000"><c r="A60000"><v>1</v></c></row>')),
    ],
    [
      'a corner that spans billions of cells',
      'book_unreadable',
      bytes => changed(bytes, inSheet(/<\/row>/, '</row><row r="40000"><c r="XFD40000"><v>1</v></c></row>')),
    ],
    [
      'more entries than a workbook has',
      'zip_too_large',
      bytes =>
        zipSync({
          ...unzipSync(bytes),
          ...Object.fromEntries(
            Array.from({ length: 500 }, (_, i) => [`xl/worksheets/s${i}.xml`, strToU8('x')]),
          ),
        }),
    ],
    ['one larger than 50 MB', 'book_too_large', () => new Uint8Array(50 * 1024 * 1024 + 1)],
  ])('%s', async (_, code, harm) => {
    expect(await codeOf(harm(await write([['a', 1]])))).toBe(code)
  })

  test('comments and CDATA are nothing bad; pictures and macros are not even unpacked', async () => {
    const bytes = changed(await write([['a', 1]]), inSheet('<sheetData>', '<!-- by WPS --><sheetData>'))
    const more = zipSync({
      ...unzipSync(bytes),
      'xl/media/image1.png': strToU8('<!DOCTYPE'),
      'xl/vbaProject.bin': new Uint8Array(9),
    })
    expect(await rowsOf(more)).toEqual([['a', 1]])
  })

  test('two entries of one name, of which a reader could see either', async () => {
    const good = unzipSync(await write([['good']]))
    const part = 'xl/worksheets/sheet1.xml'
    const bad = strToU8(strFromU8(good[part]).replace('<worksheet', '<!DOCTYPE w><worksheet'))
    for (const [first, second] of [
      [good[part], bad],
      [bad, good[part]],
    ]) {
      const named = Buffer.from(zipSync({ ...good, [part]: first, 'xl/worksheets/sheet2.xml': second }))
      for (let at = named.indexOf('sheet2.xml'); at >= 0; at = named.indexOf('sheet2.xml', at + 1)) {
        named.write('sheet1.xml', at)
      }
      expect(await codeOf(new Uint8Array(named))).toBe('zip_unreadable')
    }
  })
})

test('whatever is damaged, it is read or refused in words, never a crash', async () => {
  const bytes = await write(
    Array.from({ length: 12 }, (_, i) => [`行${i}`, i, new Date(i * 1e11), i % 2 === 0]),
  )
  const parts = unzipSync(bytes)
  const names = Object.keys(parts)
  const bits = [
    '<',
    '>',
    '"',
    '</row>',
    '<c r="ZZZZZZ9">',
    '<v>',
    'r="1048576"',
    's="99999"',
    '1e999',
    't="s"',
    '-1',
  ]
  let state = 1
  const below = (n: number): number => (state = (state * 48_271) % 0x7fffffff) % n
  for (let round = 0; round < 200; round++) {
    const name = names[below(names.length)]
    const text = strFromU8(parts[name])
    const at = below(text.length)
    const broken = text.slice(0, at) + bits[below(bits.length)] + text.slice(at + below(30))
    const error: unknown = await readBook('a.xlsx', zipSync({ ...parts, [name]: strToU8(broken) })).then(
      () => null,
      (e: unknown) => e,
    )
    if (error !== null) expect(error, `round ${round}, ${name}`).toBeInstanceOf(Refusal)
  }
})

test('columns have the letters of a spreadsheet', () => {
  expect([0, 25, 26, 51, 52, 701, 702, 16383].map(columnLetters)).toEqual([
    'A',
    'Z',
    'AA',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
    'XFD',
  ])
})
