import type { Text } from '../errors.ts'
import { valueFault, type ValueFault } from './check-value.ts'
import { dateFault, textFault } from './check-text.ts'
import type { RegisterRecord } from './record.ts'
import type { FieldValue, Register } from './register.ts'
import { EXAMPLE_ROW, MOST, SIGNATURE_ROW, SUM_ROW } from './words.ts'

/** What is wrong with one column of a record: `text` goes on from the column's head (“人数” 为空). */
export interface RecordFault {
  /** The column's key, or `id name nameEn at source asOf register`. */
  column: string
  head: Text
  text: Text
  remedy: Text
}

const HEADS = {
  register: { zh: '台账', en: 'Register' },
  id: { zh: '编号', en: 'ID' },
  name: { zh: '名称', en: 'Name' },
  nameEn: { zh: '英文名', en: 'English name' },
  at: { zh: '经纬度', en: 'Position' },
  source: { zh: '来源', en: 'Source' },
  asOf: { zh: '截至', en: 'As of' },
} as const satisfies Record<string, Text>

/**
 * What a record breaks of its register's columns, by which form, command and import agree. Persons' columns are
 * checked where they are there and not missed where they are kept apart. `refers` needs the world: not here.
 */
export function faultsOfRecord(register: Register, record: RegisterRecord): RecordFault[] {
  const faults: RecordFault[] = []
  const add = (column: keyof typeof HEADS, fault: ValueFault | null): void => {
    if (fault) faults.push({ column, head: HEADS[column], ...fault })
  }
  add('register', record.register === register.key ? null : OTHER)
  add('id', idFault(record.id))
  add('name', textFault(record.name, MOST.name))
  if (record.nameEn !== undefined) add('nameEn', textFault(record.nameEn, MOST.name))
  add('at', placeFault(register, record.at))
  add('source', textFault(record.source.name, MOST.name))
  if (record.source.asOf !== null) add('asOf', dateFault(record.source.asOf))

  const known = new Set(register.columns.map(({ key }) => key))
  for (const column of register.columns) {
    const value: FieldValue | undefined = record.fields[column.key]
    const fault = value === null || value === undefined ? missing(column) : valueFault(column, value)
    if (fault) faults.push({ column: column.key, head: column.head, ...fault })
  }
  for (const key of Object.keys(record.fields)) {
    if (!known.has(key)) faults.push({ column: key, head: { zh: key, en: key }, ...STRANGE })
  }
  return faults
}

const missing = ({ needed, type }: Register['columns'][number]): ValueFault | null =>
  needed && type !== 'person' && type !== 'phone' ? NEEDED : null

/** What would be left out of a table as no row of it is no id. */
function idFault(id: string): ValueFault | null {
  const aside = [EXAMPLE_ROW, SUM_ROW, SIGNATURE_ROW].some(word => word.test(id))
  return textFault(id, MOST.id) ?? (aside ? NO_ID : null)
}

function placeFault({ position }: Register, at: RegisterRecord['at']): ValueFault | null {
  if (at === null) return position === 'needed' ? NEEDED : null
  if (position === 'none') return PLACELESS
  const [lon, lat] = at
  if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return null
  return Math.abs(lon) <= 90 && Math.abs(lat) <= 180 ? SWAPPED : NOWHERE
}

export const NEEDED: ValueFault = {
  text: { zh: '为空', en: 'is empty' },
  remedy: { zh: '这一列必须填写。', en: 'This column is needed.' },
}
export const SWAPPED: ValueFault = {
  text: { zh: '经度与纬度填反了', en: 'longitude and latitude are swapped' },
  remedy: { zh: '请对调经度与纬度。', en: 'Swap longitude and latitude.' },
}
const NOWHERE: ValueFault = {
  text: { zh: '不在地球上', en: 'lies nowhere on earth' },
  remedy: {
    zh: '经度 −180 至 180，纬度 −90 至 90；不知道就留空。',
    en: 'Longitude −180 to 180, latitude −90 to 90; blank where unknown.',
  },
}
const PLACELESS: ValueFault = {
  text: { zh: '这种台账没有位置', en: 'this register has no positions' },
  remedy: { zh: '请留空。', en: 'Leave it blank.' },
}
const OTHER: ValueFault = {
  text: { zh: '不是这种台账的行', en: 'is a row of another register' },
  remedy: { zh: '请用它自己的台账。', en: 'Use its own register.' },
}
const STRANGE: ValueFault = {
  text: { zh: '这种台账没有这一列', en: 'is no column of this register' },
  remedy: { zh: '请去掉。', en: 'Take it out.' },
}
const NO_ID: ValueFault = {
  text: {
    zh: '像示例、合计或备注行，不能作编号',
    en: 'reads as an example, a sum or a remark, not as an id',
  },
  remedy: { zh: '请换一个编号。', en: 'Choose another id.' },
}
