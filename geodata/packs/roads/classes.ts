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
  /** How far the road may lie above the ground, in metres; beyond it needs a bridge. */
  fillM: number
  /** How far below; beyond it needs a tunnel. */
  cutM: number
}

/**
 * Steepest grades: JTG B01-2014 tables for 80, 60, 40, 30 and 20 km/h (5, 6, 7, 8, 9 %), JTG 2111-2019 for
 * village roads (12 %), rounded up by the point that both grant in mountains. Tracks and paths have no rule: a
 * track is no steeper than a loaded cross-country vehicle climbs. Earthworks are rules of thumb; the
 * motorway's stay below where JTG D30-2015 has a bridge (20 m of bank) or a tunnel (30 m of cutting) considered.
 */
export const CLASS_RULES: Record<Rank, RoadClassRule> = {
  [RANK.motorway]: { highway: 'motorway', grade: 0.06, fillM: 18, cutM: 24 },
  [RANK.national]: { highway: 'trunk', grade: 0.07, fillM: 12, cutM: 12 },
  [RANK.provincial]: { highway: 'primary', grade: 0.08, fillM: 10, cutM: 10 },
  [RANK.county]: { highway: 'secondary', grade: 0.09, fillM: 8, cutM: 8 },
  [RANK.township]: { highway: 'tertiary', grade: 0.1, fillM: 7, cutM: 7 },
  [RANK.village]: { highway: 'unclassified', grade: 0.12, fillM: 6, cutM: 6 },
  [RANK.street]: { highway: 'residential', grade: 0.12, fillM: 5, cutM: 5 },
  [RANK.service]: { highway: 'service', grade: 0.13, fillM: 5, cutM: 5 },
  [RANK.track]: { highway: 'track', grade: 0.18, fillM: 5, cutM: 5 },
  [RANK.path]: { highway: 'path', grade: 0.6, fillM: 6, cutM: 6 },
  [RANK.railway]: { highway: '', grade: 0.02, fillM: 18, cutM: 18 },
}

/** How far a road of a class may leave the ground, banks and cuttings taken together. */
export const earthM = (rank: Rank): number => (CLASS_RULES[rank].fillM + CLASS_RULES[rank].cutM) / 2

/** Is a road that lies so many metres above the ground (or below) on a bridge (or in a tunnel)? */
export const leavesGround = (rank: Rank, offM: number): boolean =>
  offM > CLASS_RULES[rank].fillM || -offM > CLASS_RULES[rank].cutM
