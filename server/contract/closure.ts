import { z } from 'zod'
import { Area, LineString, Point } from './geo.ts'

export const CLOSURE_KINDS = ['flood', 'landslide', 'collapse', 'other'] as const
export type ClosureKind = (typeof CLOSURE_KINDS)[number]

/**
 * What shuts a road, as a GeoJSON feature. An area shuts every edge it touches, a line every edge it crosses,
 * a point the nearest edge (within 50 m), `way` every edge of that OSM way, `edge` one edge of today's graph.
 * An area, line or way of kind flood leaves bridges and tunnels open unless `bridges` / `tunnels` say otherwise.
 */
export const ClosureFeature = z.strictObject({
  type: z.literal('Feature'),
  id: z.union([z.string(), z.number()]).optional(),
  geometry: z.union([Area, LineString, Point]).nullable(),
  properties: z
    .strictObject({
      id: z.string().max(64).optional(),
      kind: z.enum(CLOSURE_KINDS).default('other'),
      name: z.string().max(200).optional(),
      way: z.number().int().optional(),
      edge: z.number().int().nonnegative().optional(),
      bridges: z.boolean().optional(),
      tunnels: z.boolean().optional(),
      /** When the closure is to be looked at again; it then reads 到期待复核, it never opens by itself. */
      until: z.iso.datetime().nullable().optional(),
    })
    .nullable()
    .transform(p => p ?? { kind: 'other' as const }),
})
export type ClosureFeature = z.infer<typeof ClosureFeature>

/** What a closure shuts, independent of id and bookkeeping: the input of `algo/search/closures.ts`. */
export type ClosureShape = Pick<ClosureFeature, 'geometry' | 'properties'>
