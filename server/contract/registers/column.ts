import type { Text } from '../errors.ts'
import type { Choice, Column, ColumnType } from './register.ts'

/** [Chinese, English]. */
export type Pair = readonly [zh: string, en: string]
type More = Pick<Column, 'also' | 'needed' | 'min' | 'max'>
export const both = ([zh, en]: Pair): Text => ({ zh, en })

/** Units as they stand in brackets behind a head. */
export const UNIT = {
  people: ['人', 'people'],
  households: ['户', 'households'],
  m: ['米', 'm'],
  km: ['公里', 'km'],
  m2: ['平方米', 'm²'],
  km2: ['平方公里', 'km²'],
  wan: ['万元', '10⁴ CNY'],
  wanM3: ['万立方米', '10⁴ m³'],
  m3s: ['立方米/秒', 'm³/s'],
  m3d: ['立方米/日', 'm³/d'],
  t: ['吨', 't'],
  wanTa: ['万吨/年', '10⁴ t/a'],
  min: ['分钟', 'min'],
  h: ['小时', 'h'],
  mm: ['毫米', 'mm'],
  kmh: ['公里/时', 'km/h'],
  deg: ['度', '°'],
  years: ['年一遇', 'years'],
  kV: ['千伏', 'kV'],
  MW: ['兆瓦', 'MW'],
  beds: ['张', 'beds'],
  vehicles: ['辆', 'vehicles'],
  MHz: ['兆赫', 'MHz'],
  days: ['天', 'days'],
} as const satisfies Record<string, Pair>
type Unit = keyof typeof UNIT

const column = (
  type: ColumnType,
  key: string,
  head: Pair,
  explain: Pair,
  example: string,
  more: Partial<Column>,
): Column => ({ key, head: both(head), type, ...more, explain: both(explain), example })

type Plain = (key: string, head: Pair, explain: Pair, example: string, more?: More) => Column
const plain =
  (type: ColumnType): Plain =>
  (key, head, explain, example, more = {}) =>
    column(type, key, head, explain, example, more)

export const text = plain('text')
/** A day, `2025-06-30`. */
export const date = plain('date')
/** 是 or 否; blank is unknown. */
export const flag = plain('flag')
/** The post or person who answers; not shown without the right to see persons. */
export const person = plain('person')
export const phone = plain('phone')
/** Several short texts in one cell, separated by 、. */
export const list = plain('list')
/** Points `lon,lat` separated by ; — a way from its start to its end. */
export const line = plain('line')
/** The same, closed: an area. */
export const ring: Plain = (...of) => ({ ...line(...of), closed: true })

type Measure = (
  key: string,
  head: Pair,
  unit: Unit | undefined,
  explain: Pair,
  example: string,
  more?: More,
) => Column
/** 0 or more unless `min` says otherwise. */
const measure =
  (type: ColumnType): Measure =>
  (key, head, unit, explain, example, more = {}) =>
    column(type, key, head, explain, example, { ...inUnit(unit), min: 0, ...more })

export const whole = measure('whole')
export const number = measure('number')

const inUnit = (unit: Unit | undefined): Pick<Column, 'unit'> => (unit ? { unit: both(UNIT[unit]) } : {})

/** What a drop-down offers: value, then its words. */
export type Option = readonly [value: string, zh: string, en: string]
export const choices = (options: readonly Option[]): readonly Choice[] =>
  options.map(([value, zh, en]) => ({ value, text: { zh, en } }))

/** One of a drop-down. A record holds the value, a sheet the words. */
export const choice = (
  key: string,
  head: Pair,
  options: readonly Option[],
  explain: Pair,
  more: More = {},
): Column => column('choice', key, head, explain, options[0][1], { choices: choices(options), ...more })

/** Several of a fixed set of words in one cell, separated by 、. */
export const someOf = (
  key: string,
  head: Pair,
  options: readonly Option[],
  explain: Pair,
  more: More = {},
): Column =>
  column('list', key, head, explain, `${options[0][1]}、${options[1][1]}`, {
    choices: choices(options),
    ...more,
  })

type Pointer = (
  key: string,
  register: string,
  head: Pair,
  explain: Pair,
  example: string,
  more?: More,
) => Column
const pointer =
  (type: ColumnType): Pointer =>
  (key, register, head, explain, example, more = {}) =>
    column(type, key, head, explain, example, { refers: register, ...more })

/** The id of a row of another register. */
export const ref = pointer('text')
/** The ids of rows of another register, separated by 、. */
export const refs = pointer('list')
