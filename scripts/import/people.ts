import type { Facility, Settlement, Source, Team } from '../../server/contract/entities.ts'
import { Refusal, type Text } from '../../server/contract/errors.ts'
import { type Bbox, bboxContains } from '../../server/contract/geo.ts'
import type { RegisterName } from '../../geodata/formats/cells.ts'
import { readRegister } from '../../geodata/formats/registers.ts'
import type { OsmData } from '../../geodata/osm/collect.ts'
import { settlementsOf } from '../../geodata/osm/places.ts'
import { facilitiesOf, teamsOf } from '../../geodata/osm/services.ts'
import { grown } from '../../geodata/tiles/mercator.ts'
import { type Folder, readSource } from './folder.ts'

export interface People {
  teams: Team[]
  places: Settlement[]
  facilities: Facility[]
  /** The file that each came from; a register's where the folder has one. */
  sources: Partial<Record<RegisterName, { name: string; sha256: string }>>
  notes: Text[]
}

/**
 * Settlements, teams and facilities: the county's own register where the folder has one, else OSM's.
 * @throws Refusal register_*, csv_*, lon_lat_swapped
 */
export function readPeople(folder: Folder, data: OsmData, bbox: Bbox, source: Source): People {
  const people: People = {
    teams: [],
    places: [],
    facilities: [],
    sources: {},
    notes: [],
  }
  const take = <K extends RegisterName>(register: K, fromOsm: () => People[K]): void => {
    const name = folder.registers[register]
    if (name === undefined) {
      people[register] = fromOsm()
      return
    }
    const { bytes, sha256 } = readSource(folder, name)
    const { rows, notes } = readRegister(register, name, bytes)
    people[register] = rows as People[K]
    people.sources[register] = { name, sha256 }
    people.notes.push(...notes, ...farNote(name, rows, bbox))
  }
  take('places', () => settlementsOf(data, source))
  take('teams', () => teamsOf(data, source))
  take('facilities', () => facilitiesOf(data, source))
  if (people.teams.length === 0) people.notes.push(NO_TEAMS)
  if (people.places.length === 0) people.notes.push(NO_PLACES)
  return people
}

/** Rows far from every road are most likely mistyped. */
function farNote(file: string, rows: { name: string; at: [number, number] }[], bbox: Bbox): Text[] {
  const around = grown(bbox, 0.2, 0.05, 0.5)
  const swapped = rows.filter(
    ({ at: [lon, lat] }) => !bboxContains(around, [lon, lat]) && bboxContains(around, [lat, lon]),
  )
  if (swapped.length > 0)
    throw rowsSwapped(
      file,
      swapped.map(row => row.name),
    )
  const far = rows.filter(row => !bboxContains(around, row.at)).map(row => row.name)
  if (far.length === 0) return []
  const some = far.slice(0, 3)
  return [
    {
      zh: `${file} 中有 ${far.length} 行在道路范围之外，如 ${some.join('、')}；请核对经纬度`,
      en: `${far.length} rows of ${file} lie outside the roads, e.g. ${some.join(', ')}; check their coordinates`,
    },
  ]
}

function rowsSwapped(file: string, names: string[]): Refusal {
  const some = names.slice(0, 3)
  return new Refusal(
    'lon_lat_swapped',
    422,
    {
      zh: `${file} 中有 ${names.length} 行经纬度颠倒，如 ${some.join('、')}`,
      en: `${names.length} rows of ${file} have lon and lat swapped, e.g. ${some.join(', ')}`,
    },
    { zh: '对调 lon 和 lat 两列后重新导入', en: 'Swap the columns lon and lat and import again' },
    file,
  )
}

const NO_TEAMS: Text = {
  zh: '没有任何队伍：道路数据里没有消防站、医院、派出所。请放入 teams.csv',
  en: 'There are no teams: the road data has no fire station, hospital or police. Add a teams.csv',
}
const NO_PLACES: Text = {
  zh: '没有任何居民点。请放入 places.csv',
  en: 'There are no settlements. Add a places.csv',
}
