import type { LonLat } from '../../../server/contract/geo.ts'

export interface Mark {
  at: LonLat
  /** Clockwise from north, the way the line runs. */
  bearingDeg: number
}

/** World pixels of 512-px tiles at a zoom, as MapLibre counts them. */
export function project([lon, lat]: LonLat, zoom: number): [number, number] {
  const size = 512 * 2 ** zoom
  const s = Math.sin((lat * Math.PI) / 180)
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)) * size]
}

/** Marks along a line every `everyPx` on the screen, centred on it; at least one, in the middle. */
export function spacedMarks(line: readonly LonLat[], zoom: number, everyPx: number): Mark[] {
  const px = line.map(p => project(p, zoom))
  const along = [0]
  for (let i = 1; i < px.length; i++)
    along.push(along[i - 1]! + Math.hypot(px[i]![0] - px[i - 1]![0], px[i]![1] - px[i - 1]![1]))
  const total = along.at(-1)!
  if (!(total > 0)) return []
  const count = Math.max(1, Math.floor(total / everyPx))
  const first = (total - (count - 1) * everyPx) / 2
  const marks: Mark[] = []
  let i = 1
  for (let n = 0; n < count; n++) {
    const want = first + n * everyPx
    while (i < along.length - 1 && along[i]! < want) i++
    const [a, b] = [px[i - 1]!, px[i]!]
    const part = (want - along[i - 1]!) / (along[i]! - along[i - 1]! || 1)
    const [p, q] = [line[i - 1]!, line[i]!]
    marks.push({
      at: [p[0] + (q[0] - p[0]) * part, p[1] + (q[1] - p[1]) * part],
      bearingDeg: (Math.atan2(b[0] - a[0], a[1] - b[1]) * 180) / Math.PI,
    })
  }
  return marks
}

export function marksAsPoints(marks: readonly Mark[]) {
  return marks.map(({ at, bearingDeg }) => ({
    type: 'Feature' as const,
    geometry: { type: 'Point' as const, coordinates: at },
    properties: { bearingDeg },
  }))
}
