import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { isPersonal } from '../tables/persons.ts'
import { markOf } from './mark.ts'
import { REGISTER_PROPERTY } from './sheets-features.ts'
import type { Export, Table } from './write.ts'

/** A FeatureCollection of all rows; those without a position have no geometry. Properties are named by keys. */
export function writeRegisterGeojson(tables: readonly Table[], about: Export): Uint8Array {
  const { county, at, fictional, persons } = about
  const features = tables.flatMap(({ register, records }) => {
    const open = register.columns.filter(({ type }) => persons !== undefined || !isPersonal(type))
    return records.map(record => ({
      type: 'Feature',
      id: `${register.key}/${record.id}`,
      geometry: record.at && { type: 'Point', coordinates: record.at },
      properties: {
        [REGISTER_PROPERTY]: register.key,
        ...basics(record),
        ...Object.fromEntries(open.map(({ key }) => [key, record.fields[key] ?? null])),
        source: record.source.name,
        asOf: record.source.asOf,
      },
    }))
  })
  const head = { type: 'FeatureCollection', county, exported: at }
  const mark = fictional ? { fictional: markOf(about.lang).join('\n') } : {}
  // A feature to a line: small enough to look at, and quick to compare.
  const body = features.map(feature => JSON.stringify(feature)).join(',\n')
  const text = `${JSON.stringify({ ...head, ...mark }).slice(0, -1)},"features":[\n${body}\n]}\n`
  return new TextEncoder().encode(text)
}

const basics = ({ id, name, nameEn }: RegisterRecord) => ({ id, name, nameEn: nameEn ?? null })
