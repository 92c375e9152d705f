import { fromArrayBuffer } from 'geotiff'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import type { Grid } from './elevation.ts'

/** WGS84 and CGCS2000, which agree within decimetres. */
const GEOGRAPHIC = [4326, 4490]
/** One float grid of this many cells takes 400 MB. */
const MAX_CELLS = 100_000_000

const WARP: Text = {
  zh: '请先转换：gdalwarp -t_srs EPSG:4326 原文件.tif 新文件.tif',
  en: 'Convert it first: gdalwarp -t_srs EPSG:4326 old.tif new.tif',
}

/**
 * One band of heights in metres, longitude and latitude upright.
 * @throws Refusal geotiff_unreadable, geotiff_crs, geotiff_bands, geotiff_too_large, geotiff_position
 */
export async function readGeotiff(name: string, bytes: Uint8Array): Promise<Grid> {
  const { buffer, byteOffset, byteLength } = bytes
  const image = await orUnreadable(name, async () => {
    const tiff = await fromArrayBuffer(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer)
    return tiff.getImage()
  })
  const keys = image.getGeoKeys() as Record<string, unknown> | null
  const code = Number(keys?.GeographicTypeGeoKey ?? 0)
  if (keys?.ProjectedCSTypeGeoKey !== undefined || !GEOGRAPHIC.includes(code)) throw wrongCrs(name, keys)
  const bands = image.getSamplesPerPixel()
  if (bands !== 1) {
    throw refuse(
      'geotiff_bands',
      name,
      {
        zh: `有 ${bands} 个波段；高程只应有一个`,
        en: `has ${bands} bands; heights are one`,
      },
      { zh: '请用 gdal_translate -b 1 取出高程波段。', en: 'Take the heights out: gdal_translate -b 1.' },
    )
  }
  const [width, height] = [image.getWidth(), image.getHeight()]
  if (width < 2 || height < 2 || width * height > MAX_CELLS) {
    throw refuse(
      'geotiff_too_large',
      name,
      {
        zh: `有 ${width}×${height} 格；可读 2×2 至 1 亿格`,
        en: `has ${width}×${height} cells; 2×2 up to 100 million are read`,
      },
      { zh: '请用 gdalwarp -te 裁到本县范围。', en: 'Cut it to the county: gdalwarp -te.' },
    )
  }
  const place = placeOf(image)
  if (!place) {
    throw refuse(
      'geotiff_position',
      name,
      {
        zh: '没有位置或不是正北朝上',
        en: 'does not say where it lies, or is not upright',
      },
      WARP,
    )
  }
  const noData = image.getGDALNoData()
  const [values] = await orUnreadable(name, async () => {
    const rasters = await image.readRasters({ interleave: false })
    return rasters as unknown as ArrayLike<number>[]
  })
  const data = Float32Array.from(values, value =>
    value === noData || !(value > -1000 && value < 9500) ? NaN : value,
  )
  return { ...place, width, height, data, voidValue: NaN }
}

type Image = Awaited<ReturnType<Awaited<ReturnType<typeof fromArrayBuffer>>['getImage']>>

/** Place of the first sample and the step; null where turned, mirrored or off the Earth. */
function placeOf(image: Image): Pick<Grid, 'west' | 'north' | 'dLon' | 'dLat'> | null {
  let origin: number[]
  let step: number[]
  try {
    origin = image.getOrigin()
    step = image.getResolution()
  } catch {
    return null
  }
  const [dLon, dLat] = [step[0], -step[1]]
  if (!(dLon > 0 && dLat > 0)) return null
  const centre = image.pixelIsArea() ? 0.5 : 0
  const west = origin[0] + dLon * centre
  const north = origin[1] - dLat * centre
  const onEarth =
    Math.abs(west) <= 181 &&
    Math.abs(north) <= 91 &&
    west + dLon * image.getWidth() <= 361 &&
    north - dLat * image.getHeight() >= -91
  return onEarth ? { west, north, dLon, dLat } : null
}

function wrongCrs(name: string, keys: Record<string, unknown> | null): Refusal {
  const projected = keys?.ProjectedCSTypeGeoKey
  const code = projected ?? keys?.GeographicTypeGeoKey
  return refuse(
    'geotiff_crs',
    name,
    {
      zh:
        code === undefined
          ? '没有说明坐标系'
          : `坐标系是 EPSG:${String(code)}，本程序读 EPSG:4326 与 EPSG:4490`,
      en:
        code === undefined
          ? 'does not say its coordinate system'
          : `is in EPSG:${String(code)}; EPSG:4326 and EPSG:4490 are read`,
    },
    WARP,
  )
}

async function orUnreadable<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch {
    throw refuse(
      'geotiff_unreadable',
      name,
      {
        zh: '不是可读的 GeoTIFF，或已损坏',
        en: 'is no readable GeoTIFF, or is damaged',
      },
      {
        zh: '请重新下载，或用 gdal_translate 重写该文件。',
        en: 'Download it again, or rewrite it: gdal_translate.',
      },
    )
  }
}

const refuse = (code: string, name: string, what: Text, remedy: Text): Refusal =>
  new Refusal(
    code,
    422,
    { zh: `高程文件 ${name} ${what.zh}`, en: `The terrain file ${name} ${what.en}` },
    remedy,
    name,
  )
