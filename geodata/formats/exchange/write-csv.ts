import { quoteFormula } from '../csv.ts'
import { cellOf, textOf } from '../tables/cells-out.ts'
import { headIn, layout } from '../tables/layout.ts'
import { markOf } from './mark.ts'
import type { Export, Table } from './write.ts'

/** UTF-8 with its mark, as Excel wants it; texts that a spreadsheet would take for formulas begin with `'`. */
export function writeRegisterCsv({ register, records }: Table, about: Export): Uint8Array {
  const { lang, fictional, persons } = about
  const columns = layout(register, persons === undefined)
  const remarks = fictional ? markOf(lang).map(text => `# ${text.replaceAll(',', ';')}`) : []
  const rows = records.map(record =>
    columns.map(column => {
      const cell = cellOf(column, record, lang)
      return typeof cell === 'string' ? quoteFormula(cell) : textOf(cell)
    }),
  )
  const lines = [columns.map(column => headIn(lang, column)), ...rows].map(row => row.map(quoted).join(','))
  return new TextEncoder().encode(`\ufeff${[...remarks, ...lines].join('\r\n')}\r\n`)
}

/** A lone blank cell is quoted too: a blank line would be no row. */
const quoted = (cell: string): string => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
