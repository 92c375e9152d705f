import type { ClosureShape } from '../contract/closure.ts'
import type { LonLat } from '../contract/geo.ts'
import type { Profile } from '../contract/profile.ts'

/** A question without the county, which the engine is, and with the room always named. */
export type Question<T> = Omit<T, 'county' | 'room'> & Leading & { room: string }

/**
 * On the wire a point stands on its nearest road, whatever that road is. A person who clicks beside a gated yard
 * means the place: with `leading` an asked point stands on the nearest road that leads anywhere.
 */
interface Leading {
  leading?: boolean
}

export interface WaysQuestion extends Leading {
  room: string
  profile: Profile
  at: LonLat
  teamIds: string[]
  closures?: ClosureShape[]
}
