import type { RegisterRecord } from '../../../server/contract/registers/record.ts'
import { registerOf } from '../../../server/contract/registers/index.ts'
import { Random } from '../random.ts'
import { CLOSED, daysBefore } from './ledger.ts'

/** Of ten rows one is not what it should be: half of those without a position, half not looked at for years. */
const STALE = 0.05
const WITHOUT_POSITION = 0.05
const YEARS = [3, 6] as const

/**
 * Where people are led to, where water stands and teams start is always known, though it may be an old figure.
 * A village without a position is found by its name on the map.
 */
const KNOWN = new Set(['townships', 'reservoirs', 'tailingsPonds', 'shelters', 'bridges', 'teams', 'refuges'])

/** Takes positions away and makes rows old, as registers are found. Changes `rows`. */
export function age(rows: ReadonlyMap<string, RegisterRecord[]>, seed: number): void {
  const random = new Random(seed, 'age of registers')
  for (const [key, records] of rows) {
    const placed = registerOf(key)?.position !== 'none'
    const order = random.shuffle(records.map((_, i) => i))
    const without = placed && !KNOWN.has(key) ? Math.round(records.length * WITHOUT_POSITION) : 0
    const stale = Math.round(records.length * (STALE + WITHOUT_POSITION)) - without
    for (const i of order.slice(0, without)) records[i].at = null
    for (const i of order.slice(without, without + stale)) {
      const days = random.whole(YEARS[0] * 365, YEARS[1] * 365)
      records[i].source = { ...records[i].source, asOf: daysBefore(CLOSED, days) }
    }
  }
}
