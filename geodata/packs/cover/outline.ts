import { ringHolds } from '../../../server/contract/geo.ts'

/** A closed line in cells: x to the east, y to the south, the first point not repeated. */
export type Ring = [x: number, y: number][]

/** One piece of ground: its outer ring and the holes in it. */
export interface Patch {
  outer: Ring
  holes: Ring[]
  /** In cells, holes taken out. */
  area: number
}

/**
 * The patches of a mask: cells that touch by a side belong together. Rings run along the cells' sides.
 * @param least smaller patches and holes are left out, in cells
 */
export function patchesOf(mask: Uint8Array, cols: number, rows: number, least: number): Patch[] {
  const rings = ringsOf(mask, cols, rows).map(ring => ({ ring, area: areaOf(ring) }))
  const outers = rings.filter(({ area }) => area >= least)
  const patches = outers.map(({ ring, area }): Patch & { box: number[] } => ({
    outer: ring,
    holes: [],
    area,
    box: boxOf(ring),
  }))
  for (const { ring, area } of rings) {
    if (-area < least) continue
    // The middle of the first side, a little towards the mask: inside the patch that the hole is in.
    const [[ax, ay], [bx, by]] = ring
    const px = (ax + bx) / 2 - 0.25 * Math.sign(by - ay)
    const py = (ay + by) / 2 + 0.25 * Math.sign(bx - ax)
    let home: (typeof patches)[number] | null = null
    for (const patch of patches) {
      const [west, north, east, south] = patch.box
      if (px < west || px > east || py < north || py > south || !ringHolds(patch.outer, px, py)) continue
      if (!home || patch.area < home.area) home = patch
    }
    home?.holes.push(ring)
  }
  return patches.map(({ outer, holes, area }) => ({
    outer,
    holes,
    area: area + holes.reduce((sum, hole) => sum + areaOf(hole), 0),
  }))
}

/** Sides between mask and not, joined to rings with the mask on their right as y points down: area > 0 outside. */
function ringsOf(mask: Uint8Array, cols: number, rows: number): Ring[] {
  const at = (c: number, r: number): number =>
    c < 0 || r < 0 || c >= cols || r >= rows ? 0 : mask[r * cols + c]
  const width = cols + 1
  /** By corner: the corners that sides lead to from there. */
  const next = new Map<number, number[]>()
  const side = (from: number, to: number): void => {
    const there = next.get(from)
    if (there) there.push(to)
    else next.set(from, [to])
  }
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      if (!mask[r * cols + c]) continue
      const corner = r * width + c
      if (!at(c, r - 1)) side(corner, corner + 1)
      if (!at(c + 1, r)) side(corner + 1, corner + 1 + width)
      if (!at(c, r + 1)) side(corner + 1 + width, corner + width)
      if (!at(c - 1, r)) side(corner + width, corner)
    }
  }
  const rings: Ring[] = []
  for (const [start, ways] of next) {
    while (ways.length > 0) {
      const corners = [start]
      let at0 = start
      let to = ways.pop()!
      while (to !== start) {
        corners.push(to)
        const from = at0
        at0 = to
        to = turn(next.get(to)!, from, to, width)
      }
      rings.push(straightened(corners, width))
    }
  }
  return rings
}

/** Where two patches touch at a corner, keeps to its own: the way that turns right. */
function turn(ways: number[], from: number, at: number, width: number): number {
  if (ways.length === 1) return ways.pop()!
  const ahead = at - from
  const right = ahead === 1 ? width : ahead === width ? -1 : ahead === -1 ? -width : 1
  const i = Math.max(0, ways.indexOf(at + right))
  return ways.splice(i, 1)[0]
}

function straightened(corners: number[], width: number): Ring {
  const n = corners.length
  return corners
    .filter((corner, i) => corner - corners[(i + n - 1) % n] !== corners[(i + 1) % n] - corner)
    .map(corner => [corner % width, Math.floor(corner / width)])
}

export function areaOf(ring: Ring): number {
  let sum = 0
  for (let i = 0; i < ring.length; i++) {
    const [ax, ay] = ring[i]
    const [bx, by] = ring[(i + 1) % ring.length]
    sum += ax * by - bx * ay
  }
  return sum / 2
}

function boxOf(ring: Ring): number[] {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}

/** Without the staircase: the middles of the sides, corners cut once more, then only what shapes it. */
export function rounded(ring: Ring, tolerance: number): Ring {
  let points = ring.flatMap(([ax, ay], i): Ring => {
    const [bx, by] = ring[(i + 1) % ring.length]
    const length = Math.abs(bx - ax) + Math.abs(by - ay)
    if (length <= 2) return [[(ax + bx) / 2, (ay + by) / 2]]
    const [ux, uy] = [Math.sign(bx - ax), Math.sign(by - ay)]
    // A long side keeps points near its ends, or the cut corner would reach to its middle.
    const near = length <= 5 ? [0.75] : [0.75, 2]
    return [
      ...near.map((d): [number, number] => [ax + d * ux, ay + d * uy]),
      ...near.toReversed().map((d): [number, number] => [bx - d * ux, by - d * uy]),
    ]
  })
  points = points.map(([x, y], i): [number, number] => {
    const [px, py] = points[(i + points.length - 1) % points.length]
    const [nx, ny] = points[(i + 1) % points.length]
    return [(px + 2 * x + nx) / 4, (py + 2 * y + ny) / 4]
  })
  return thinned(points, tolerance)
}

/** Drops points that lie within the tolerance of the line between the last one kept and the next. */
function thinned(points: Ring, tolerance: number): Ring {
  const out: Ring = [points[0]]
  for (let i = 1; i < points.length; i++) {
    const [ax, ay] = out[out.length - 1]
    const [bx, by] = points[(i + 1) % points.length]
    const [px, py] = points[i]
    const [dx, dy] = [bx - ax, by - ay]
    const length = Math.sqrt(dx * dx + dy * dy)
    const off = length < 1e-9 ? 0 : Math.abs((px - ax) * dy - (py - ay) * dx) / length
    if (off > tolerance || length > 12) out.push(points[i])
  }
  return out.length >= 3 ? out : points
}
