import type { RegisterRecord } from '../../server/contract/registers/record.ts'
import { isStale } from '../ui/stale.ts'
import { useClock } from './useClock.ts'

const HOUR_MS = 3_600_000

/** Whether a row's source is too old to be taken for today's; asked again as time passes. */
export function useFresh() {
  const now = useClock(undefined, HOUR_MS)
  return { now, staleOf: (record: RegisterRecord) => isStale(record.source.asOf, now.value) }
}
