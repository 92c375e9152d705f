import { RANK } from './classes.ts'
import { crossing } from './cross.ts'
import { addPoint, type Line, type Mesh } from './mesh.ts'

/** Interchanges lie this far apart at least, and there are at most so many. */
const APART_M = 6500
const MOST = 5
/** Ramps leave a carriageway so many points (of 60 m) before the crossing, and reach the road so far from it. */
const RAMP_POINTS = 6
const FOOT_M = 110

/** Where a carriageway crosses a road. */
interface Meeting {
  carriageway: Line
  /** Index of the carriageway's point after the crossing. */
  i: number
  road: Line
  x: number
  y: number
}

/**
 * Joins the motorway to roads that it crosses by four ramps each: one near the county town, others along the
 * way. Every carriageway has its ramps on its right, so that no turn crosses the other's.
 * @returns the points where ramps pay toll
 */
export function addInterchanges(
  mesh: Mesh,
  carriageways: readonly Line[],
  cityX: number,
  cityY: number,
): number[] {
  const meetings = carriageways.map(carriageway => meetingsOf(mesh, carriageway))
  if (meetings.length < 2) return []
  const pairs = meetings[0]
    .flatMap(one => {
      const two = meetings[1].find(other => other.road === one.road && apart(one, other) < 90)
      return two ? [{ one, two, far: apart(one, { x: cityX, y: cityY }) }] : []
    })
    .sort((p, q) => p.far - q.far || p.one.i - q.one.i)
  const chosen: typeof pairs = []
  const booths: number[] = []
  for (const pair of pairs) {
    if (chosen.length === MOST) break
    if (chosen.some(other => apart(other.one, pair.one) < APART_M)) continue
    const feet = [pair.one, pair.two].map(meeting => footOf(mesh, meeting))
    if (feet.some(foot => foot < 0)) continue
    chosen.push(pair)
    for (const [k, meeting] of [pair.one, pair.two].entries())
      booths.push(...addRamps(mesh, meeting, feet[k]))
  }
  return booths
}

const apart = (a: { x: number; y: number }, b: { x: number; y: number }): number =>
  Math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y))

function meetingsOf({ x, y, lines }: Mesh, carriageway: Line): Meeting[] {
  const out: Meeting[] = []
  const { points } = carriageway
  for (const road of lines) {
    if (road.street || road.rank > RANK.township || road.rank === RANK.motorway) continue
    for (let j = 1; j < road.points.length; j++) {
      const [c, d] = [road.points[j - 1], road.points[j]]
      for (let i = 1; i < points.length; i++) {
        const [a, b] = [points[i - 1], points[i]]
        if (Math.abs(x[a] - x[c]) + Math.abs(y[a] - y[c]) > 300) continue
        const hit = crossing(x[a], y[a], x[b], y[b], x[c], y[c], x[d], y[d])
        if (!hit || i < 12 || i > points.length - 12) continue
        out.push({ carriageway, i, road, x: x[a] + (x[b] - x[a]) * hit.t, y: y[a] + (y[b] - y[a]) * hit.t })
      }
    }
  }
  return out
}

/** The point of the road, about a hundred metres to the carriageway's right, where its ramps meet it; −1 for none. */
function footOf({ x, y }: Mesh, { carriageway, i, road, x: mx, y: my }: Meeting): number {
  const [a, b] = [carriageway.points[i - 1], carriageway.points[i]]
  const [dx, dy] = [x[b] - x[a], y[b] - y[a]]
  const length = Math.sqrt(dx * dx + dy * dy)
  let [best, least] = [-1, 60]
  for (const point of road.points.slice(1, -1)) {
    const [px, py] = [x[point] - mx, y[point] - my]
    const right = (px * -dy + py * dx) / length
    const off = Math.abs(Math.sqrt(px * px + py * py) - FOOT_M)
    if (right > 55 && off < least) [best, least] = [point, off]
  }
  return best
}

function addRamps(mesh: Mesh, { carriageway, i }: Meeting, foot: number): number[] {
  const { points } = carriageway
  const off = ramp(mesh, points[i - RAMP_POINTS], points[i - RAMP_POINTS + 1], foot)
  const on = ramp(mesh, points[i + RAMP_POINTS], points[i + RAMP_POINTS - 1], foot)
  const line = { rank: RANK.motorway, road: -1, named: -1, street: false, oneway: true, ramp: true }
  mesh.lines.push({ ...line, points: off }, { ...line, points: on.toReversed() })
  return [off, on].map(some => some[some.length - 2])
}

/** From a point of the carriageway, setting out in its direction, in a bend to the foot. */
function ramp(mesh: Mesh, from: number, ahead: number, foot: number): number[] {
  const { x, y } = mesh
  const [dx, dy] = [x[ahead] - x[from], y[ahead] - y[from]]
  const length = Math.sqrt(dx * dx + dy * dy) || 1
  const reach = 0.6 * apart({ x: x[from], y: y[from] }, { x: x[foot], y: y[foot] })
  const [cx, cy] = [x[from] + (dx / length) * reach, y[from] + (dy / length) * reach]
  const out = [from]
  for (let k = 1; k <= 7; k++) {
    const t = k / 8
    const [p, q, r] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t]
    out.push(addPoint(mesh, p * x[from] + q * cx + r * x[foot], p * y[from] + q * cy + r * y[foot]))
  }
  return [...out, foot]
}
