import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import type { Column } from '../../../server/contract/registers/register.ts'
import { cellOf, textOf } from '../tables/cells-out.ts'
import { headIn, layout } from '../tables/layout.ts'
import { headline } from '../tables/sheets-out.ts'
import { markOf } from './mark.ts'
import { REGISTER_PROPERTY } from './sheets-features.ts'
import type { Export, Table } from './write.ts'

/** A folder for each register, a placemark for each row; its columns as data with the heads shown in a balloon. */
export function writeRegisterKml(tables: readonly Table[], about: Export): Uint8Array {
  const { lang, county, at, fictional, persons } = about
  const mark = fictional ? markOf(lang).join('\n') : ''
  const folders = tables.map(({ register, records }) => {
    const columns = layout(register, persons === undefined).filter(
      ({ key }) => key !== 'lon' && key !== 'lat',
    )
    const rows = records.map(record => placemark(register.key, columns, record, lang, mark))
    return `<Folder>\n${element('name', register.sheet[lang])}\n${rows.join('\n')}\n</Folder>`
  })
  const title = tables.length === 1 ? headline(tables[0].register, county, lang) : county[lang]
  const text = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>',
    element('name', title),
    element('description', [mark, at].filter(Boolean).join('\n')),
    ...folders,
    '</Document></kml>\n',
  ].join('\n')
  return new TextEncoder().encode(text)
}

function placemark(
  register: string,
  columns: readonly Column[],
  record: RegisterRecord,
  lang: Export['lang'],
  mark: string,
): string {
  const data = columns.flatMap(column => {
    const text = textOf(cellOf(column, record, lang))
    return text === '' ? [] : [dataOf(column.key, headIn(lang, column), text)]
  })
  const point = record.at ? `<Point>${element('coordinates', record.at.join(','))}</Point>` : ''
  const named = dataOf(REGISTER_PROPERTY, REGISTER_PROPERTY, register)
  const inside = [element('name', record.name), mark && element('description', mark)].join('')
  return `<Placemark>${inside}<ExtendedData>${named}${data.join('')}</ExtendedData>${point}</Placemark>`
}

const dataOf = (key: string, head: string, value: string): string =>
  `<Data name="${escaped(key)}">${element('displayName', head)}${element('value', value)}</Data>`

const element = (name: string, text: string): string => `<${name}>${escaped(text)}</${name}>`

/** Two line ends of XML 1.1 among them: a reader may make plain ones of them. */
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u0085': '&#x85;',
  '\u2028': '&#x2028;',
}
const escaped = (text: string): string => text.replace(/[&<>"\u0085\u2028]/g, c => ENTITIES[c])
