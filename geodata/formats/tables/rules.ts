import type { DataValidation } from 'hucre/xlsx'
import type { Lang } from '../../../server/contract/errors.ts'
import type { Column } from '../../../server/contract/registers/register.ts'
import type { SheetPlan } from '../workbook-write.ts'
import { columnLetters } from '../workbook.ts'

/** Drop-downs, limits and what to put in, shown when a cell is chosen. Rows as a sheet counts them, from 1. */
export function rulesOf(
  columns: readonly Column[],
  fromRow: number,
  toRow: number,
  choices: Choices,
  lang: Lang = 'zh',
): DataValidation[] {
  return columns.map((column, i) => {
    const letters = columnLetters(i)
    return {
      range: `${letters}${fromRow}:${letters}${toRow}`,
      allowBlank: true,
      ...promptOf(column),
      ...limitOf(column, choices, lang),
    }
  })
}

/** Excel's own limits: 32 characters of title, 255 of text. */
function promptOf({ head, explain }: Column): Partial<DataValidation> {
  return {
    showInputMessage: true,
    inputTitle: [...head.zh].slice(0, 32).join(''),
    inputMessage: [...`${explain.zh}\n${explain.en}`].slice(0, 250).join(''),
  }
}

function limitOf(
  column: Column,
  choices: Choices,
  lang: Lang,
): Pick<DataValidation, 'type'> & Partial<DataValidation> {
  const { type, min, max } = column
  const stop = {
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: column.head.zh.slice(0, 32),
  } as const
  if (type === 'choice' && column.choices) {
    const errorMessage = '请从下拉列表中选。\nChoose from the list.'
    return { type: 'list', formula1: choices.range(column, lang), ...stop, errorMessage }
  }
  if (type === 'flag')
    return {
      type: 'list',
      values: lang === 'zh' ? ['是', '否'] : ['yes', 'no'],
      ...stop,
      errorMessage: '是 / 否\nyes / no',
    }
  // A warning only: the importer takes `1,204` and `30米` too.
  if ((type === 'whole' || type === 'number') && (min !== undefined || max !== undefined)) {
    const [low, high] = [min ?? -1e12, max ?? 1e12]
    const kind = type === 'whole' ? 'whole' : 'decimal'
    const errorMessage = '请只填数字；不知道就留空。\nDigits only; blank where unknown.'
    const limits = { operator: 'between', formula1: String(low), formula2: String(high) } as const
    return { type: kind, ...limits, ...stop, errorStyle: 'warning', errorMessage }
  }
  // Always true: only the prompt is wanted.
  return { type: 'custom', formula1: 'TRUE' }
}

/** The words of the drop-downs, on a sheet that is not shown: a list in the rule itself ends at 255 characters. */
export class Choices {
  private readonly lists: string[][] = []

  range({ choices = [] }: Column, lang: Lang): string {
    const words = choices.map(choice => choice.text[lang])
    let at = this.lists.findIndex(list => list.join('\n') === words.join('\n'))
    if (at < 0) at = this.lists.push(words) - 1
    const letters = columnLetters(at)
    return `'${NAME}'!$${letters}$1:$${letters}$${words.length}`
  }

  sheet(): SheetPlan[] {
    if (this.lists.length === 0) return []
    const height = Math.max(...this.lists.map(list => list.length))
    const rows = Array.from({ length: height }, (_, row) => this.lists.map(list => list[row] ?? null))
    return [{ name: NAME, hidden: true, rows, columns: this.lists.map(() => ({ width: 14 })) }]
  }
}
const NAME = '选项'
