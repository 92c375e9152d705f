import { z } from 'zod'
import { ClosureFeature } from './closure.ts'
import { CountyId, RoomId } from './county.ts'
import { PeopleCount, TEAM_KINDS } from './entities.ts'
import { Bbox, LonLat } from './geo.ts'
import { Profile } from './profile.ts'

/** Requests and answers of the computing routes: one schema each, shared by server, browser and docs. */

const LIMITS = { points: 1000, closures: 500, bands: 12 } as const

const base = {
  county: CountyId,
  /** The situation whose closures are in force; absent = the county's real one. */
  room: RoomId.optional(),
  /** Closures of this request alone, on top of those in force. */
  closures: z.array(ClosureFeature).max(LIMITS.closures).optional(),
}
/** Only of an invented county: an answer says so wherever it is saved or passed on. */
const marked = { fictional: z.string().optional() }
const DelayMs = z.number().int().min(0).max(86_400_000)
const Points = z.array(LonLat).min(1).max(LIMITS.points)

export const MatrixRequest = z.strictObject({
  ...base,
  profile: Profile,
  from: Points,
  to: Points,
  delaysMs: z.array(DelayMs).optional(),
})
export type MatrixRequest = z.infer<typeof MatrixRequest>

/** `durationsMs[i][j]`: delay of from i + road time from i to j; null = no way. Access is beside it. */
export const MatrixAnswer = z.object({
  ...marked,
  durationsMs: z.array(z.array(z.number().int().nullable())),
  accessMs: z.object({ from: z.array(z.number().int()), to: z.array(z.number().int()) }),
  snappedM: z.object({ from: z.array(z.number()), to: z.array(z.number()) }),
})
export type MatrixAnswer = z.infer<typeof MatrixAnswer>

export const RouteRequest = z.strictObject({ ...base, profile: Profile, from: LonLat, to: LonLat })
export type RouteRequest = z.infer<typeof RouteRequest>

export const RoadPart = z.object({
  name: z.string(),
  ref: z.string(),
  class: z.string(),
  lengthM: z.number(),
  durationMs: z.number().int(),
})
export type RoadPart = z.infer<typeof RoadPart>

export const RouteAnswer = z.object({
  ...marked,
  type: z.literal('Feature'),
  geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(z.array(z.number())) }),
  properties: z.object({
    durationMs: z.number().int(),
    lengthM: z.number(),
    accessMs: z.object({ from: z.number().int(), to: z.number().int() }),
    snappedM: z.object({ from: z.number(), to: z.number() }),
    roads: z.array(RoadPart),
  }),
})
export type RouteAnswer = z.infer<typeof RouteAnswer>

export const Minutes = z.array(z.number().positive().max(240)).min(1).max(LIMITS.bands).default([15, 30, 60])

export const IsochronesRequest = z.strictObject({
  ...base,
  profile: Profile.default('heavy'),
  points: z.union([
    z.literal('teams'),
    z
      .array(z.strictObject({ at: LonLat, delayMs: DelayMs.optional() }))
      .min(1)
      .max(LIMITS.points),
  ]),
  minutes: Minutes,
  direction: z.enum(['to', 'from']).default('from'),
})
export type IsochronesRequest = z.infer<typeof IsochronesRequest>

/** Why a place is outside: too far, cut by a closure in force, or no road leads there at all. */
export const OUTSIDE_REASONS = ['beyond', 'cut_off', 'no_road', 'off_network'] as const
export const OutsidePlace = z.object({
  id: z.string(),
  name: z.string(),
  people: z.number().int().nullable(),
  durationMs: z.number().int().nullable(),
  reason: z.enum(OUTSIDE_REASONS),
})
export type OutsidePlace = z.infer<typeof OutsidePlace>

export const Band = z.object({
  type: z.literal('Feature'),
  geometry: z.object({
    type: z.literal('MultiPolygon'),
    coordinates: z.array(z.array(z.array(z.array(z.number())))),
  }),
  properties: z.object({
    minutes: z.number(),
    areaM2: z.number(),
    people: PeopleCount,
    places: z.number().int(),
  }),
})
export type Band = z.infer<typeof Band>

export const IsochronesAnswer = z.object({
  ...marked,
  type: z.literal('FeatureCollection'),
  features: z.array(Band),
  outside: z.array(OutsidePlace),
  /** People within the widest band of two different teams or more; only for several points and direction `from`. */
  doubleCover: PeopleCount.optional(),
})
export type IsochronesAnswer = z.infer<typeof IsochronesAnswer>

export const DispatchRequest = z.strictObject({
  ...base,
  at: LonLat,
  profile: Profile.default('heavy'),
  count: z.number().int().min(1).max(1000).default(50),
})
export type DispatchRequest = z.infer<typeof DispatchRequest>

export const RankedTeam = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(TEAM_KINDS),
  turnoutMs: z.number().int(),
  driveMs: z.number().int(),
  accessMs: z.number().int(),
  etaMs: z.number().int(),
  etaRangeMs: z.tuple([z.number().int(), z.number().int()]),
  lengthM: z.number(),
  arrivesAt: z.iso.datetime(),
})
export type RankedTeam = z.infer<typeof RankedTeam>

export const UnreachableTeam = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(TEAM_KINDS),
  reason: z.enum(['cut_off', 'no_road', 'off_network']),
  /** Ids of the closures in force that cut it, where that is the reason. */
  closures: z.array(z.string()),
})
export type UnreachableTeam = z.infer<typeof UnreachableTeam>

export const DispatchAnswer = z.object({
  ...marked,
  at: LonLat,
  snappedM: z.number(),
  /** A nearer road was passed over because it leads nowhere; how far that one is. */
  pocketM: z.number().optional(),
  asOf: z.iso.datetime(),
  teams: z.array(RankedTeam),
  unreachable: z.array(UnreachableTeam),
})
export type DispatchAnswer = z.infer<typeof DispatchAnswer>

export const Health = z.object({
  status: z.enum(['ok', 'degraded']),
  counties: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      bbox: Bbox,
      nodes: z.number().int(),
      arcs: z.number().int(),
    }),
  ),
})
export type Health = z.infer<typeof Health>
