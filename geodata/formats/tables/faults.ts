import { Refusal, type Text } from '../../../server/contract/errors.ts'
import type { Register } from '../../../server/contract/registers/register.ts'
import { columnLetters } from '../workbook.ts'
import { columnsOf } from './heads.ts'
import type { Wrong } from './values.ts'

/** A wrong cell: `row` as the sheet counts it, from 1; `column` from 0. */
export interface Fault extends Wrong {
  where: { file: string; sheet: string; row: number; column: number; head: string }
}

const MAX_SHOWN = 20

/** `C12`: column and row as a spreadsheet names them. */
export const cellName = ({ row, column }: Fault['where']): string => `${columnLetters(column)}${row}`

const headName = ({ head }: Fault['where']): string => head.split('\n')[0]

const place = (where: Fault['where']): Text => ({
  zh: `${where.file} 工作表“${where.sheet}”第 ${where.row} 行“${headName(where)}”列（${cellName(where)}）`,
  en: `${where.file}, sheet "${where.sheet}", row ${where.row}, column "${headName(where)}" (${cellName(where)})`,
})

export function badCells(faults: readonly Fault[]): Refusal {
  const [{ where, text, remedy }] = faults
  const more = faults.length - 1
  const { zh, en } = place(where)
  return new Refusal(
    'table_cells',
    422,
    {
      zh: `${zh}：${text.zh}${more ? `（另有 ${more} 处）` : ''}；没有导入任何内容`,
      en: `${en}: ${text.en}${more ? ` (and ${more} more)` : ''}; nothing was imported`,
    },
    remedy,
    `${where.file}:${where.sheet}!${cellName(where)}`,
    {
      faults: faults.slice(0, MAX_SHOWN).map(fault => ({
        ...fault.where,
        place: place(fault.where),
        cell: cellName(fault.where),
        text: fault.text,
        remedy: fault.remedy,
      })),
    },
  )
}

export function twice(id: string, before: Fault['where'], again: Fault['where']): Refusal {
  const [first, second] = [place(before), place(again)]
  return new Refusal(
    'table_twice',
    422,
    {
      zh: `${second.zh}：编号 ${id} 与 ${first.zh} 重复；没有导入任何内容`,
      en: `${second.en}: the id ${id} is also in ${first.en}; nothing was imported`,
    },
    { zh: '请改成不重复的编号，或删去重复的行。', en: 'Give it an id of its own, or delete the second row.' },
    `${again.file}:${again.sheet}!${cellName(again)}`,
  )
}

export function missingColumn(file: string, sheet: string, register: Register, key: string): Refusal {
  const column = columnsOf(register).find(one => one.key === key)
  const head = column?.head ?? { zh: key, en: key }
  const also = column?.also?.length ? `（${column.also.join('、')}）` : ''
  const needed = columnsOf(register).filter(one => needs(register, one.key))
  return new Refusal(
    'table_column',
    422,
    {
      zh: `${file} 工作表“${sheet}”（${register.sheet.zh}）缺少列“${head.zh}”${also}`,
      en: `${file}, sheet "${sheet}" (${register.sheet.en}) lacks the column "${head.en}"`,
    },
    {
      zh: `列名须在前 15 行之内；必需的列：${needed.map(one => one.head.zh).join('、')}。`,
      en: `Heads stand in the first 15 rows; needed are ${needed.map(one => one.head.en).join(', ')}.`,
    },
    `${file}:${sheet}`,
  )
}

const needs = (register: Register, key: string): boolean =>
  key === 'name' ||
  (register.position === 'needed' && (key === 'lon' || key === 'lat')) ||
  register.columns.some(column => column.key === key && column.needed)

export function otherUnits(
  file: string,
  sheet: string,
  head: string,
  { found, wanted }: { found: string; wanted: Text },
): Refusal {
  const shown = head.replace(/\s+/g, ' ')
  return new Refusal(
    'table_unit',
    422,
    {
      zh: `${file} 工作表“${sheet}”的列“${shown}”以 ${found} 为单位，这里要的是${wanted.zh}`,
      en: `${file}, sheet "${sheet}": the column "${shown}" is in ${found}; here it is ${wanted.en}`,
    },
    {
      zh: `请把这一列换算成${wanted.zh}，并改列名中的单位。`,
      en: `Convert the column to ${wanted.en} and correct the unit in its head.`,
    },
    `${file}:${sheet}`,
  )
}

export const nothingKnown = (file: string): Text => ({
  zh: `${file} 中没有认得出的台账，未使用；可用 npm run make-county -- --empty 的空表对照`,
  en: `${file} holds no known register and was not used; compare with the blank ones of npm run make-county -- --empty`,
})
