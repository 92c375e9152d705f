import { expect, test } from 'vitest'
import { REGISTERS } from '../../../server/contract/registers/index.ts'
import { readBook } from '../workbook.ts'
import { type Book, readTables } from './read.ts'
import { sampleRecords } from './tables.fixture.ts'
import { type Books, emptyBooks, registerBooks } from './write.ts'

const TITLE = { county: { zh: '青岭县', en: 'Qingling' }, fictional: true }

const open = (books: Books): Promise<Book[]> =>
  Promise.all([...books].map(async ([file, bytes]) => ({ file, sheets: await readBook(file, bytes) })))

test('every register goes to Excel and comes back without a change', async () => {
  const records = sampleRecords(REGISTERS, 25)
  const books = await registerBooks(REGISTERS, records, TITLE)
  const read = readTables(REGISTERS, await open(books))
  expect(read.records).toEqual([...records.values()].flat())
  expect(read.files).toEqual([...books.keys()])
  expect(read.notes).toEqual([])
})

test('the blank workbooks hold a sheet for every register and no row', async () => {
  const books = await open(await emptyBooks(REGISTERS))
  expect(books.flatMap(book => book.sheets.map(sheet => sheet.name))).toEqual(REGISTERS.map(r => r.sheet.zh))
  expect(readTables(REGISTERS, books)).toEqual({ records: [], notes: [], files: books.map(b => b.file) })
})
