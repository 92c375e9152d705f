import type { Geometry } from 'geojson'
import type { CountyData } from '../../contract/county.ts'
import type { ClosureEntity } from '../../contract/commands.ts'
import type { Text } from '../../contract/errors.ts'
import type { Bbox, LonLat } from '../../contract/geo.ts'
import type { RecordEntity } from '../../contract/registers/entity.ts'
import { REGISTERS } from '../../contract/registers/index.ts'
import type { Register } from '../../contract/registers/register.ts'
import { entitiesOf } from '../../contract/world.ts'
import type { World } from '../../contract/world.ts'

/** What layers are made of: the situation as the asker may see it, and the county's own data. */
export interface Ground {
  world: World
  data: CountyData
}

export interface Item {
  id: string
  geometry: Geometry | null
  properties: Record<string, string | number | boolean | null>
  /** When it was true; null = not known. */
  asOf: string | null
}

/** A layer for GIS programs: one kind of thing, one kind of geometry. */
export interface Layer {
  id: string
  title: Text
  about: Text
  /** Names of its properties, for filters and for a table's head. */
  properties: readonly string[]
  items(ground: Ground): Item[]
}

const RECORD_PROPERTIES = ['name', 'nameEn', 'source', 'asOf'] as const

/** Columns that say something of a row by themselves: persons are not in the world, lines are layers of their own. */
const plainColumns = ({ columns }: Register) =>
  columns.filter(({ type }) => type !== 'person' && type !== 'phone' && type !== 'line')

function propertiesOf(register: Register, row: RecordEntity): Item['properties'] {
  const { name, nameEn = null, source, asOf, fields } = row
  const own = plainColumns(register).map(({ key }) => {
    const value = fields[key] ?? null
    return [key, Array.isArray(value) ? value.join('、') : value] as const
  })
  return { name, nameEn, source, asOf, ...Object.fromEntries(own) }
}

function registerLayers(register: Register): Layer[] {
  const properties = [...RECORD_PROPERTIES, ...plainColumns(register).map(({ key }) => key)]
  const rows = ({ world }: Ground) => entitiesOf<RecordEntity>(world, register.key)
  const points: Layer = {
    id: register.key,
    title: register.sheet,
    about: {
      zh: register.position === 'none' ? '台账，无位置' : '台账；没有位置的行几何为空（待落图）',
      en:
        register.position === 'none'
          ? 'Register without positions'
          : 'Register; a row still to be placed has no geometry',
    },
    properties,
    items: ground =>
      rows(ground).map(row => ({
        id: row.id,
        geometry: row.at && { type: 'Point', coordinates: row.at },
        properties: propertiesOf(register, row),
        asOf: row.asOf,
      })),
  }
  const lines = register.columns
    .filter(({ type }) => type === 'line')
    .map(({ key, head, explain }): Layer => ({
      id: `${register.key}.${key}`,
      title: { zh: `${register.sheet.zh}：${head.zh}`, en: `${register.sheet.en}: ${head.en}` },
      about: explain,
      properties,
      items: ground =>
        rows(ground).flatMap(row => {
          const line = row.fields[key] as LonLat[] | null | undefined
          if (!line || line.length < 2) return []
          return {
            id: row.id,
            geometry: shapeOf(line),
            properties: propertiesOf(register, row),
            asOf: row.asOf,
          }
        }),
    }))
  return [points, ...lines]
}

/** A closed line is the area inside it. */
function shapeOf(line: LonLat[]): Geometry {
  const [first, last] = [line[0]!, line.at(-1)!]
  const closed = line.length > 3 && first[0] === last[0] && first[1] === last[1]
  return closed ? { type: 'Polygon', coordinates: [line] } : { type: 'LineString', coordinates: line }
}

const CLOSURES: Layer = {
  id: 'closures',
  title: { zh: '道路封闭', en: 'Road closures' },
  about: { zh: '现行封闭：面、线或点', en: 'In force now: areas, lines or points' },
  properties: ['kind', 'name', 'until', 'way', 'closedAt', 'closedBy'],
  items: ({ world }) =>
    entitiesOf<ClosureEntity>(world, 'closure').map(({ id, feature, closedAt, closedBy, asOf }) => {
      const {
        kind,
        name = null,
        until = null,
        way = null,
      } = feature.properties as {
        kind: string
        name?: string
        until?: string | null
        way?: number
      }
      const properties = { kind, name, until, way, closedAt, closedBy }
      return { id, geometry: feature.geometry as Geometry | null, properties, asOf }
    }),
}

const BORDER: Layer = {
  id: 'border',
  title: { zh: '县界', en: "The county's border" },
  about: { zh: '导入的县界', en: 'As it was imported' },
  properties: ['name', 'nameEn', 'adcode'],
  items: ({ data: { county, border } }) => {
    if (!border) return []
    const { id, name, nameEn = null, adcode = null } = county
    return [{ id, geometry: border as Geometry, properties: { name, nameEn, adcode }, asOf: null }]
  },
}

/** Every layer, registers first. */
export const LAYERS: readonly Layer[] = [...REGISTERS.flatMap(registerLayers), CLOSURES, BORDER]

const byId = new Map(LAYERS.map(layer => [layer.id, layer]))
export const layerOf = (id: string): Layer | undefined => byId.get(id)

export function boxOf(geometry: Geometry): Bbox {
  const box: Bbox = [Infinity, Infinity, -Infinity, -Infinity]
  const widen = (part: unknown): void => {
    const [x, y] = part as [unknown, unknown]
    if (typeof x !== 'number' || typeof y !== 'number') return (part as unknown[]).forEach(widen)
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  if (geometry.type === 'GeometryCollection') geometry.geometries.forEach(g => widen(boxOf(g)))
  else widen(geometry.coordinates)
  return box
}
