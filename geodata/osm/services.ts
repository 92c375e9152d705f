import type { Facility, Source, Team, TeamKind } from '../../server/contract/entities.ts'
import type { Text } from '../../server/contract/errors.ts'
import type { OsmData } from './collect.ts'
import { nameEnOf, nameOf } from './names.ts'
import { facilityKind, teamKind } from './posts.ts'
import { type Site, sitesOf, withoutDoubles } from './sites.ts'

/** A post drawn both as a point and as a building is one. */
const SAME_POST_M = 100

const UNNAMED: Record<string, Text> = {
  fire: { zh: '消防站', en: 'Fire station' },
  medical: { zh: '医疗点', en: 'Medical post' },
  police: { zh: '派出所', en: 'Police station' },
  rescue: { zh: '救援站', en: 'Rescue post' },
  hospital: { zh: '医院', en: 'Hospital' },
  school: { zh: '学校', en: 'School' },
  shelter: { zh: '避难处', en: 'Shelter' },
  assembly: { zh: '集合点', en: 'Assembly point' },
}

/** Fire stations, ambulance stations and hospitals, police, mountain and water rescue, as teams. */
export function teamsOf(data: OsmData, source: Source): Team[] {
  const sites = sitesOf(data, tags => teamKind(tags) !== null)
  return named(sites, site => teamKind(site.tags)!).map(({ site, kind, name, nameEn }) => ({
    id: site.id,
    name,
    nameEn,
    kind: kind as TeamKind,
    at: site.at,
    turnoutMs: null,
    source,
  }))
}

/** Schools, shelters, assembly points, hospitals, fire stations, police. */
export function facilitiesOf(data: OsmData, source: Source): Facility[] {
  const sites = sitesOf(data, tags => facilityKind(tags) !== null)
  return named(sites, site => facilityKind(site.tags)!).map(({ site, kind, name, nameEn }) => ({
    id: site.id,
    name,
    nameEn,
    kind: kind as Facility['kind'],
    at: site.at,
    source,
  }))
}

interface Named {
  site: Site
  kind: string
  name: string
  nameEn: string | undefined
}

/** Without doubles; the unnamed get a number each, so that a list can tell them apart. */
function named(sites: Site[], kindOf: (site: Site) => string): Named[] {
  const count: Record<string, number> = {}
  return withoutDoubles(sites, kindOf, SAME_POST_M).map(site => {
    const kind = kindOf(site)
    const name = nameOf(site.tags)
    if (name !== '') return { site, kind, name, nameEn: nameEnOf(site.tags) }
    const n = (count[kind] = (count[kind] ?? 0) + 1)
    const { zh, en } = UNNAMED[kind]
    return { site, kind, name: `${zh}（未命名 ${n}）`, nameEn: `${en} (unnamed ${n})` }
  })
}
