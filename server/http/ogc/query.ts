import { Refusal } from '../../contract/errors.ts'
import type { Bbox } from '../../contract/geo.ts'
import type { Item, Layer } from './layers.ts'
import { boxOf } from './layers.ts'

/** Items in an answer unless it asks for another number, and at most. */
const LIMIT = 100
const MOST = 10_000

export interface ItemsQuery {
  bbox: Bbox | null
  limit: number
  offset: number
  /** Instants in ms, both ends included; ±Infinity where open. */
  time: [from: number, to: number] | null
  /** Property → the value it must have, as text. */
  equals: [property: string, value: string][]
}

/** OGC API – Features, Part 1: `bbox limit datetime`, properties by name, and `offset` for the pages. @throws Refusal 400 */
export function readQuery(layer: Layer, params: Record<string, string[]>): ItemsQuery {
  const query: ItemsQuery = { bbox: null, limit: LIMIT, offset: 0, time: null, equals: [] }
  for (const [name, values] of Object.entries(params)) {
    const value = values.at(-1)!
    if (name === 'bbox') query.bbox = readBox(value)
    else if (name === 'limit') query.limit = Math.min(MOST, readWhole(name, value, 1))
    else if (name === 'offset') query.offset = readWhole(name, value, 0)
    else if (name === 'datetime') query.time = readTime(value)
    else if (layer.properties.includes(name)) query.equals.push([name, value])
    else if (name !== 'f') throw unknownParameter(name, layer)
  }
  return query
}

export function select(items: readonly Item[], { bbox, time, equals }: ItemsQuery): Item[] {
  return items.filter(
    ({ geometry, asOf, properties }) =>
      // What has no place lies in no box; what has no time is true at any.
      (!bbox || (geometry !== null && overlaps(bbox, boxOf(geometry)))) &&
      (!time || asOf === null || within(time, asOf)) &&
      equals.every(([name, value]) => String(properties[name] ?? '') === value),
  )
}

/** A box whose west lies east of its east goes round the back of the earth. */
function overlaps([w, s, e, n]: Bbox, [w2, s2, e2, n2]: Bbox): boolean {
  if (s > n2 || n < s2) return false
  return w <= e ? w <= e2 && e >= w2 : w <= e2 || e >= w2
}

function within([from, to]: [number, number], asOf: string): boolean {
  const [first, last] = spanOf(asOf)
  return first <= to && last >= from
}

/** A year, a month or a day is all of it. */
function spanOf(text: string): [first: number, last: number] {
  const first = Date.parse(text)
  const end = new Date(first)
  if (/^\d{4}$/.test(text)) end.setUTCFullYear(end.getUTCFullYear() + 1)
  else if (/^\d{4}-\d{2}$/.test(text)) end.setUTCMonth(end.getUTCMonth() + 1)
  else if (/^\d{4}-\d{2}-\d{2}$/.test(text)) end.setUTCDate(end.getUTCDate() + 1)
  else return [first, first]
  return [first, end.getTime() - 1]
}

function readBox(text: string): Bbox {
  const n = text.split(',').map(Number)
  if (
    (n.length !== 4 && n.length !== 6) ||
    n.some(v => !Number.isFinite(v)) ||
    /,\s*,|^\s*,|,\s*$/.test(text)
  )
    throw badBox(text)
  const box: Bbox = n.length === 4 ? [n[0]!, n[1]!, n[2]!, n[3]!] : [n[0]!, n[1]!, n[3]!, n[4]!]
  if (box[1] > box[3] || Math.abs(box[1]) > 90 || Math.abs(box[3]) > 90) throw badBox(text)
  return box
}

function readWhole(name: string, text: string, least: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text)
  throw refuse(
    name,
    {
      zh: `${name}=${text} 应为不小于 ${least} 的整数`,
      en: `${name}=${text} is no whole number of ${least} or more`,
    },
    { zh: `例如 ${name}=${Math.max(least, 100)}`, en: `For example ${name}=${Math.max(least, 100)}` },
  )
}

function readTime(text: string): [number, number] {
  const ends = text.split('/')
  const open = (end: string) => end === '' || end === '..'
  const [from, to] = ends.length === 1 ? [ends[0]!, ends[0]!] : [ends[0]!, ends[1]!]
  const [first] = open(from) ? [-Infinity] : spanOf(from)
  const [, last] = open(to) ? [0, Infinity] : spanOf(to)
  const meant = ends.length <= 2 && !(ends.length === 1 && open(from)) && !(open(from) && open(to))
  if (!meant || Number.isNaN(first) || Number.isNaN(last) || first! > last!) {
    throw refuse(
      'datetime',
      { zh: `datetime=${text} 不是时刻或时段`, en: `datetime=${text} is no instant and no interval` },
      {
        zh: '例如 2026-06-30 或 2026-01-01T00:00:00Z/..',
        en: 'For example 2026-06-30 or 2026-01-01T00:00:00Z/..',
      },
    )
  }
  return [first!, last!]
}

const badBox = (text: string) =>
  refuse(
    'bbox',
    { zh: `bbox=${text} 应为 西,南,东,北（度）`, en: `bbox=${text} is not west,south,east,north in degrees` },
    { zh: '例如 bbox=82.6,38.7,83.0,39.1', en: 'For example bbox=82.6,38.7,83.0,39.1' },
  )

const unknownParameter = (name: string, { properties }: Layer) =>
  refuse(
    name.slice(0, 40),
    { zh: `不认识参数“${name.slice(0, 40)}”`, en: `There is no parameter "${name.slice(0, 40)}"` },
    {
      zh: `可用：bbox limit offset datetime f ${properties.join(' ')}`,
      en: `There are: bbox limit offset datetime f ${properties.join(' ')}`,
    },
  )

const refuse = (at: string, text: Refusal['text'], remedy: Refusal['text']) =>
  new Refusal('out_of_range', 400, text, remedy, at)
