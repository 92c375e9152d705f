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
