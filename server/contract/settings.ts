import type { Text } from './errors.ts'

/**
 * The county's own figures: speeds, turnout times, thresholds. Seeds of the room's settings, each with
 * unit, source and grade, so that a screen can say where a number came from and a county can change it.
 * Grades: V official text · V2 quoted · G general knowledge, to be checked (待核) · S asked for by counties' plans.
 */
export type Grade = 'V' | 'V2' | 'G' | 'S'
export interface Setting<T> {
  value: T
  unit: string
  /** Where the number comes from, in both languages: it is shown beside it. */
  source: Text
  grade: Grade
}

/** Road classes in falling rank; the index is the class number stored in `roads.graph`. */
export const ROAD_CLASSES = [
  'motorway',
  'national',
  'provincial',
  'county',
  'township',
  'village',
  'service',
  'track',
  'path',
  'steps',
] as const
export type RoadClass = (typeof ROAD_CLASSES)[number]

export const PROFILE_NAMES = ['heavy', 'light', 'foot'] as const
export type ProfileName = (typeof PROFILE_NAMES)[number]

/** km/h by class; 0 = may not be used. */
export type SpeedTable = Record<RoadClass, number>

export interface ProfileSettings {
  speedKmh: SpeedTable
  /** Whole-profile factor on speed (night, rain, convoy …); 1 = dry day. */
  factor: number
  /** The vehicle the profile stands for; a bridge or underpass below these is closed to it. 0 = no limit. */
  vehicle: { weightT: number; heightM: number; widthM: number }
}

export interface Settings {
  profiles: Setting<Record<ProfileName, ProfileSettings>>
  /** Walking off the road, between a point and its snapped place. */
  offRoadKmh: Setting<number>
  /** Circles do not reach further off a road than this. */
  offRoadCapM: Setting<number>
  /** A point further than this from a usable road is refused. */
  snapLimitM: Setting<number>
  /** ETA range = ETA × [low, high]. */
  etaRange: Setting<[number, number]>
  turnoutMs: Setting<Record<string, number>>
}

const SPEED_TABLE: Text = {
  zh: '一小时救援圈时速表（默认值，待核）',
  en: 'speed table of the one-hour circle (default, to be checked)',
}

export const DEFAULT_SETTINGS: Settings = {
  profiles: {
    unit: 'km/h',
    source: SPEED_TABLE,
    grade: 'G',
    value: {
      heavy: {
        speedKmh: {
          motorway: 70,
          national: 50,
          provincial: 50,
          county: 35,
          township: 25,
          village: 15,
          service: 15,
          track: 8,
          path: 0,
          steps: 0,
        },
        factor: 1,
        vehicle: { weightT: 16, heightM: 3.6, widthM: 2.5 },
      },
      light: {
        speedKmh: {
          motorway: 90,
          national: 65,
          provincial: 65,
          county: 45,
          township: 30,
          village: 20,
          service: 20,
          track: 12,
          path: 0,
          steps: 0,
        },
        factor: 1,
        vehicle: { weightT: 3, heightM: 2.2, widthM: 2 },
      },
      foot: {
        speedKmh: {
          motorway: 0,
          national: 3,
          provincial: 3,
          county: 3,
          township: 3,
          village: 3,
          service: 3,
          track: 3,
          path: 3,
          steps: 2,
        },
        factor: 1,
        vehicle: { weightT: 0, heightM: 0, widthM: 0 },
      },
    },
  },
  offRoadKmh: { value: 3, unit: 'km/h', source: SPEED_TABLE, grade: 'G' },
  offRoadCapM: {
    value: 500,
    unit: 'm',
    source: { zh: '步行 10 分钟', en: 'ten minutes on foot' },
    grade: 'G',
  },
  snapLimitM: { value: 1000, unit: 'm', source: { zh: '烽图默认值', en: 'default of Fengtu' }, grade: 'G' },
  etaRange: {
    value: [0.85, 1.4],
    unit: '×',
    source: { zh: '到达时间区间（默认值，待核）', en: 'range of arrival times (default, to be checked)' },
    grade: 'G',
  },
  turnoutMs: {
    value: {
      fire: 60_000,
      mine: 60_000,
      medical: 240_000,
      police: 240_000,
      forest: 300_000,
      rescue: 300_000,
      township: 1_200_000,
      social: 2_700_000,
      other: 1_800_000,
    },
    unit: 'ms',
    source: { zh: '队伍出动时间（默认值，待核）', en: 'turnout times (default, to be checked)' },
    grade: 'G',
  },
}

/** Milliseconds to walk `distanceM` off the road, rounded up so that access is never understated. */
export function offRoadMs(distanceM: number, kmh: number): number {
  return Math.ceil((distanceM * 3600) / kmh)
}
