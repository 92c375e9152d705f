import type { z } from 'zod'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { type Area, type Bbox, type MultiPolygon, areaBbox, ringHolds } from '../../server/contract/geo.ts'
import { decodeUtf8 } from './text.ts'

type Position = [number, number]
type Polygons = z.infer<typeof MultiPolygon>['coordinates']

/** One county's border in the finest survey has some ten thousand points. */
const MAX_POINTS = 500_000
/** Names of coordinate systems in degrees that are WGS84 or CGCS2000. */
export const GEOGRAPHIC = /CRS:?84|EPSG:+(?:[\d.]*:)?(?:4326|4490)$/i

/**
 * A county's border out of GeoJSON: a Polygon or MultiPolygon, alone, as a feature or as several.
 * @throws Refusal border_unreadable, border_crs, border_shape, border_swapped
 */
export function readBorder(file: string, bytes: Uint8Array): Area {
  let json: unknown
  try {
    json = JSON.parse(decodeUtf8(file, bytes).replace(/^\ufeff/, ''))
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw refuse('border_unreadable', file, { zh: '不是可读的 JSON', en: 'is no readable JSON' }, EXPORT)
  }
  const crs = (json as { crs?: { properties?: { name?: unknown } } } | null)?.crs?.properties?.name
  if (typeof crs === 'string' && !GEOGRAPHIC.test(crs)) {
    throw refuse('border_crs', file, { zh: `的坐标系是 ${crs}`, en: `is in ${crs}` }, EXPORT)
  }
  const polygons: Polygons = []
  collect(json, polygons, 0)
  if (polygons.length === 0) throw refuse('border_shape', file, NO_AREA, EXPORT)
  let points = 0
  const clean = polygons.map(rings =>
    rings.map(ring => {
      points += Array.isArray(ring) ? ring.length : 0
      if (points > MAX_POINTS) throw refuse('border_shape', file, TOO_FINE, SIMPLER)
      return cleanRing(file, ring)
    }),
  )
  return clean.length === 1
    ? { type: 'Polygon', coordinates: clean[0] }
    : { type: 'MultiPolygon', coordinates: clean }
}

function collect(value: unknown, into: Polygons, depth: number): void {
  if (typeof value !== 'object' || value === null || depth > 4) return
  const { type, coordinates, geometry, geometries, features } = value as Record<string, unknown>
  if (type === 'Polygon' && Array.isArray(coordinates)) into.push(coordinates as Polygons[number])
  else if (type === 'MultiPolygon' && Array.isArray(coordinates)) into.push(...(coordinates as Polygons))
  else if (type === 'Feature') collect(geometry, into, depth + 1)
  else {
    for (const item of [features, geometries]) {
      if (Array.isArray(item)) for (const one of item) collect(one, into, depth + 1)
    }
  }
}

/** Closed, of numbers, without heights. */
function cleanRing(file: string, ring: unknown): Position[] {
  if (!Array.isArray(ring)) throw refuse('border_shape', file, NO_AREA, EXPORT)
  const out = ring.map((point): Position => {
    const [lon, lat] = Array.isArray(point) ? (point as unknown[]) : []
    if (typeof lon !== 'number' || typeof lat !== 'number')
      throw refuse('border_shape', file, NO_AREA, EXPORT)
    if (Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return [lon, lat]
    const swapped = Math.abs(lat) <= 180 && Math.abs(lon) <= 90
    throw swapped
      ? refuse('border_swapped', file, { zh: '的经纬度颠倒', en: 'has lon and lat swapped' }, EXPORT)
      : refuse(
          'border_crs',
          file,
          { zh: `的坐标 ${lon},${lat} 不是度`, en: `is not in degrees: ${lon},${lat}` },
          EXPORT,
        )
  })
  const [first, last] = [out[0], out.at(-1)]
  if (first && last && (first[0] !== last[0] || first[1] !== last[1])) out.push([...first])
  if (out.length < 4) throw refuse('border_shape', file, NO_AREA, EXPORT)
  return out
}

/** Whether a point lies within a border (even–odd rule: holes are outside). */
export function areaContains({ type, coordinates }: Area, [x, y]: Position): boolean {
  const rings = type === 'Polygon' ? coordinates : coordinates.flat()
  return rings.filter(ring => ringHolds(ring, x, y)).length % 2 === 1
}

/**
 * The county's extent by its roads and its border together.
 * @throws Refusal border_elsewhere where the border does not belong to the roads
 */
export function extentWith(file: string, border: Area, roads: Bbox): Bbox {
  const box = areaBbox(border)
  const shared = size([
    Math.max(box[0], roads[0]),
    Math.max(box[1], roads[1]),
    Math.min(box[2], roads[2]),
    Math.min(box[3], roads[3]),
  ])
  // A border far larger than its roads would make a map of another county's empty land.
  if (shared >= 0.2 * size(box)) {
    return [
      Math.min(box[0], roads[0]),
      Math.min(box[1], roads[1]),
      Math.max(box[2], roads[2]),
      Math.max(box[3], roads[3]),
    ]
  }
  const span = ([west, south, east, north]: Bbox): string =>
    `${west.toFixed(2)}–${east.toFixed(2)}, ${south.toFixed(2)}–${north.toFixed(2)}`
  throw refuse(
    'border_elsewhere',
    file,
    {
      zh: `（${span(box)}）与道路（${span(roads)}）不是一个地方`,
      en: `(${span(box)}) is not where the roads are (${span(roads)})`,
    },
    {
      zh: '请换成本县的边界，WGS84 或 CGCS2000。',
      en: "Put the county's own border there, in WGS84 or CGCS2000.",
    },
  )
}

const size = ([west, south, east, north]: Bbox): number =>
  Math.max(0, east - west) * Math.max(0, north - south)

const NO_AREA: Text = {
  zh: '中没有完好的面（Polygon、MultiPolygon）',
  en: 'holds no sound Polygon or MultiPolygon',
}
const TOO_FINE: Text = { zh: `超过 ${MAX_POINTS} 个点`, en: `has more than ${MAX_POINTS} points` }
const EXPORT: Text = {
  zh: '请导出为 WGS84（EPSG:4326）或 CGCS2000（EPSG:4490）的 GeoJSON 面，经度在前。',
  en: 'Export it as a GeoJSON polygon in WGS84 (EPSG:4326) or CGCS2000 (EPSG:4490), longitude first.',
}
const SIMPLER: Text = { zh: '请先简化边界。', en: 'Simplify the border first.' }

const refuse = (code: string, file: string, text: Text, remedy: Text): Refusal =>
  new Refusal(code, 422, { zh: `${file} ${text.zh}`, en: `${file} ${text.en}` }, remedy, file)
