import type { Facility, TeamKind } from '../../server/contract/entities.ts'

/** One letter per kind on its plate, the same in every language, as the standard's symbols are. */
export const TEAM_LETTERS: Record<TeamKind, string> = {
  fire: '消',
  medical: '医',
  police: '警',
  mine: '矿',
  forest: '林',
  rescue: '救',
  township: '镇',
  social: '社',
  other: '队',
}

export const FACILITY_KINDS_ON_MAP: Record<Facility['kind'], string> = {
  school: '校',
  shelter: '避',
  assembly: '集',
  hospital: '院',
  fire: '消',
  police: '警',
}

/** The same for what stands in registers; one that is new gets the first character of its label. */
const REGISTER_LETTERS: Record<string, string> = {
  townships: '乡',
  villages: '村',
  teams: '队',
  vehicles: '车',
  equipment: '装',
  stores: '储',
  stock: '物',
  mines: '矿',
  miningSystems: '采',
  tailingsPonds: '尾',
  hazardSources: '危',
  geohazardPoints: '灾',
  refuges: '集',
  shelters: '避',
  reservoirs: '库',
  flashFloodZones: '洪',
  floodSpots: '涉',
  waterIntakes: '取',
  weatherStations: '雨',
  seismicStations: '震',
  radioStations: '台',
  instruments: '测',
  guestHouses: '宿',
  scenicSpots: '景',
  buildingSites: '工',
  nursingHomes: '养',
  schools: '校',
  hospitals: '医',
  helipads: '机',
  bridges: '桥',
  powerStations: '电',
  commands: '指',
  liaisonOfficers: '联',
  communications: '讯',
}

export const letterOfRegister = (register: { key: string; sheet: { zh: string } }): string =>
  REGISTER_LETTERS[register.key] ?? register.sheet.zh.slice(0, 1)
