import { z } from 'zod'
import { Area, Bbox } from './geo.ts'
import { Facility, Settlement, Team } from './entities.ts'
import type { RegisterRecord } from './registers/record.ts'

export const CountyId = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/)
export const RoomId = z.string().regex(/^[a-z][a-z0-9-]{0,31}(~[a-z0-9-]{1,40})?$/)

/** One part of a county folder: its file, its format version and the hashes of what it was made from. */
export const CountyPart = z.object({
  file: z.string(),
  version: z.number().int(),
  sha256: z.string(),
  bytes: z.number().int(),
  madeFrom: z.array(z.object({ file: z.string(), sha256: z.string() })),
})
export type CountyPart = z.infer<typeof CountyPart>

/**
 * The format version of each part that this release reads and writes. Only `roads`,
 * `people`, `teams` and `facilities` must be there: a county imported before the others were known still loads.
 */
export const PART_VERSIONS = {
  roads: 1,
  base: 1,
  terrain: 1,
  people: 1,
  teams: 1,
  facilities: 1,
  records: 1,
  persons: 1,
  border: 1,
  population: 1,
} as const
export type PartName = keyof typeof PART_VERSIONS

/** `county.json`: what lies in `.fengtu/counties/ID/`. */
export const County = z.object({
  id: CountyId,
  name: z.string(),
  nameEn: z.string().optional(),
  /** Code of six digits; those from 9900 belong to invented counties. */
  adcode: z.string().optional(),
  timeZone: z.string(),
  bbox: Bbox,
  /** True for an invented county: every screen and export says 虚构示范数据. */
  fictional: z.boolean(),
  /** Lines to show wherever the map is shown, e.g. © OpenStreetMap contributors. */
  attribution: z.array(z.string()),
  importedAt: z.iso.datetime(),
  /** When the road data was true, where the source says. */
  roadsAsOf: z.iso.datetime().nullable(),
  parts: z.partialRecord(z.enum(Object.keys(PART_VERSIONS) as [PartName, ...PartName[]]), CountyPart),
  /** What the importer left out or doubted, in both languages. */
  notes: z.array(z.object({ zh: z.string(), en: z.string() })),
})
export type County = z.infer<typeof County>

/** Stands in every answer about an invented county and beside every file written from it. */
export const FICTIONAL_MARK = '虚构示范数据 / fictional demonstration data'

/** What a map client needs beside tiles, roads and the room's world, `GET /api/counties/{id}`. */
export const CountyData = z.object({
  county: County,
  settlements: z.array(Settlement),
  teams: z.array(Team),
  facilities: z.array(Facility),
  /** The county's border; null where the folder had none. */
  border: Area.nullable(),
})
export type CountyData = z.infer<typeof CountyData>

/** All that an import brought, without persons and phone numbers: those stay on disk, in `persons`. */
export interface ImportedCounty extends CountyData {
  /** Rows of the registers: they go into the room's journal, and the page takes them from its world. */
  records: RegisterRecord[]
}
