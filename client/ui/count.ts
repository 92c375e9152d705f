import type { Lang } from './time.ts'

/** Full-width space: what stands between facts. */
export const GAP = '　'

export function whole(n: number): string {
  return Math.round(n).toLocaleString('en-US')
}

/** `已知 12,345 人`, then `3 处未知`; unknown is never 0. */
export function people(count: { known: number; placesUnknown: number }, lang: Lang): string {
  const { known, placesUnknown } = count
  if (lang === 'zh') {
    if (placesUnknown === 0) return `${whole(known)} 人`
    if (known === 0) return `人口未知${GAP}${whole(placesUnknown)} 处`
    return `已知 ${whole(known)} 人${GAP}${whole(placesUnknown)} 处未知`
  }
  const places = `${whole(placesUnknown)} ${placesUnknown === 1 ? 'place' : 'places'}`
  if (placesUnknown === 0) return `${whole(known)} people`
  return known === 0 ? `people unknown${GAP}${places}` : `${whole(known)} known${GAP}${places} unknown`
}

/** One place's people: `516 人` or `未知`. */
export function peopleOf(n: number | null, lang: Lang): string {
  if (n === null) return lang === 'zh' ? '未知' : 'unknown'
  return lang === 'zh' ? `${whole(n)} 人` : whole(n)
}

/** The sum over places as a count that keeps its unknowns. */
export function countPeople(places: readonly { people: number | null }[]) {
  let [known, placesUnknown] = [0, 0]
  for (const p of places) {
    if (p.people === null) placesUnknown++
    else known += p.people
  }
  return { known, placesUnknown }
}

/** `850 m`, `6.9 km`, `42 km`. */
export function distance(m: number): string {
  if (m < 995) return `${Math.round(m / 10) * 10} m`
  const km = m / 1000
  return km < 9.95 ? `${km.toFixed(1)} km` : `${whole(km)} km`
}

/** `42.5075 N` and `1.5218 E`. */
export function lonLat([lon, lat]: readonly [number, number], digits = 4): string {
  const ns = `${Math.abs(lat).toFixed(digits)} ${lat < 0 ? 'S' : 'N'}`
  return `${ns}${GAP}${Math.abs(lon).toFixed(digits)} ${lon < 0 ? 'W' : 'E'}`
}
