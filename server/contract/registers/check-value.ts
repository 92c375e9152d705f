import type { Text } from '../errors.ts'
import { dateFault, shown, textFault, tooLong, type ValueFault, valueFaultOf } from './check-text.ts'
import type { Choice, Column, FieldValue } from './register.ts'
import { BETWEEN_ITEMS, lineText, MOST, NONE_WORD } from './words.ts'

export type { ValueFault }

/** What a value breaks of its column, or null. */
export function valueFault(column: Column, value: Exclude<FieldValue, null>): ValueFault | null {
  const { type, choices = [] } = column
  switch (type) {
    case 'text':
    case 'person':
      return typeof value === 'string' ? textFault(value, MOST.text) : OTHER_KIND
    case 'phone':
      return typeof value === 'string' ? phoneFault(value) : OTHER_KIND
    case 'whole':
    case 'number':
      return typeof value === 'number' ? numberFault(column, value, String(value)) : OTHER_KIND
    case 'date':
      return typeof value === 'string' ? dateFault(value) : OTHER_KIND
    case 'flag':
      return typeof value === 'boolean' ? null : OTHER_KIND
    case 'choice':
      return typeof value === 'string' ? choiceFault(choices, value) : OTHER_KIND
    case 'list':
      return Array.isArray(value) && isTexts(value) ? listFault(column, value) : OTHER_KIND
    case 'line':
      return Array.isArray(value) && !isTexts(value) ? lineFault(value) : OTHER_KIND
  }
}

const isTexts = (value: unknown[]): value is string[] => value.every(item => typeof item === 'string')

const OTHER_KIND = valueFaultOf(
  '不是这一列的数据类型',
  'is of another kind than its column',
  '请按这一列的说明填写。',
  'Put what the column asks for.',
)

/** A number that a spreadsheet took for a quantity: 1.39E+10. */
const SCIENTIFIC = /^\d(?:\.\d+)?E\+?\d+$/i
/** Digits alone that no telephone has: a mobile with one too few or many, an area code without its 0. */
const BROKEN = /^(?:1[3-9](?:\d{5,8}|\d{10,})|(?!1|400|800)[1-9]\d{9,10})$/

export function phoneFault(value: string): ValueFault | null {
  const bare = value.normalize('NFKC').trim()
  if (SCIENTIFIC.test(bare) || BROKEN.test(bare.replace(/^(?:\+|00)?86(?=1[3-9])/, '')))
    return phoneBroken(value)
  const digits = bare.replace(/\D/g, '').length
  if (digits >= 3 && value.length <= MOST.phone) return textFault(value, MOST.phone)
  return valueFaultOf(
    `“${shown(value)}”不是电话号码`,
    `"${shown(value)}" is no telephone number`,
    '请填号码，固话带区号，几个号码用、分开；没有就留空。',
    'Give the number, with the area code; several with 、 between; blank where there is none.',
  )
}

const phoneBroken = (value: string): ValueFault =>
  valueFaultOf(
    `“${shown(value)}”像电话号码，但位数不对或丢了开头的 0`,
    `"${shown(value)}" looks like a telephone number with digits missing, its leading 0 perhaps`,
    '手机 11 位，固话带区号和开头的 0；Excel 里先把这一列设为文本再填。',
    'Mobiles have 11 digits, others their area code with its 0; in Excel make the column text first.',
  )

/** @param written as it stands in the sheet or form */
export function numberFault(
  { type, unit, min, max }: Column,
  value: number,
  written: string,
): ValueFault | null {
  const whole = type === 'whole'
  const [low, high] = [min ?? -Number.MAX_VALUE, max ?? Number.MAX_VALUE]
  if (value >= low && value <= high && (!whole || Number.isSafeInteger(value))) return null
  const range = rangeText(min, max)
  return valueFaultOf(
    `“${shown(written)}”不是${range.zh}${whole ? '整数' : '数'}`,
    `"${shown(written)}" is no ${whole ? 'whole number' : 'number'}${range.en}`,
    `请只填数字${unit ? `，单位${unit.zh}` : ''}；不知道就留空。`,
    `Digits only${unit ? `, in ${unit.en}` : ''}; leave it blank where unknown.`,
  )
}

function rangeText(min: number | undefined, max: number | undefined): Text {
  if (min === undefined && max === undefined) return { zh: '', en: '' }
  if (max === undefined) return { zh: ` ${min} 以上的`, en: ` from ${min} up` }
  if (min === undefined) return { zh: ` ${max} 以下的`, en: ` up to ${max}` }
  return { zh: ` ${min} 至 ${max} 的`, en: ` ${min}–${max}` }
}

const choiceFault = (choices: readonly Choice[], value: string): ValueFault | null =>
  choices.some(choice => choice.value === value) ? null : notOffered(choices, value)

export const notOffered = (choices: readonly Choice[], written: string): ValueFault =>
  valueFaultOf(
    `“${shown(written)}”不在可选项中`,
    `"${shown(written)}" is not among the choices`,
    `可用：${choices.map(c => c.text.zh).join('、')}。`,
    `Use one of ${choices.map(c => c.text.en).join(', ')}.`,
  )

function listFault({ choices }: Column, items: readonly string[]): ValueFault | null {
  for (const item of items) {
    const fault = choices ? choiceFault(choices, item) : itemFault(item)
    if (fault) return fault
  }
  const words = items.map(item => choices?.find(({ value }) => value === item)?.text.zh ?? item)
  return words.join('、').length > MOST.text ? tooLong(MOST.text) : null
}

/** One cell holds all items: none may read as two, or as the word for none. */
function itemFault(item: string): ValueFault | null {
  if (!BETWEEN_ITEMS.test(item) && !NONE_WORD.test(item)) return textFault(item, MOST.text)
  return valueFaultOf(
    `“${shown(item)}”不能作为一项`,
    `"${shown(item)}" cannot be one item`,
    '一项里不能有顿号、逗号、分号和换行；没有就不写任何一项。',
    'An item holds no comma, semicolon, 、 or new line; where there is none, give no item.',
  )
}

function lineFault(points: readonly (readonly [number, number])[]): ValueFault | null {
  const good = points.every(
    point => point.length === 2 && Math.abs(point[0]) <= 180 && Math.abs(point[1]) <= 90,
  )
  if (good && points.length >= 2) return lineText(points).length > MOST.line ? TOO_MANY : null
  return valueFaultOf(
    '不是一串经纬度',
    'is no row of lon,lat',
    '经度在前，至少两个点。',
    'The longitude first, two points at least.',
  )
}

const TOO_MANY = valueFaultOf(
  `折点过多，一格放不下（上限 ${MOST.line} 个字）`,
  `has more points than one cell holds (${MOST.line} characters)`,
  '请减少折点。',
  'Take out points.',
)
