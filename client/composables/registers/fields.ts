import type { Lang } from '../../../server/contract/errors.ts'
import { distanceM, M_PER_DEG, type LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column, FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { distance, GAP, whole } from '../../ui/count.ts'

/** One line of a card. `text` null = unknown; `refs` = keys of the rows it names, in place of a text. */
export interface FieldRow {
  key: string
  head: string
  text: string | null
  unit?: string
  refs?: string[]
}
/** Columns that hold persons: kept apart from the row. */
export const isOfPersons = ({ type }: Column): boolean => type === 'person' || type === 'phone'
const SEPARATOR = { zh: '、', en: ', ' } as const
const YES_NO = { zh: ['是', '否'], en: ['yes', 'no'] } as const

/** Square metres of a small ring of degrees (shoelace on the plane at its latitude). */
export function ringAreaM2(ring: readonly LonLat[]): number {
  const k = Math.cos((ring[0]![1] * Math.PI) / 180)
  const twice = ring.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = ring[(i + 1) % ring.length]!
    return sum + (x * nextY - nextX * y)
  }, 0)
  return (Math.abs(twice) / 2) * M_PER_DEG ** 2 * k
}

function lineText(line: readonly LonLat[], lang: Lang): string {
  const [first, last] = [line[0]!, line.at(-1)!]
  if (line.length > 3 && first[0] === last[0] && first[1] === last[1]) {
    const ha = ringAreaM2(line) / 10_000
    return lang === 'zh' ? `${ha.toFixed(1)} 公顷` : `${ha.toFixed(1)} ha`
  }
  return distance(line.slice(1).reduce((sum, p, i) => sum + distanceM(line[i]!, p), 0))
}

function number(n: number): string {
  return Number.isInteger(n) ? whole(n) : n.toLocaleString('en-US', { maximumFractionDigits: 3 })
}

/** A value as a person reads it; null where nothing is known. */
export function textOf(column: Column, value: FieldValue | undefined, lang: Lang): string | null {
  if (value === undefined || value === null || value === '') return null
  const word = (v: string) => column.choices?.find(c => c.value === v)?.text[lang] ?? v
  if (typeof value === 'boolean') return YES_NO[lang][value ? 0 : 1]
  if (typeof value === 'number') return column.choices ? word(String(value)) : number(value)
  if (typeof value === 'string') return word(value)
  if (value.length === 0) return null
  if (typeof value[0] === 'string') return (value as string[]).map(word).join(SEPARATOR[lang])
  return lineText(value as LonLat[], lang)
}

/** Every column of a row but those of persons, in the register's order. */
export function fieldRows(register: Register, record: RegisterRecord, lang: Lang): FieldRow[] {
  return register.columns.flatMap((column): FieldRow[] => {
    if (isOfPersons(column)) return []
    const value = record.fields[column.key]
    const text = textOf(column, value, lang)
    const row = { key: column.key, head: column.head[lang], text }
    if (column.refers !== undefined && text !== null) {
      const ids = (Array.isArray(value) ? value : [value]) as string[]
      return [{ ...row, refs: ids.map(id => `${column.refers}/${id}`) }]
    }
    return [column.unit && text !== null ? { ...row, unit: column.unit[lang] } : row]
  })
}

export const holdsPersons = (register: Register): boolean =>
  register.persons === true || register.columns.some(isOfPersons)

/** Columns that tell a register's rows apart at a glance; the others take their first choice or number. */
const LEADS: Record<string, readonly string[]> = {
  townships: ['people'],
  villages: ['people'],
  teams: ['people', 'state'],
  equipment: ['quantity', 'unit'],
  stock: ['quantity', 'unit'],
  geohazardPoints: ['kind', 'people'],
  mines: ['kind', 'state'],
  miningSystems: ['grade', 'people'],
  tailingsPonds: ['class', 'peopleWithin1km'],
  shelters: ['capacity'],
  refuges: ['capacity'],
}

/** The facts that tell rows of a list apart. */
export function leadOf(register: Register, record: RegisterRecord, lang: Lang): string {
  const said = (column: Column | undefined): string | null => {
    const text = column && textOf(column, record.fields[column.key], lang)
    return text ? [text, column.unit?.[lang]].filter(Boolean).join(' ') : null
  }
  const named = (LEADS[register.key] ?? []).map(key => said(register.columns.find(c => c.key === key)))
  const [first, second] = named.filter(text => text !== null)
  if (first)
    return second ? `${first}${register.columns.some(c => c.key === 'unit') ? ' ' : GAP}${second}` : first
  const pick = (types: Column['type'][]) =>
    register.columns
      .filter(c => types.includes(c.type) && c.refers === undefined)
      .map(said)
      .find(text => text !== null)
  return pick(['choice']) ?? pick(['whole', 'number']) ?? ''
}
