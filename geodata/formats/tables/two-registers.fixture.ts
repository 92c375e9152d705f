import { Refusal } from '../../../server/contract/errors.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import type { BookSheet, CellValue } from '../workbook.ts'
import { readTables, type Tables } from './read.ts'

/** Two small registers that refer to each other, and sheets that hold them. */
export const text = (zh: string, en: string) => ({ zh, en })
const explain = text('', '')

export const PONDS: Register = {
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
export const BOTH = [PONDS, PITS]

export const sheet = (name: string, ...rows: CellValue[][]): BookSheet => ({ name, rows })
export const read = (...sheets: BookSheet[]): Tables => readTables(BOTH, [{ file: 'a.xlsx', sheets }])
export const refused = (...sheets: BookSheet[]): Refusal => {
  try {
    read(...sheets)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  throw new Error('was not refused')
}
