import { kml } from '@tmcw/togeojson'
import { DOMParser } from '@xmldom/xmldom'
import { Refusal } from '../../../server/contract/errors.ts'
import { decodeUtf8 } from '../text.ts'
import type { BookSheet } from '../workbook.ts'
import { unzip } from '../zip.ts'
import { featureSheets } from './sheets-features.ts'

/**
 * The placemarks of a KML file, or of the first one in a KMZ.
 * @throws Refusal xml_entity, kml_unreadable, text_utf8, zip_*
 */
export function kmlSheets(file: string, bytes: Uint8Array): BookSheet[] {
  const text = decodeUtf8(file, isZip(bytes) ? unpacked(file, bytes) : bytes).replace(/^\ufeff/, '')
  // XML declares nothing here: `<!` begins comments and CDATA only.
  if (/<!(?!--|\[CDATA\[)/.test(text)) throw declares(file)
  try {
    const onError = (level: string, message: string): void => {
      if (level !== 'warning') throw new Error(message)
    }
    const document = new DOMParser({ onError }).parseFromString(text, 'text/xml')
    if (document.documentElement?.localName !== 'kml') throw new Error('root')
    return featureSheets(file, kml(document).features).sheets
  } catch {
    throw unreadable(file)
  }
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

function unpacked(file: string, bytes: Uint8Array): Uint8Array {
  const inside = unzip(bytes, name => /\.kml$/i.test(name))
  const first = inside.find(({ name }) => /^doc\.kml$/i.test(name)) ?? inside[0]
  if (!first) throw unreadable(file)
  return first.bytes
}

const unreadable = (file: string): Refusal =>
  new Refusal(
    'kml_unreadable',
    422,
    { zh: `${file} 不是可读的 KML`, en: `${file} is no readable KML` },
    { zh: '请重新导出为 KML。', en: 'Export it again as KML.' },
    file,
  )

const declares = (file: string): Refusal =>
  new Refusal(
    'xml_entity',
    422,
    {
      zh: `${file} 里有 DOCTYPE、ENTITY 一类的声明，正常的 KML 没有`,
      en: `${file} has declarations like DOCTYPE or ENTITY, which no proper KML has`,
    },
    { zh: '请不要使用该文件；请重新导出。', en: 'Do not use it; export it anew.' },
    file,
  )
