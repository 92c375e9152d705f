import type { Lang, Text } from '../../../server/contract/errors.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, Register } from '../../../server/contract/registers/register.ts'
import { lonLat } from '../../ui/count.ts'
import { isOfPersons, textOf } from './fields.ts'

/** One part of a row that can differ between two versions: a column, or what every row has. */
export interface Part {
  key: string
  head: Text
  column?: Column
}
const OWN: readonly Part[] = [
  { key: 'name', head: { zh: '名称', en: 'Name' } },
  { key: 'nameEn', head: { zh: '英文名', en: 'English name' } },
  { key: 'at', head: { zh: '位置', en: 'Position' } },
  { key: 'source', head: { zh: '来源', en: 'Source' } },
  { key: 'asOf', head: { zh: '截至', en: 'As of' } },
]
export const partsOf = (register: Register): Part[] => [
  ...OWN,
  ...register.columns
    .filter(column => !isOfPersons(column))
    .map(column => ({ key: column.key, head: column.head, column })),
]

const OWN_VALUE: Record<string, (record: RegisterRecord) => unknown> = {
  name: r => r.name,
  nameEn: r => r.nameEn,
  at: r => r.at,
  source: r => r.source.name,
  asOf: r => r.source.asOf,
}
const valueOf = (record: RegisterRecord, { key, column }: Part): unknown =>
  (column ? record.fields[key] : OWN_VALUE[key]!(record)) ?? null
const same = (part: Part, a: RegisterRecord, b: RegisterRecord): boolean =>
  JSON.stringify(valueOf(a, part)) === JSON.stringify(valueOf(b, part))

/** The parts in which two versions differ. */
export function differing(register: Register, a: RegisterRecord, b: RegisterRecord): Part[] {
  return partsOf(register).filter(part => !same(part, a, b))
}

/** A part as a person reads it; null = unknown. @param nameOf the name of the row behind `register/id` */
export function partText(
  { key, column }: Part,
  record: RegisterRecord,
  lang: Lang,
  nameOf: (key: string) => string,
): string | null {
  if (key === 'at' && !column) return record.at && lonLat(record.at, 6)
  if (!column) return (OWN_VALUE[key]!(record) as string | null | undefined) ?? null
  const value = record.fields[key]
  const text = textOf(column, value, lang)
  if (text === null) return null
  if (column.refers !== undefined)
    return ([value].flat() as string[])
      .map(id => nameOf(`${column.refers}/${id}`))
      .join(lang === 'zh' ? '、' : ', ')
  if (column.type === 'line')
    return `${text}　${(value as unknown[]).length} ${lang === 'zh' ? '个折点' : 'points'}`
  return column.unit ? `${text} ${column.unit[lang]}` : text
}

export type Side = 'mine' | 'theirs'
/** Parts that two people changed from the same row: one of them alone, or both to something different. */
export interface Clash {
  mine: Part[]
  theirs: Part[]
  both: Part[]
}

export function clashOf(
  register: Register,
  base: RegisterRecord,
  mine: RegisterRecord,
  theirs: RegisterRecord,
): Clash {
  const clash: Clash = { mine: [], theirs: [], both: [] }
  for (const part of differing(register, mine, theirs)) {
    if (same(part, base, theirs)) clash.mine.push(part)
    else if (same(part, base, mine)) clash.theirs.push(part)
    else clash.both.push(part)
  }
  return clash
}

/** My version with theirs in the parts where they are chosen. */
export function withTheirs(
  mine: RegisterRecord,
  theirs: RegisterRecord,
  parts: readonly Part[],
): RegisterRecord {
  const out: RegisterRecord = { ...mine, source: { ...mine.source }, fields: { ...mine.fields } }
  for (const { key, column } of parts) {
    if (column) out.fields[key] = theirs.fields[key] ?? null
    else if (key === 'name') out.name = theirs.name
    else if (key === 'at') out.at = theirs.at
    else if (key === 'source') out.source.name = theirs.source.name
    else if (key === 'asOf') out.source.asOf = theirs.source.asOf
    else if (theirs.nameEn === undefined) delete out.nameEn
    else out.nameEn = theirs.nameEn
  }
  return out
}
