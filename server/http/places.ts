import { Refusal } from '../contract/errors.ts'
import { M_PER_DEG } from '../contract/geo.ts'
import type { Bbox, LonLat } from '../contract/geo.ts'
import { swapped } from './issues.ts'

/** A point this far outside the county's roads may still lie on one. */
const MARGIN_M = 1000

interface Placed {
  at?: LonLat
  from?: LonLat | LonLat[]
  to?: LonLat | LonLat[]
  points?: 'teams' | { at: LonLat }[]
  closures?: { geometry: { coordinates: unknown } | null }[]
  feature?: { geometry: { coordinates: unknown } | null }
}

/**
 * Every place of a request against the county it asks about.
 * @throws Refusal 400 `lon_lat_swapped` · `not_on_earth`, 422 `outside_county`, each with `at`
 */
export function checkPlaces(bbox: Bbox, q: Placed): void {
  const inside = widen(bbox)
  const point = (at: LonLat, path: string) => checkBox(inside, [...at, ...at] as Bbox, path)
  const list = (points: LonLat | LonLat[] | undefined, path: string) => {
    if (!points) return
    if (typeof points[0] === 'number') point(points as LonLat, path)
    else (points as LonLat[]).forEach((p, i) => point(p, `${path}[${i}]`))
  }
  list(q.at, 'at')
  list(q.from, 'from')
  list(q.to, 'to')
  if (Array.isArray(q.points)) q.points.forEach((p, i) => point(p.at, `points[${i}].at`))
  const shape = (feature: { geometry: { coordinates: unknown } | null }, path: string) => {
    if (feature.geometry) checkBox(inside, boxOf(feature.geometry.coordinates), `${path}.geometry`)
  }
  q.closures?.forEach((feature, i) => shape(feature, `closures[${i}]`))
  if (q.feature) shape(q.feature, 'feature')
}

function checkBox(inside: Bbox, box: Bbox, path: string): void {
  const [west, south, east, north] = box
  if (meets(inside, box)) return
  if (meets(inside, [south, west, north, east])) {
    const { code, text, remedy } = swapped(path)
    throw new Refusal(code, 400, text, remedy, path)
  }
  if (south < -90 || north > 90 || west < -180 || east > 180) {
    const text = { zh: `${path} 不在地球上`, en: `${path} is not on Earth` }
    throw new Refusal('not_on_earth', 400, text, { zh: '写成 [经度, 纬度]', en: 'Write [lon, lat]' }, path)
  }
  throw new Refusal(
    'outside_county',
    422,
    { zh: `${path} 在本县之外`, en: `${path} lies outside the county` },
    {
      zh: `本县范围：经度 ${span(inside[0], inside[2])}，纬度 ${span(inside[1], inside[3])}`,
      en: `The county spans lon ${span(inside[0], inside[2])}, lat ${span(inside[1], inside[3])}`,
    },
    path,
  )
}

const span = (from: number, to: number) => `${from.toFixed(3)}…${to.toFixed(3)}`

function widen([west, south, east, north]: Bbox): Bbox {
  const lat = MARGIN_M / M_PER_DEG
  const lon = lat / Math.cos((Math.max(Math.abs(south), Math.abs(north)) * Math.PI) / 180)
  return [west - lon, south - lat, east + lon, north + lat]
}

function meets(a: Bbox, b: Bbox): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/** Extent of GeoJSON coordinates, however deep they are nested. */
function boxOf(coordinates: unknown): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  const visit = (c: unknown[]) => {
    if (typeof c[0] !== 'number') return (c as unknown[][]).forEach(visit)
    const [lon, lat] = c as LonLat
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  }
  visit(coordinates as unknown[])
  return box
}
