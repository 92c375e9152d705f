import type { Facility, Settlement, Source, Team } from '../../server/contract/entities.ts'
import type { Text } from '../../server/contract/errors.ts'
import type { Bbox } from '../../server/contract/geo.ts'
import type { RegisterName } from '../../geodata/formats/cells.ts'
import { readRegister } from '../../geodata/formats/registers.ts'
import type { OsmData } from '../../geodata/osm/collect.ts'
import { settlementsOf } from '../../geodata/osm/places.ts'
import { facilitiesOf, teamsOf } from '../../geodata/osm/services.ts'
import {
  type Counted,
  facilitiesOfRecords,
  isTown,
  settlementsOfRecords,
  teamsOfRecords,
} from '../../geodata/formats/tables/entities.ts'
import { type Folder, readSource } from './folder.ts'
import { farNote, type Registers } from './registers.ts'

export interface People {
  teams: Team[]
  places: Settlement[]
  facilities: Facility[]
  /** Names for the map that are no settlements: towns whose people are counted in their villages. */
  labels: Settlement[]
  /** The files that each came from where those are the county's own lists. */
  sources: Partial<Record<RegisterName, { name: string; sha256: string }[]>>
  notes: Text[]
}

interface Around {
  folder: Folder
  data: OsmData
  registers: Registers
  bbox: Bbox
  /** Of what the roads' data says. */
  source: Source
}

/**
 * Settlements, teams and facilities: the county's own list (CSV, GeoJSON) where the folder has one, else its
 * registers, else what the roads' data knows.
 * @throws Refusal register_*, csv_*, lon_lat_swapped
 */
export function readPeople({ folder, data, registers, bbox, source }: Around): People {
  const people: People = {
    teams: [],
    places: [],
    facilities: [],
    labels: [],
    sources: {},
    notes: [],
  }
  const take = <K extends RegisterName>(
    register: K,
    fromOsm: () => People[K],
    fromRecords: (osm: People[K]) => Counted<People[K][number]> | null,
  ): void => {
    const name = folder.registers[register]
    if (name !== undefined) {
      const { bytes, sha256 } = readSource(folder, name)
      const { rows, notes } = readRegister(register, name, bytes)
      people[register] = rows as People[K]
      people.sources[register] = [{ name, sha256 }]
      people.notes.push(...notes, ...farNote({ zh: name, en: name }, rows, bbox))
      return
    }
    const osm = fromOsm()
    const counted = fromRecords(osm)
    people[register] = (counted?.rows as People[K] | undefined) ?? osm
    if (!counted) return
    people.sources[register] = registers.sources
    people.notes.push(...counted.notes)
    if (register === 'places') people.labels = (osm as Settlement[]).filter(isTown)
  }
  const { records } = registers
  take(
    'places',
    () => settlementsOf(data, source),
    osm => settlementsOfRecords(records, osm),
  )
  take(
    'teams',
    () => teamsOf(data, source),
    () => teamsOfRecords(records),
  )
  take(
    'facilities',
    () => facilitiesOf(data, source),
    osm => facilitiesOfRecords(records, osm),
  )
  if (people.teams.length === 0) people.notes.push(NO_TEAMS)
  if (people.places.length === 0) people.notes.push(NO_PLACES)
  return people
}

const NO_TEAMS: Text = {
  zh: '没有任何队伍：道路数据里没有消防站、医院、派出所。请放入队伍台账（Excel）或 teams.csv',
  en: 'There are no teams: the road data has no fire station, hospital or police. Add a register of teams (Excel) or a teams.csv',
}
const NO_PLACES: Text = {
  zh: '没有任何居民点。请放入行政村台账（Excel）或 places.csv',
  en: 'There are no settlements. Add a register of villages (Excel) or a places.csv',
}
