import { Refusal } from '../../../server/contract/errors.ts'
import { GEOGRAPHIC } from '../border.ts'
import { decodeUtf8 } from '../text.ts'
import type { BookSheet } from '../workbook.ts'
import { featureSheets } from './sheets-features.ts'

/** @throws Refusal register_geojson, register_crs, text_utf8 */
export function geojsonSheets(file: string, bytes: Uint8Array): { sheets: BookSheet[]; strange: number[] } {
  const text = decodeUtf8(file, bytes).replace(/^\ufeff/, '')
  let json: { features?: unknown; crs?: { properties?: { name?: unknown } } } | null
  try {
    json = JSON.parse(text)
  } catch {
    json = null
  }
  if (!Array.isArray(json?.features)) throw noCollection(file)
  const crs = json.crs?.properties?.name
  if (typeof crs === 'string' && !GEOGRAPHIC.test(crs)) throw otherCrs(file, crs.slice(0, 80))
  return featureSheets(file, json.features)
}

const noCollection = (file: string): Refusal =>
  new Refusal(
    'register_geojson',
    422,
    { zh: `${file} 不是 GeoJSON 要素集`, en: `${file} is no GeoJSON FeatureCollection` },
    { zh: '请导出为 FeatureCollection。', en: 'Export it as a FeatureCollection.' },
    file,
  )

const otherCrs = (file: string, crs: string): Refusal =>
  new Refusal(
    'register_crs',
    422,
    { zh: `${file} 的坐标系是 ${crs}`, en: `${file} is in ${crs}` },
    {
      zh: '请导出为 EPSG:4326 或 EPSG:4490（经纬度）。',
      en: 'Export it in EPSG:4326 or EPSG:4490 (longitude, latitude).',
    },
    file,
  )
