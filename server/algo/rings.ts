/** Twice the signed area of a flat ring; positive = counter-clockwise. */
function doubleArea(ring: Float64Array): number {
  let sum = 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!
  }
  return sum
}

function contains(ring: Float64Array, x: number, y: number): boolean {
  let odd = false
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [ay, by] = [ring[i + 1]!, ring[j + 1]!]
    if (ay > y !== by > y && x < ((ring[j]! - ring[i]!) * (y - ay)) / (by - ay) + ring[i]!) odd = !odd
  }
  return odd
}

interface Outer {
  ring: Float64Array
  area: number
  box: [number, number, number, number]
  holes: Float64Array[]
}

/** Rings (flat x, y; outer counter-clockwise, holes clockwise) → polygons, each its outer ring then its holes. */
export function toPolygons(rings: Float64Array[]): Float64Array[][] {
  const outers: Outer[] = []
  const holes: Float64Array[] = []
  for (const ring of rings) {
    const area = doubleArea(ring)
    if (area > 0) outers.push({ ring, area, box: boxOf(ring), holes: [] })
    else if (area < 0) holes.push(ring)
  }
  outers.sort((a, b) => a.area - b.area)
  for (const hole of holes) {
    const [x, y] = [hole[0]!, hole[1]!]
    const owner = outers.find(
      ({ box, ring }) => x > box[0] && y > box[1] && x < box[2] && y < box[3] && contains(ring, x, y),
    )
    owner?.holes.push(hole)
  }
  return outers.reverse().map(({ ring, holes: own }) => [ring, ...own])
}

function boxOf(ring: Float64Array): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    box[0] = Math.min(box[0], ring[i]!)
    box[1] = Math.min(box[1], ring[i + 1]!)
    box[2] = Math.max(box[2], ring[i]!)
    box[3] = Math.max(box[3], ring[i + 1]!)
  }
  return box
}
