import type { Text } from '../../../server/contract/errors.ts'
import { lineText } from '../../../server/contract/registers/words.ts'
import { type BookSheet, type CellValue, CellTrouble } from '../workbook.ts'
import { baseName } from './sheets-csv.ts'

/** A feature of GeoJSON, as far as it is one. */
export interface RawFeature {
  id?: unknown
  geometry?: unknown
  properties?: unknown
}

/** The property that says whose row a feature is. */
export const REGISTER_PROPERTY = 'register'
/** How a place looks, not what it is. */
const LOOKS =
  /^(?:stroke|fill|icon|label|marker|style|visibility$|open$|time(?:span|stamp)$|@|coordinateProp)/

/**
 * Features as sheets: one for each register that they name, one called as the file for those that name none.
 * What is no feature, or an empty one, stands in no sheet: `strange` has its number.
 */
export function featureSheets(
  file: string,
  features: readonly unknown[],
): { sheets: BookSheet[]; strange: number[] } {
  const groups = new Map<string, { number: number; cells: Map<string, CellValue> }[]>()
  const strange: number[] = []
  for (const [i, one] of features.entries()) {
    if (!isFeature(one)) {
      strange.push(i + 1)
      continue
    }
    const feature: RawFeature = one
    const properties = (typeof feature.properties === 'object' && feature.properties) || {}
    const register = (properties as Record<string, unknown>)[REGISTER_PROPERTY]
    const name = typeof register === 'string' && register !== '' ? register : baseName(file)
    const rows = groups.get(name) ?? []
    rows.push({ number: i + 1, cells: cellsOf(feature, properties) })
    groups.set(name, rows)
  }
  const sheets = [...groups].map(([name, rows]): BookSheet => {
    const heads = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))]
    return {
      name,
      rows: [heads, ...rows.map(({ cells }) => heads.map(head => cells.get(head) ?? null))],
      numbers: [0, ...rows.map(({ number }) => number)],
      cells: false,
    }
  })
  return { sheets, strange }
}

/** Something of a place or of properties; nothing at all would be passed over as an empty row is. */
function isFeature(one: unknown): one is RawFeature {
  if (typeof one !== 'object' || one === null || Array.isArray(one)) return false
  const { geometry, properties } = one as RawFeature
  const said = typeof properties === 'object' && properties !== null && Object.keys(properties).length > 0
  return said || (typeof geometry === 'object' && geometry !== null)
}

function cellsOf(feature: RawFeature, properties: object): Map<string, CellValue> {
  const cells = new Map<string, CellValue>()
  for (const [key, value] of Object.entries(properties)) {
    if (key !== REGISTER_PROPERTY && !LOOKS.test(key)) cells.set(key, cellOf(value))
  }
  const { id } = feature
  if (!cells.has('id') && (typeof id === 'string' || typeof id === 'number')) cells.set('id', id)
  const [lon, lat] = placeOf(feature.geometry)
  if (lon !== null) {
    cells.set('lon', lon)
    cells.set('lat', lat)
  }
  return cells
}

function cellOf(value: unknown): CellValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (!Array.isArray(value)) return null
  if (value.every(item => typeof item === 'string')) return value.length ? value.join('、') : '无'
  const isPoint = (one: unknown): one is [number, number] =>
    Array.isArray(one) && one.length === 2 && one.every(n => typeof n === 'number')
  return value.every(isPoint) ? lineText(value) : null
}

function placeOf(geometry: unknown): [CellValue, CellValue] {
  if (typeof geometry !== 'object' || geometry === null) return [null, null]
  const { type, coordinates } = geometry as Record<string, unknown>
  const [lon, lat] = Array.isArray(coordinates) ? (coordinates as unknown[]) : []
  if (type === 'Point' && typeof lon === 'number' && typeof lat === 'number') return [lon, lat]
  return [new CellTrouble(noPoint(String(type).slice(0, 40))), null]
}

const noPoint = (type: string): Text => ({
  zh: `所在的几何是 ${type}，这里只要点`,
  en: `comes from a ${type}; only points are read`,
})
