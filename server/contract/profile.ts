import { z } from 'zod'
import { PROFILE_NAMES } from './settings.ts'

/** `heavy` | `light` | `foot`, or one of them with the vehicle's own weight (t), height and width (m). */
export const Vehicle = z.strictObject({
  base: z.enum(PROFILE_NAMES),
  weightT: z.number().positive().max(200).optional(),
  heightM: z.number().positive().max(10).optional(),
  widthM: z.number().positive().max(10).optional(),
})
export const Profile = z.union([z.enum(PROFILE_NAMES), Vehicle])
export type Profile = z.infer<typeof Profile>

/** One string per distinct profile: the key under which its weights are kept. */
export function profileKey(profile: Profile): string {
  if (typeof profile === 'string') return profile
  const { base, weightT, heightM, widthM } = profile
  if (weightT === undefined && heightM === undefined && widthM === undefined) return base
  return `${base}:${weightT ?? ''}:${heightM ?? ''}:${widthM ?? ''}`
}
