import type { ClosureShape } from '../contract/closure.ts'
import type { LonLat } from '../contract/geo.ts'
import type { Profile } from '../contract/profile.ts'

/** A question without the county, which the engine is, and with the room always named. */
export type Question<T> = Omit<T, 'county' | 'room'> & { room: string }

export interface WaysQuestion {
  room: string
  profile: Profile
  at: LonLat
  teamIds: string[]
  closures?: ClosureShape[]
}
