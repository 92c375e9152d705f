import { strFromU8, unzipSync } from 'fflate'
import { readXlsx } from 'hucre/xlsx'
import { expect, test, vi } from 'vitest'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { type CellValue, readBook } from '../workbook.ts'
import { findTable } from './heads.ts'
import { type Book, readTables } from './read.ts'
import { sampleRecords } from './tables.fixture.ts'
import { fieldCell } from './cells-out.ts'
import { type Books, emptyBooks, registerBooks } from './write.ts'

// All registers at once, on two cores that other suites share.
vi.setConfig({ testTimeout: 60_000 })

const QINGLING = { zh: '青岭县', en: 'Qingling' }
const open = (books: Books): Promise<Book[]> =>
  Promise.all([...books].map(async ([file, bytes]) => ({ file, sheets: await readBook(file, bytes) })))

test('every register goes to Excel and comes back without a change', async () => {
  const records = sampleRecords(REGISTERS, 25)
  const books = await registerBooks(REGISTERS, records, { county: QINGLING, fictional: false })
  const read = readTables(REGISTERS, await open(books))
  expect(read.records).toEqual([...records.values()].flat())
  expect(read.files).toEqual([...books.keys()])
  expect(read.notes).toEqual([])
  // And again, from what was read.
  const byRegister = new Map(REGISTERS.map(({ key }) => [key, read.records.filter(r => r.register === key)]))
  const again = await registerBooks(REGISTERS, byRegister, { county: QINGLING, fictional: false })
  for (const [name, bytes] of books) expect(Buffer.compare(again.get(name)!, bytes), name).toBe(0)
})

test('as an office keeps them: no names of sheets, columns in any order, all as text, sums below', async () => {
  const records = sampleRecords(REGISTERS, 9)
  const books = await registerBooks(REGISTERS, records, { county: QINGLING, fictional: false })
  const kept = (await open(books)).map(({ file, sheets }) => ({
    file,
    sheets: sheets.map(({ rows }, i) => {
      const [, , heads, ...below] = rows
      const order = heads.map((_, k) => (k * 7 + i) % heads.length)
      const turned = new Set(order).size === heads.length ? order : heads.map((_, k) => heads.length - 1 - k)
      const row = (cells: CellValue[]): CellValue[] => turned.map(k => asText(cells[k], k))
      const title = ['县统计表', null, '2026年3月']
      const plainHeads = row(heads).map(head => String(head).split('\n')[0])
      return {
        name: `Sheet${i + 1}`,
        rows: [title, [], plainHeads, ...below.map(row), ['合计'], [], ['填表人：某某']],
      }
    }),
  }))
  const read = readTables(REGISTERS, kept)
  expect(read.records).toEqual([...records.values()].flat())
  expect(read.notes).toEqual([])
})

/** A day as 2026年3月12日 or 2026/3/12, a number as its digits, nothing as a dash. */
function asText(cell: CellValue, i: number): CellValue {
  if (cell === null) return ['—', '/', null][i % 3]
  if (cell instanceof Date) {
    const [y, m, d] = [cell.getUTCFullYear(), cell.getUTCMonth() + 1, cell.getUTCDate()]
    return i % 2 ? `${y}年${m}月${d}日` : `${y}/${m}/${d}`
  }
  return typeof cell === 'number' ? String(cell) : cell
}

test('an invented county says so above every table, and title and note are no rows', async () => {
  const books = await registerBooks(REGISTERS, new Map(), { county: QINGLING, fictional: true })
  for (const { sheets } of await open(books)) {
    for (const { rows } of sheets) {
      expect(rows[0][0]).toMatch(/^青岭县.+ {2}Qingling: /)
      expect(rows[1][0]).toMatch(/^虚构示范数据.*\nFictional demonstration data/)
    }
  }
  expect(readTables(REGISTERS, await open(books)).records).toEqual([])
})

test('the blank workbooks hold a sheet for every register and no row', async () => {
  const books = await open(await emptyBooks(REGISTERS))
  expect(books.flatMap(book => book.sheets.map(sheet => sheet.name))).toEqual(REGISTERS.map(r => r.sheet.zh))
  expect(readTables(REGISTERS, books)).toEqual({ records: [], notes: [], files: books.map(b => b.file) })
})

test('each example row would be a good row, but for what it refers to', async () => {
  const books = await open(await emptyBooks(REGISTERS))
  for (const { sheets } of books) {
    for (const sheet of sheets) {
      const table = findTable(sheet, REGISTERS)!
      const id = table.place.get('id')!
      const name = table.place.get('name')!
      const row = sheet.rows[table.headRow + 1].with(id, 'x1').with(name, '某处')
      // Alone in its folder a sheet refers to nothing that is there.
      const alone = [{ file: 'a.xlsx', sheets: [{ ...sheet, rows: [sheet.rows[table.headRow], row] }] }]
      const others = REGISTERS.filter(({ key }) => key === table.register.key).map(withoutOwn)
      const { records } = readTables(others, alone)
      expect(records, sheet.name).toHaveLength(1)
      const unknown = table.register.columns.filter(
        ({ key, example }) => example !== '' && records[0].fields[key] === null,
      )
      expect(unknown.map(column => column.key)).toEqual([])
    }
  }
})

/** Not referring to itself. */
const withoutOwn = (register: Register): Register => ({
  ...register,
  columns: register.columns.map(column => ({ ...column, refers: undefined })),
})

test('choices are drop-downs, limits and prompts stand on every column', async () => {
  const [register] = REGISTERS.filter(({ key }) => key === 'teams')
  const books = await emptyBooks([register])
  const { sheets } = await readXlsx(books.get(`${register.book}.xlsx`)!)
  const [sheet, words] = sheets
  expect(words.hidden).toBe(true)
  expect(sheet.freezePane).toEqual({ rows: 3, columns: 2 })
  const heads = sheet.rows[2].map(String)
  expect(sheet.dataValidations).toHaveLength(heads.length)
  const rule = (head: string) => sheet.dataValidations![heads.findIndex(text => text.startsWith(head))]
  const kind = rule('类别')
  expect(kind).toMatchObject({ type: 'list', range: 'F4:F1004', errorStyle: 'stop', showInputMessage: true })
  const [, column, last] = /^'选项'!\$([A-Z]+)\$1:\$[A-Z]+\$(\d+)$/.exec(kind.formula1!)!
  const at = column.charCodeAt(0) - 65
  expect(words.rows.slice(0, Number(last)).map(row => row[at])).toEqual(
    register.columns.find(({ key }) => key === 'kind')!.choices!.map(choice => choice.text.zh),
  )
  expect(rule('白天出动')).toMatchObject({ type: 'decimal', formula1: '0', formula2: '1440' })
  expect(rule('名称').inputMessage).toBe('必填\nNeeded')
  for (const { inputTitle, inputMessage, errorMessage } of sheet.dataValidations!) {
    expect(inputTitle!.length).toBeLessThanOrEqual(32)
    expect(inputMessage!.length).toBeLessThanOrEqual(255)
    expect(errorMessage?.length ?? 0).toBeLessThanOrEqual(225)
  }
})

test('what is typed below keeps its zeros; heads stand on every printed page', async () => {
  const [register] = REGISTERS.filter(({ key }) => key === 'teams')
  const parts = unzipSync([...(await emptyBooks([register])).values()][0])
  const [sheet, styles, workbook] = ['xl/worksheets/sheet1.xml', 'xl/styles.xml', 'xl/workbook.xml'].map(
    path => strFromU8(parts[path]),
  )
  const formats = /<cellXfs count="(\d+)">(.*)<\/cellXfs>/.exec(styles)!
  const xfs = formats[2].match(/<xf [^>]*>/g)!
  expect(xfs).toHaveLength(Number(formats[1]))
  const style = (column: number) => new RegExp(`<col min="${column}" (?:style="(\\d+)" )?max`).exec(sheet)![1]
  expect(xfs[Number(style(1))]).toContain('numFmtId="49"')
  expect(style(4)).toBeUndefined()
  expect(workbook).toContain('localSheetId="0">\'救援队伍\'!$1:$3</definedName>')
})

test('what no cell can hold is an error of the maker, not a lost point', () => {
  const column = { key: 'x', head: QINGLING, explain: QINGLING, example: '' }
  const line = Array.from({ length: 5000 }, (_, i): [number, number] => [82.123456, 38 + i / 1e4])
  expect(() => fieldCell({ ...column, type: 'line' }, line)).toThrow(RangeError)
  expect(() => fieldCell({ ...column, type: 'list' }, ['a、b'])).toThrow(RangeError)
})
