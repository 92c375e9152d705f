const DAY_MS = 86_400_000
/** A register row older than this is grey: offices go through theirs once a year, before the rains. */
export const STALE_DAYS = 365
/** A telephone or radio not tried for longer than this is not counted on: they are tried once a quarter. */
export const UNTRIED_DAYS = 90

/** Whole days since a day or an instant; null where the source does not say when it was true. */
export function daysSince(asOf: string | null, now: Date): number | null {
  const then = asOf === null ? Number.NaN : Date.parse(asOf)
  return Number.isNaN(then) ? null : Math.max(0, Math.floor((now.getTime() - then) / DAY_MS))
}

/** Not known to be fresh is stale. */
export function isStale(asOf: string | null, now: Date): boolean {
  const days = daysSince(asOf, now)
  return days === null || days > STALE_DAYS
}
