import type { Feature, FeatureCollection } from 'geojson'
import type { Settlement } from '../../server/contract/entities.ts'
import { M_PER_DEG, type LonLat } from '../../server/contract/geo.ts'

/** How far a settlement's people are taken to live from its point; a drawing aid, not a count. */
const RADIUS_M: Record<Settlement['kind'], number> = {
  city: 1600,
  town: 1000,
  village: 600,
  suburb: 500,
  hamlet: 380,
}
const CORNERS = 40

interface Disc {
  at: LonLat
  r: number
}

/** Metres east and north of `from`, flat enough over a county. */
function offsetM(from: LonLat, to: LonLat): [number, number] {
  const k = Math.cos((from[1] * Math.PI) / 180)
  return [(to[0] - from[0]) * M_PER_DEG * k, (to[1] - from[1]) * M_PER_DEG]
}

type XY = [number, number]

/** A convex ring cut along the line where its disc and a neighbour's meet; keeps the own side. */
function cut(ring: readonly XY[], [nx, ny]: XY, limit: number): XY[] {
  const side = (p: XY) => p[0] * nx + p[1] * ny - limit
  return ring.flatMap((p, i) => {
    const q = ring[(i + 1) % ring.length]!
    const [a, b] = [side(p), side(q)]
    const kept: XY[] = a <= 0 ? [p] : []
    if (a < 0 !== b < 0 && a !== b) {
      const t = a / (a - b)
      kept.push([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t])
    }
    return kept
  })
}

/** The disc less what lies nearer to its neighbours, in metres round its centre: cells that only touch. */
function cell({ at, r }: Disc, others: readonly Disc[]): XY[] {
  let ring = Array.from({ length: CORNERS }, (_, i): XY => {
    const a = (i / CORNERS) * 2 * Math.PI
    return [r * Math.cos(a), r * Math.sin(a)]
  })
  for (const other of others) {
    const [dx, dy] = offsetM(at, other.at)
    const d = Math.hypot(dx, dy)
    if (d > 1) ring = cut(ring, [dx / d, dy / d], (d * d + r * r - other.r * other.r) / (2 * d))
  }
  return ring
}

/** The stretches of a cell's ring that lie on its circle: together the outline of all discs. */
function arcs(ring: readonly XY[], r: number): XY[][] {
  const onCircle = (p: XY) => Math.hypot(...p) > r - 0.5
  const closed = [...ring, ring[0]!]
  const runs: XY[][] = []
  for (let i = 1; i < closed.length; i++) {
    const [p, q] = [closed[i - 1]!, closed[i]!]
    if (!onCircle(p) || !onCircle(q) || Math.hypot(p[0] - q[0], p[1] - q[1]) > r * 0.2) continue
    if (runs.at(-1)?.at(-1) === p) runs.at(-1)!.push(q)
    else runs.push([p, q])
  }
  return runs
}

/**
 * Where the people outside live: a cell per settlement to be hatched, and the outline of them all.
 * The cells never overlap, or the wash would darken where two villages are neighbours.
 */
export function hatchShapes(places: readonly Settlement[]): FeatureCollection {
  const discs = places.map((s): Disc => ({ at: s.at, r: RADIUS_M[s.kind] }))
  const features = discs.flatMap((disc, i): Feature[] => {
    const near = discs.filter((o, j) => j !== i && Math.hypot(...offsetM(disc.at, o.at)) < o.r + disc.r)
    const ring = cell(disc, near)
    if (ring.length < 3) return []
    const k = Math.cos((disc.at[1] * Math.PI) / 180)
    const place = ([x, y]: XY) => [disc.at[0] + x / (M_PER_DEG * k), disc.at[1] + y / M_PER_DEG]
    const edge = arcs(ring, disc.r).map(run => run.map(place))
    return [
      {
        type: 'Feature',
        geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]!].map(place)] },
        properties: { edge: false },
      },
      {
        type: 'Feature',
        geometry: { type: 'MultiLineString', coordinates: edge },
        properties: { edge: true },
      },
    ]
  })
  return { type: 'FeatureCollection', features }
}
