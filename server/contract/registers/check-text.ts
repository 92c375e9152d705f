import type { Text } from '../errors.ts'
import { tidyText, UNKNOWN_WORD } from './words.ts'

/** What is wrong with a value, and what to do about it. */
export interface ValueFault {
  text: Text
  remedy: Text
}

export const valueFaultOf = (zh: string, en: string, zhRemedy: string, enRemedy: string): ValueFault => ({
  text: { zh, en },
  remedy: { zh: zhRemedy, en: enRemedy },
})

/** Enough of a value to know it by. */
export const shown = (text: string): string => {
  const characters = [...text]
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}…` : text
}

/** Text that a record may hold: something, no longer than `most`, as `tidyText` leaves it. */
export function textFault(value: string, most: number): ValueFault | null {
  if (value.length > most) return tooLong(most)
  if (value.trim() === '')
    return valueFaultOf(
      '为空',
      'is empty',
      '必填的请填写，不知道的不要写空字。',
      'Fill it in where needed; else no text.',
    )
  if (UNKNOWN_WORD.test(value)) {
    return valueFaultOf(
      `“${value}”表示不知道`,
      `"${value}" says that it is not known`,
      '不知道就留空。',
      'Leave it blank where unknown.',
    )
  }
  if (tidyText(value) === value) return null
  return valueFaultOf(
    '首尾有空白，或有不可见的字符',
    'has blanks at its ends, or characters that cannot be seen',
    '请去掉。',
    'Take them out.',
  )
}

export const tooLong = (most: number): ValueFault =>
  valueFaultOf(`超过 ${most} 个字`, `is longer than ${most} characters`, '请改短。', 'Make it shorter.')

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?$/

/** `2026-03-12`, `2026-03-12T08:30` in the county's own time, `2026-03` or `2026`. */
export function dateFault(value: string): ValueFault | null {
  const parts = DATE.exec(value)
  if (parts) {
    const [y, m = 1, d = 1, h = 0, min = 0] = parts.slice(1).map(part => (part ? Number(part) : undefined))
    const days = new Date(Date.UTC(y!, m, 0)).getUTCDate()
    if (y! >= 1900 && y! <= 2199 && m >= 1 && m <= 12 && d >= 1 && d <= days && h < 24 && min < 60)
      return null
  }
  return valueFaultOf(
    `“${shown(value)}”不是日期`,
    `"${shown(value)}" is no date`,
    '请写成 2026-03-12；不知道就留空。',
    'Write it like 2026-03-12; leave it blank where unknown.',
  )
}
