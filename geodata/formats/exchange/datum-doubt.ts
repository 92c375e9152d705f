import type { Text } from '../../../server/contract/errors.ts'
import type { LonLat } from '../../../server/contract/geo.ts'
import { type Datum, DATUM_NAMES, DATUMS } from '../../../server/contract/registers/exchange.ts'
import { toWgs84 } from './datum.ts'

/** How positions lie to the roads when they are taken for one datum. */
export interface DatumFit {
  medianM: number
  /** Share of positions within `NEAR_M` of a road, 0–1. */
  nearShare: number
}

export interface DatumDoubt {
  chosen: Datum
  /** Which fits best; null where too few positions lie near any road to say. */
  best: Datum | null
  /** Whether the chosen one is most likely wrong. */
  doubtful: boolean
  /** So many positions were looked at. */
  counted: number
  fits: Record<Datum, DatumFit>
  /** What to say where it is doubtful. */
  text: Text | null
}

const LEAST = 8
/** More say nothing new. */
const MOST = 400
const NEAR_M = 100
/** A point without any road near lies this far, for the statistics. */
const FAR_M = 10_000
/** How much better another must fit before the chosen one is doubted. */
const BETTER = { share: 0.2, median: 0.6 }

/**
 * Villages, stores, mines lie by roads. GCJ-02 moves them by 100–700 m, BD-09 by some 900 m more, so that taken for
 * the wrong datum most lie in the fields.
 * @param asRead positions as the file has them, before any datum was taken off
 * @param nearestRoadM metres from a WGS84 position to the nearest road; null where none is near
 */
export function datumDoubt(
  asRead: readonly LonLat[],
  chosen: Datum,
  nearestRoadM: (at: LonLat) => number | null,
): DatumDoubt {
  const step = Math.max(1, asRead.length / MOST)
  const points = Array.from({ length: Math.min(asRead.length, MOST) }, (_, i) => asRead[Math.floor(i * step)])
  const fits = Object.fromEntries(
    DATUMS.map(datum => [datum, fitOf(points.map(at => nearestRoadM(toWgs84(at, datum)) ?? FAR_M))]),
  ) as Record<Datum, DatumFit>
  const none = { chosen, best: null, doubtful: false, counted: points.length, fits, text: null }
  if (points.length < LEAST) return none
  // The chosen one stands first: a tie is in its favour.
  const order = [chosen, ...DATUMS.filter(datum => datum !== chosen)]
  const best = order.reduce((a, b) => (better(fits[b], fits[a]) ? b : a))
  if (fits[best].nearShare === 0) return none
  const [mine, other] = [fits[chosen], fits[best]]
  const doubtful =
    best !== chosen &&
    other.nearShare >= mine.nearShare + BETTER.share &&
    other.medianM <= mine.medianM * BETTER.median
  return { ...none, best, doubtful, text: doubtful ? textOf(chosen, best, mine, other) : null }
}

function fitOf(distances: number[]): DatumFit {
  if (distances.length === 0) return { medianM: FAR_M, nearShare: 0 }
  const sorted = distances.map(m => Math.min(m, FAR_M)).sort((a, b) => a - b)
  const middle = sorted.length / 2
  const medianM = (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2
  return { medianM: Math.round(medianM), nearShare: sorted.filter(m => m <= NEAR_M).length / sorted.length }
}

const better = (a: DatumFit, b: DatumFit): boolean =>
  a.nearShare === b.nearShare ? a.medianM < b.medianM : a.nearShare > b.nearShare

function textOf(chosen: Datum, best: Datum, mine: DatumFit, other: DatumFit): Text {
  const percent = (share: number): string => `${Math.round(share * 100)}%`
  return {
    zh: `按 ${DATUM_NAMES[chosen].zh} 读，只有 ${percent(mine.nearShare)} 的点在道路 ${NEAR_M} 米以内（中位 ${mine.medianM} 米）；按 ${DATUM_NAMES[best].zh} 则有 ${percent(other.nearShare)}（中位 ${other.medianM} 米）。坐标系很可能选错了`,
    en: `Read as ${DATUM_NAMES[chosen].en}, only ${percent(mine.nearShare)} of the points lie within ${NEAR_M} m of a road (median ${mine.medianM} m); as ${DATUM_NAMES[best].en} it is ${percent(other.nearShare)} (median ${other.medianM} m). The datum is most likely another`,
  }
}
