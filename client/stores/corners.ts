import type { LonLat } from '../../server/contract/geo.ts'

/** A corner of a line as a form's text holds it. `at` null = what stands there is no position. */
export interface Corner {
  text: string
  at: LonLat | null
}

/** To a decimetre. */
export const wordOf = ([lon, lat]: LonLat): string => `${Number(lon.toFixed(6))},${Number(lat.toFixed(6))}`

function positionOf(text: string): LonLat | null {
  const parts = text.split(/[,，]/).map(part => part.trim())
  if (parts.length !== 2 || parts.includes('')) return null
  const [lon, lat] = parts.map(Number) as LonLat
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null
}

/** The corners of `lon,lat; lon,lat`; the last of a ring is its first and not listed again. */
export function cornersOf(text: string, closed: boolean): Corner[] {
  const texts = text
    .split(/[;；]/)
    .map(one => one.trim())
    .filter(Boolean)
  if (closed && texts.length > 3 && texts.at(-1) === texts[0]) texts.pop()
  return texts.map(one => ({ text: one, at: positionOf(one) }))
}

/** The other way; a corner on the one before it adds nothing and is left out. */
export function textOfCorners(texts: readonly string[], closed: boolean): string {
  const kept = texts.filter((one, i) => one !== texts[i - 1])
  if (closed && kept.length > 1 && kept.at(-1) === kept[0]) kept.pop()
  return (closed && kept.length > 2 ? [...kept, kept[0]!] : kept).join('; ')
}

const turn = ([ax, ay]: LonLat, [bx, by]: LonLat, [cx, cy]: LonLat): number =>
  Math.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
const within = (a: LonLat, b: LonLat, p: LonLat): boolean =>
  Math.min(a[0], b[0]) <= p[0] &&
  p[0] <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= p[1] &&
  p[1] <= Math.max(a[1], b[1])

function meet(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const [abc, abd, cda, cdb] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)]
  if (abc !== abd && cda !== cdb && abc * abd * cda * cdb !== 0) return true
  return (
    (abc === 0 && within(a, b, c)) ||
    (abd === 0 && within(a, b, d)) ||
    (cda === 0 && within(c, d, a)) ||
    (cdb === 0 && within(c, d, b))
  )
}

/** Whether the way from `p` to `s` goes back over itself to `q`. */
const foldsBack = (p: LonLat, s: LonLat, q: LonLat): boolean =>
  turn(p, s, q) === 0 && (p[0] - s[0]) * (q[0] - s[0]) + (p[1] - s[1]) * (q[1] - s[1]) > 0

/** Two sides of a ring that meet elsewhere than at their common corner; side `i` begins at corner `i`. */
export function crossingOf(ring: readonly LonLat[]): [number, number] | null {
  const n = ring.length
  for (let i = 0; i < n; i++) {
    const [a, b] = [ring[i]!, ring[(i + 1) % n]!]
    for (let j = i + 1; j < n; j++) {
      const [c, d] = [ring[j]!, ring[(j + 1) % n]!]
      const [follows, precedes] = [j === i + 1, (j + 1) % n === i]
      const crosses = follows || precedes ? false : meet(a, b, c, d)
      if (crosses || (follows && foldsBack(a, b, d)) || (precedes && foldsBack(c, a, b))) return [i, j]
    }
  }
  return null
}
