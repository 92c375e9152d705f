import type { LonLat } from '../../../server/contract/geo.ts'
import {
  shown,
  tooLong,
  type ValueFault,
  valueFaultOf,
} from '../../../server/contract/registers/check-text.ts'
import { notOffered, numberFault, phoneFault } from '../../../server/contract/registers/check-value.ts'
import type { Choice, Column, FieldValue } from '../../../server/contract/registers/register.ts'
import { isItem } from '../../../server/contract/registers/tidy.ts'
import {
  BETWEEN_ITEMS,
  MOST,
  NONE_WORD,
  tidyText,
  UNKNOWN_WORD,
} from '../../../server/contract/registers/words.ts'
import { type CellValue, CellTrouble } from '../workbook.ts'
import { plain } from './heads.ts'

export type Wrong = ValueFault
export type Read<T> = { value: T } | { wrong: Wrong }

/** A cell as text where what says that nothing is known is nothing. */
export function knownText(cell: CellValue | undefined): string {
  const text = cellText(cell)
  return UNKNOWN_WORD.test(text) ? '' : text
}

/** A cell as text: numbers with every digit, days as 2026-03-12, no control characters. */
export function cellText(cell: CellValue | undefined): string {
  if (cell === null || cell === undefined || cell instanceof CellTrouble) return ''
  if (cell instanceof Date) return dayText(cell)
  if (typeof cell === 'boolean') return cell ? '是' : '否'
  if (typeof cell === 'number') return plainNumber(cell)
  return tidyText(cell)
}

/** 990001101201 stays 990001101201, 0.1 + 0.2 becomes 0.3, as the sheet shows them. */
const plainNumber = (value: number): string =>
  Number.isSafeInteger(value) ? String(value) : String(Number(value.toPrecision(15)))

function dayText(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const iso = date.toISOString()
  return iso.slice(11, 16) === '00:00' ? iso.slice(0, 10) : iso.slice(0, 16)
}

/**
 * What a cell says of a column. Blank and the words for unknown are null, never 0.
 * Dates: `2026-03-12`, `2026-03-12T08:30` in the county's own time, or `2026-03`, `2026` where no more is said.
 */
export function readValue(column: Column, cell: CellValue | undefined): Read<FieldValue> {
  if (cell instanceof CellTrouble) return troubled(cell)
  const text = knownText(cell)
  if (text === '') return { value: null }
  if (text.length > MOST.text && column.type !== 'line') return { wrong: tooLong(MOST.text) }
  switch (column.type) {
    case 'text':
    case 'person':
      return { value: text }
    case 'phone':
      return phone(text)
    case 'whole':
    case 'number':
      return number(column, cell, text)
    case 'date':
      return day(cell, text)
    case 'flag':
      return flag(text)
    case 'choice':
      return choice(column.choices ?? [], text)
    case 'list':
      return list(column.choices, text)
    case 'line':
      return line(text)
  }
}

function phone(text: string): Read<FieldValue> {
  if (NONE_WORD.test(text)) return { value: null }
  const fault = phoneFault(text)
  return fault ? { wrong: fault } : { value: text }
}

function number(column: Column, cell: CellValue | undefined, text: string): Read<FieldValue> {
  if (NONE_WORD.test(text)) return { value: null }
  const { unit } = column
  let bare = text.normalize('NFKC').replace(/\s/g, '').replace(/−/g, '-')
  if (typeof cell === 'string') {
    for (const word of [unit?.zh, unit?.en]) {
      const end = word?.normalize('NFKC').replace(/\s/g, '')
      if (end && bare.endsWith(end)) bare = bare.slice(0, -end.length)
    }
    if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) bare = bare.replace(/,/g, '')
  }
  const written = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare) ? Number(bare) : NaN
  const value = typeof cell === 'number' ? cell : written
  const fault = numberFault(column, value, text)
  // −0 is 0.
  return fault ? { wrong: fault } : { value: value + 0 }
}

/** Excel counts days from 1900; a bare number in this span is a day whose cell lost its format (1954–2119). */
const SERIAL = [20_000, 80_000] as const
const DAY_MS = 86_400_000

/** A day as written: with a date format, as text in any usual way, as a bare number of days. */
function day(cell: CellValue | undefined, text: string): Read<string> {
  if (cell instanceof Date && !Number.isNaN(cell.getTime())) return { value: dayText(cell) }
  const bare = text.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const serial = /^\d{5}(\.\d+)?$/.test(bare) ? Number(bare) : NaN
  if (serial >= SERIAL[0] && serial < SERIAL[1]) {
    return { value: dayText(new Date(Date.UTC(1899, 11, 30) + Math.round(serial * 1440) * (DAY_MS / 1440))) }
  }
  const parts =
    /^(\d{4})(\d{2})(\d{2})()()$/.exec(bare) ??
    /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?(?:[ T]?(\d{1,2})[:时](\d{2})分?(?::\d{2}(?:\.0+)?)?)?$/.exec(
      bare,
    ) ??
    /^(\d{4})年(\d{1,2})月()()()$/.exec(bare) ??
    /^(\d{4})年?()()()()$/.exec(bare)
  const value = parts && dateOf(parts.slice(1, 6))
  if (value) return { value }
  return wrong(
    `“${shown(text)}”不是日期`,
    `"${shown(text)}" is no date`,
    '请写成 2026-03-12；不知道就留空。',
    'Write it like 2026-03-12; leave it blank where unknown.',
  )
}

/** Year, month, day, hour, minute; what is not given is not said. */
function dateOf(parts: (string | undefined)[]): string | null {
  const [y, m, d, h, min] = parts.map(part => (part ? Number(part) : null))
  if (y === null || y < 1900 || y > 2199) return null
  const two = (value: number): string => String(value).padStart(2, '0')
  if (m === null) return String(y)
  if (m < 1 || m > 12) return null
  if (d === null) return `${y}-${two(m)}`
  if (d < 1 || d > new Date(Date.UTC(y, m, 0)).getUTCDate()) return null
  const days = `${y}-${two(m)}-${two(d)}`
  if (h === null || min === null) return days
  return h < 24 && min < 60 ? `${days}T${two(h)}:${two(min)}` : null
}

const YES = /^(?:是|有|√|✓|✔|已|y|yes|true|1|对)$/i
const NO = /^(?:否|无|没有|×|✗|x|未|n|no|false|0|不是)$/i

function flag(text: string): Read<FieldValue> {
  if (YES.test(text)) return { value: true }
  if (NO.test(text)) return { value: false }
  return wrong(
    `“${shown(text)}”不是“是”或“否”`,
    `"${shown(text)}" is neither yes nor no`,
    '请填是或否；不知道就留空。',
    'Put 是 or 否 (yes, no); leave it blank where unknown.',
  )
}

function choice(choices: readonly Choice[], text: string): Read<FieldValue> {
  const value = chosen(choices, text)
  return value === undefined ? { wrong: notOffered(choices, text) } : { value }
}

const chosen = (choices: readonly Choice[], text: string): string | undefined =>
  choices.find(({ value, text: { zh, en } }) => [value, zh, en].map(plain).includes(plain(text)))?.value

/** Several short texts in one cell. */
export const items = (text: string): string[] =>
  text
    .split(BETWEEN_ITEMS)
    .map(item => item.trim())
    .filter(isItem)

function list(choices: readonly Choice[] | undefined, text: string): Read<FieldValue> {
  if (NONE_WORD.test(text)) return { value: [] }
  const found: string[] = []
  for (const item of items(text)) {
    const value = choices ? chosen(choices, item) : item
    if (value === undefined) return { wrong: notOffered(choices ?? [], item) }
    found.push(value)
  }
  return { value: found }
}

/** `82.81,38.91; 82.82,38.92` or WKT `LINESTRING (82.81 38.91, …)`. */
function line(text: string): Read<FieldValue> {
  const wkt = /^\s*LINESTRING\s*\(([^()]*)\)\s*$/i.exec(text)
  const pairs = wkt
    ? wkt[1].split(',').map(pair => pair.trim().split(/\s+/))
    : text.split(/[;；\n]/).flatMap(pair => (pair.trim() ? [pair.trim().split(/[,，\s]+/)] : []))
  const points = pairs.map(pair => pair.slice(0, 2).map(decimal))
  const good = points.every(
    ([lon, lat], i) => pairs[i].length >= 2 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90,
  )
  if (good && points.length >= 2) return { value: points as LonLat[] }
  return wrong(
    `“${shown(text)}”不是一串经纬度`,
    `"${shown(text)}" is no row of lon,lat`,
    '请写成 82.8123,38.9123; 82.8130,38.9131，经度在前，至少两个点。',
    'Write it like 82.8123,38.9123; 82.8130,38.9131 with the longitude first and two points at least.',
  )
}

const decimal = (text: string): number =>
  /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) + 0 : NaN

/** Decimal degrees or degrees, minutes and seconds (112°20′30.5″, 112度20分30秒, E112°20′); null where blank. */
export function degrees(cell: CellValue | undefined, max: number): Read<number | null> {
  if (cell instanceof CellTrouble) return troubled(cell)
  const text = knownText(cell)
  if (text === '') return { value: null }
  const bare = text
    .replace(/[″”“]/g, '"')
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/^(?:东经|北纬|[东北EN])|[东北EN]$/gi, '')
    .replace(/[°度]$/, '')
  const dms = /^(\d{1,3})[°度](\d{1,2}(?:\.\d+)?)[′'’分](?:(\d{1,2}(?:\.\d+)?)(?:"|''|′′|秒)?)?$/.exec(bare)
  const value = typeof cell === 'number' ? cell : dms ? dmsDegrees(dms) : decimal(bare)
  if (Math.abs(value) <= max) return { value }
  return wrong(
    `“${shown(text)}”不是 −${max} 至 ${max} 的度数`,
    `"${shown(text)}" is no number of degrees −${max} to ${max}`,
    '请填 WGS84 或 CGCS2000 的十进制度，如 112.3456；不知道就把经纬度都留空。',
    'Give decimal degrees in WGS84 or CGCS2000, like 112.3456; leave both blank where unknown.',
  )
}

function dmsDegrees([, d, m, s = '0']: RegExpExecArray): number {
  const [minutes, seconds] = [Number(m), Number(s)]
  const value = Number(d) + minutes / 60 + seconds / 3600
  return minutes < 60 && seconds < 60 ? Math.round(value * 1e7) / 1e7 : NaN
}

export const troubled = ({ text }: CellTrouble): { wrong: Wrong } =>
  wrong(text.zh, text.en, '请改成值，不知道就留空。', 'Put a value, or leave it blank.')

export const wrong = (...say: Parameters<typeof valueFaultOf>): { wrong: Wrong } => ({
  wrong: valueFaultOf(...say),
})
