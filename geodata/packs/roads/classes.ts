/** Ranks of roads, the more important the lower. */
export const RANK = {
  motorway: 0,
  national: 1,
  provincial: 2,
  county: 3,
  township: 4,
  village: 5,
  street: 6,
  service: 7,
  track: 8,
  path: 9,
  railway: 10,
} as const
export type Rank = (typeof RANK)[keyof typeof RANK]

export interface RoadClassRule {
  /** highway=* */
  highway: string
  /** The steepest that it may be: metres of climb per metre. */
  grade: number
  /** How far the road may lie above or below the ground, in metres; beyond it needs a bridge or a tunnel. */
  earthM: number
}

/**
 * Steepest grades: JTG B01-2014 tables for 80, 60, 40, 30 and 20 km/h (5, 6, 7, 8, 9 %), JTG 2111-2019 for
 * village roads (12 %), but for the motorway's rounded up by the point that both grant in mountains. Tracks and
 * paths have no rule: a track is no steeper than a loaded cross-country vehicle climbs. Earthworks are rules of
 * thumb, well below where JTG D30-2015 has a bridge (20 m of bank) or a tunnel (30 m of cutting) considered.
 */
export const CLASS_RULES: Record<Rank, RoadClassRule> = {
  [RANK.motorway]: { highway: 'motorway', grade: 0.05, earthM: 10 },
  [RANK.national]: { highway: 'trunk', grade: 0.07, earthM: 10 },
  [RANK.provincial]: { highway: 'primary', grade: 0.08, earthM: 10 },
  [RANK.county]: { highway: 'secondary', grade: 0.09, earthM: 8 },
  [RANK.township]: { highway: 'tertiary', grade: 0.1, earthM: 7 },
  [RANK.village]: { highway: 'unclassified', grade: 0.12, earthM: 6 },
  [RANK.street]: { highway: 'residential', grade: 0.12, earthM: 5 },
  [RANK.service]: { highway: 'service', grade: 0.13, earthM: 5 },
  [RANK.track]: { highway: 'track', grade: 0.18, earthM: 5 },
  [RANK.path]: { highway: 'path', grade: 0.6, earthM: 6 },
  [RANK.railway]: { highway: '', grade: 0.02, earthM: 14 },
}
