import { z } from 'zod'
import { LonLat } from './geo.ts'

/** Where a fact came from and when it was true. Every entity and every place carries it. */
export const Source = z.object({ name: z.string(), asOf: z.string().nullable() })
export type Source = z.infer<typeof Source>

export const PLACE_KINDS = ['city', 'town', 'village', 'hamlet', 'suburb'] as const
export const FACILITY_KINDS = ['school', 'shelter', 'assembly', 'hospital', 'fire', 'police'] as const

/** A settlement: people live here. `people` is null where no source says how many. */
export const Settlement = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string().optional(),
  kind: z.enum(PLACE_KINDS),
  at: LonLat,
  people: z.number().int().nonnegative().nullable(),
  /** A row of the register of villages; `counted` of its people live in places that are counted by themselves. */
  register: z.literal(true).optional(),
  counted: z.number().int().nonnegative().optional(),
  source: Source,
})
export type Settlement = z.infer<typeof Settlement>

/** Something that is not a team and where nobody is counted: a school, a shelter, an assembly point. */
export const Facility = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string().optional(),
  kind: z.enum(FACILITY_KINDS),
  at: LonLat,
  source: Source,
})
export type Facility = z.infer<typeof Facility>

export const TEAM_KINDS = [
  'fire',
  'medical',
  'police',
  'mine',
  'forest',
  'rescue',
  'township',
  'social',
  'other',
] as const
export type TeamKind = (typeof TEAM_KINDS)[number]

/** A team that can be sent. `turnoutMs` null = take the setting for its kind. */
export const Team = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string().optional(),
  kind: z.enum(TEAM_KINDS),
  at: LonLat,
  turnoutMs: z.number().int().nonnegative().nullable(),
  /** A row of the register of teams. */
  register: z.literal(true).optional(),
  source: Source,
})
export type Team = z.infer<typeof Team>

/** A count of people is never 0 for unknown (DESIGN: Wire). */
export const PeopleCount = z.object({
  known: z.number().int().nonnegative(),
  placesUnknown: z.number().int().nonnegative(),
})
export type PeopleCount = z.infer<typeof PeopleCount>
