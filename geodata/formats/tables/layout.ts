import type { Lang, Text } from '../../../server/contract/errors.ts'
import type { Column, Register } from '../../../server/contract/registers/register.ts'
import { SHARED } from './heads.ts'

/**
 * Columns of a register's table in order: who and where first, where it is from last.
 * @param open without persons and telephone numbers
 */
export function layout(register: Register, open = false): Column[] {
  const own = new Map(register.columns.map(column => [column.key, column]))
  const shared = (key: keyof typeof SHARED): Column[] =>
    own.has(key) ? [] : [{ key, ...SHARED[key], ...SAID[key] }]
  const where = register.position === 'none' ? [] : [...shared('lon'), ...shared('lat')]
  return [
    ...shared('id'),
    ...shared('name'),
    ...shared('nameEn'),
    ...where,
    ...register.columns.filter(({ type }) => !open || (type !== 'person' && type !== 'phone')),
    ...shared('source'),
    ...shared('asOf'),
  ]
}

/** A head with its unit and, where asked, the star of a needed column. */
export function headIn(lang: Lang, { head, unit, needed }: Column, star = false): string {
  const inside = unit ? (lang === 'zh' ? `（${unit.zh}）` : ` (${unit.en})`) : ''
  return `${head[lang]}${inside}${needed && star && lang === 'zh' ? '*' : ''}`
}

/** Both languages, the reader's first. */
export const headOf = (column: Column, lang: Lang): string =>
  [lang, lang === 'zh' ? 'en' : ('zh' as const)].map(one => headIn(one as Lang, column, true)).join('\n')

export const FICTIONAL: Text = {
  zh: '虚构示范数据：地点、单位、人员和电话均为编造，不得用于真实处置',
  en: 'Fictional demonstration data: places, units, persons and numbers are invented; never to be used in earnest',
}

const SAID: Record<
  keyof typeof SHARED,
  Pick<Column, 'type' | 'explain' | 'example' | 'needed' | 'min' | 'max'>
> = {
  id: {
    type: 'text',
    explain: { zh: '在本表中不重复；以后不再改动', en: 'Its own within this sheet; never changed again' },
    example: '示例-1',
  },
  name: { type: 'text', needed: true, explain: { zh: '必填', en: 'Needed' }, example: '示例：' },
  nameEn: { type: 'text', explain: { zh: '可空', en: 'May be blank' }, example: 'Example' },
  lon: {
    type: 'number',
    min: -180,
    max: 180,
    explain: {
      zh: '十进制度，WGS84 或 CGCS2000；不知道就留空，不要估',
      en: 'Decimal degrees, WGS84 or CGCS2000; blank where unknown, never guessed',
    },
    example: '112.3456',
  },
  lat: {
    type: 'number',
    min: -90,
    max: 90,
    explain: { zh: '同经度', en: 'As the longitude' },
    example: '36.1234',
  },
  source: {
    type: 'text',
    explain: { zh: '哪个部门、哪份材料', en: 'Which office, which paper' },
    example: '县应急管理局',
  },
  asOf: {
    type: 'date',
    explain: { zh: '这一行何时核对过', en: 'When this row was last checked' },
    example: '2026-03-12',
  },
}
