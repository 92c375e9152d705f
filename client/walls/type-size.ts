/** Where a wall hangs: how wide a pixel is, and how far away the last row sits. */
export interface Seat {
  pitchMm: number
  distanceM: number
}
export interface TypeSizes {
  body: number
  figure: number
  title: number
  note: number
}

/** The least that is read at a glance (ISO 9241-303; dense Chinese strokes want more, which the wider em gives). */
const ARC_MINUTES = 16
/** Ink of a digit over the font's size. */
const DIGIT_INK = 0.73
const GRID_PX = 4

/** Font sizes in px for a wall: whoever sits last reads its digits. P1.25 at 8 m: 44, 104, 60, 36. */
export function typeFor({ pitchMm, distanceM }: Seat): TypeSizes {
  const inkMm = distanceM * 1000 * Math.tan((ARC_MINUTES / 60) * (Math.PI / 180))
  return sizesFrom(Math.ceil(inkMm / pitchMm / DIGIT_INK / GRID_PX) * GRID_PX)
}

/** Where nobody has said how it hangs: as P1.25 at 8 m on 1,080 lines. */
export const typeByHeight = (heightPx: number): TypeSizes =>
  sizesFrom(Math.max(12, Math.round((44 * heightPx) / 1080)))

function sizesFrom(body: number): TypeSizes {
  const onGrid = (times: number): number => Math.max(GRID_PX, Math.round((body * times) / GRID_PX) * GRID_PX)
  return { body, figure: onGrid(2.4), title: onGrid(1.36), note: onGrid(0.82) }
}

/** `?pitch=1.25&distance=8`; null where it is not said or makes no sense. */
export function seatOf(query: URLSearchParams): Seat | null {
  const [pitchMm, distanceM] = [Number(query.get('pitch')), Number(query.get('distance'))]
  const isSane = pitchMm >= 0.3 && pitchMm <= 12 && distanceM >= 0.5 && distanceM <= 60
  return isSane ? { pitchMm, distanceM } : null
}
