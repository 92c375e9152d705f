import type { Text } from '../../../server/contract/errors.ts'
import type { LonLat } from '../../../server/contract/geo.ts'
import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { REGISTERS, registerOf } from '../../../server/contract/registers/index.ts'
import type { Column, FieldValue, Register } from '../../../server/contract/registers/register.ts'
import { Random } from '../random.ts'
import { round6 } from './ground.ts'
import { OFFICES } from './offices.ts'

/** The day the registers were closed: a fixed one, so that the same seed gives the same bytes on any day. */
export const CLOSED = '2026-06-30'

export type Fields = Record<string, FieldValue | undefined>

/** What a row is made of; blank fields may be left out. */
export interface Row {
  /** Where the register has ids of its own (adcodes); numbered without. */
  id?: string
  name: Text
  at?: LonLat | null
  fields: Fields
}

/** The registers as they are filled: ids, sources, and a check of every field against its column. */
export class Ledger {
  readonly #rows = new Map<string, RegisterRecord[]>(REGISTERS.map(({ key }) => [key, []]))
  readonly #taken = new Set<string>()
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed, 'days of registers')
  }

  /** @returns the row's id @throws Error of a field that its register does not have or that does not fit */
  add(key: string, { id, name, at = null, fields }: Row): string {
    const register = registerOf(key)
    if (!register) throw new Error(`No register ${key}`)
    const rows = this.#rows.get(key)!
    const place = register.position === 'none' || !at ? null : this.unused(at)
    if (place) this.#taken.add(place.join())
    const own = id ?? `${OFFICES[key].code}${String(rows.length + 1).padStart(3, '0')}`
    rows.push({
      id: own,
      register: key,
      name: name.zh,
      nameEn: name.en,
      at: place,
      source: { name: OFFICES[key].source, asOf: daysBefore(CLOSED, this.#random.whole(0, 90)) },
      fields: checked(register, fields),
    })
    return own
  }

  /** The place itself, or a few metres beside it where another row stands there already. */
  unused(at: LonLat): LonLat {
    for (let k = 0; ; k++) {
      const place = round6([at[0] + k * 0.00004, at[1]])
      if (!this.#taken.has(place.join())) return place
    }
  }

  of(key: string): readonly RegisterRecord[] {
    return this.#rows.get(key) ?? []
  }

  get all(): Map<string, RegisterRecord[]> {
    return this.#rows
  }
}

function checked(register: Register, fields: Fields): RegisterRecord['fields'] {
  for (const key of Object.keys(fields)) {
    if (!register.columns.some(c => c.key === key)) throw new Error(`${register.key} has no column ${key}`)
  }
  const out: RegisterRecord['fields'] = {}
  for (const column of register.columns) {
    const value = fields[column.key] ?? null
    if (value !== null && !fits(column, value)) {
      throw new Error(`${register.key}.${column.key} may not be ${JSON.stringify(value)}`)
    }
    out[column.key] = value
  }
  return out
}

function fits({ type, choices, min, max }: Column, value: FieldValue): boolean {
  const known = (v: string): boolean => !choices || choices.some(c => c.value === v)
  switch (type) {
    case 'whole':
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value)) return false
      if (type === 'whole' && !Number.isInteger(value)) return false
      return value >= (min ?? -Infinity) && value <= (max ?? Infinity)
    case 'flag':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value) && value.every(v => typeof v === 'string' && v !== '' && known(v))
    case 'line':
      return Array.isArray(value) && value.length > 1 && value.every(v => Array.isArray(v))
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
    default:
      return typeof value === 'string' && value !== '' && known(value)
  }
}

const DAY_MS = 86_400_000

/** `2026-06-30` less some days; negative days are later. */
export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10)
}

/** A day in the last `days` before the registers were closed. */
export const lately = (random: Random, days: number): string => daysBefore(CLOSED, random.whole(0, days))
/** A day in the next `days` after it. */
export const soon = (random: Random, days: number): string => daysBefore(CLOSED, -random.whole(30, days))
