import { CountyId } from '../../server/contract/county.ts'
import type { Text } from '../../server/contract/errors.ts'
import type { Bbox } from '../../server/contract/geo.ts'
import type { Pack } from '../../geodata/pack.ts'
import { badId, type ImportArguments } from './arguments.ts'
import { folderName } from './folder.ts'

/** Who the county is: arguments before pack.json before the folder's own name. */
export interface Identity {
  id: string
  name: string
  nameEn: string | undefined
  adcode: string | undefined
}

/** @throws Refusal bad_id when the folder's name gives no id */
export function identityOf({ folder, id, name }: ImportArguments, pack: Pack): Identity {
  const own = folderName(folder)
  const chosen = id ?? pack.id ?? own.toLowerCase().replace(/[\s_.]+/g, '-')
  if (!CountyId.safeParse(chosen).success) throw badId(chosen)
  const called = name ?? pack.name ?? own.charAt(0).toUpperCase() + own.slice(1)
  return { id: chosen, name: called, nameEn: pack.nameEn, adcode: pack.adcode }
}

/** China keeps one time; elsewhere the longitude gives the hour, and the county is told to say better. */
export function timeZoneOf(pack: Pack, [west, south, east, north]: Bbox): { zone: string; notes: Text[] } {
  if (pack.timeZone !== undefined) return { zone: pack.timeZone, notes: [] }
  const [lon, lat] = [(west + east) / 2, (south + north) / 2]
  if (lon > 73 && lon < 135 && lat > 18 && lat < 54) return { zone: 'Asia/Shanghai', notes: [] }
  const hours = Math.round(lon / 15)
  // IANA's Etc zones count westward: Etc/GMT-1 is one hour ahead of UTC.
  const zone = hours === 0 ? 'UTC' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
  return {
    zone,
    notes: [
      {
        zh: `未给出时区，按经度取 ${zone}；可在 pack.json 中写 timeZone`,
        en: `No time zone was given; ${zone} was taken from the longitude. pack.json can say timeZone`,
      },
    ],
  }
}

const OSM = '© OpenStreetMap contributors (ODbL 1.0)'

/** An invented county owes OpenStreetMap nothing; a real one always names it. */
export function attributionOf(pack: Pack, fictional: boolean): string[] {
  const own = pack.attribution ?? []
  return fictional ? own : [OSM, ...own.filter(line => !line.includes('OpenStreetMap'))]
}
