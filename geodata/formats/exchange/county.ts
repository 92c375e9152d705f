import { type Area, type Bbox, bboxContains, type LonLat } from '../../../server/contract/geo.ts'
import { SWAPPED } from '../../../server/contract/registers/check.ts'
import { areaContains } from '../border.ts'
import type { Wrong } from '../tables/values.ts'

/** Where a file's positions should lie. Without either: in China. */
export interface County {
  bbox?: Bbox
  border?: Area | null
}

const CHINA: Bbox = [73, 3, 136, 54]

/** A position that was mistaken: one that lies right the other way round is a fault, one outside a warning. */
export function placeDoubt(at: LonLat, { bbox, border }: County): { fault?: Wrong; warning?: Wrong } {
  const around = bbox ? widened(bbox) : CHINA
  const [lon, lat] = at
  if (!bboxContains(around, at) && bboxContains(around, [lat, lon])) return { fault: SWAPPED }
  if (!bbox && !border) return bboxContains(CHINA, at) ? {} : { warning: ABROAD }
  const inside = border ? areaContains(border, at) : bboxContains(around, at)
  return inside ? {} : { warning: OUTSIDE }
}

/** By half its size on each side: neighbours' things may be listed too. */
function widened([west, south, east, north]: Bbox): Bbox {
  const [dx, dy] = [(east - west) / 2, (north - south) / 2]
  return [west - dx, south - dy, east + dx, north + dy]
}

const CHECK = { zh: '请核对经纬度。', en: 'Check the position.' }
const OUTSIDE: Wrong = { text: { zh: '在本县之外', en: 'lies outside the county' }, remedy: CHECK }
const ABROAD: Wrong = { text: { zh: '在中国之外', en: 'lies outside China' }, remedy: CHECK }
