/** Where a vertex lies. */
export interface Samples {
  x(vertex: number): number
  y(vertex: number): number
}

/** A vertex nearer to a side than this share of the triangle is left out: a sliver helps nobody. */
const THINNEST = 1e-4

/**
 * Cuts a square into triangles between its corners and the vertices inside it, one vertex after the other into
 * the triangle that holds it. The square's own sides stay whole.
 * @param corners counter-clockwise
 * @returns vertex numbers, three a triangle, counter-clockwise
 */
export function triangulate(
  samples: Samples,
  corners: readonly number[],
  inner: readonly number[],
): number[] {
  const [sw, se, ne, nw] = corners as [number, number, number, number]
  // The first one takes all four sides: no diagonal for it to lie on.
  const first = inner.find(vertex => {
    const x = samples.x(vertex)
    const y = samples.y(vertex)
    return (
      cross(samples, sw, se, x, y) > THINNEST &&
      cross(samples, se, ne, x, y) > THINNEST &&
      cross(samples, ne, nw, x, y) > THINNEST &&
      cross(samples, nw, sw, x, y) > THINNEST
    )
  })
  if (first === undefined) return [sw, se, ne, sw, ne, nw]
  const triangles = [sw, se, first, se, ne, first, ne, nw, first, nw, sw, first]
  for (const vertex of inner) {
    if (vertex === first) continue
    const x = samples.x(vertex)
    const y = samples.y(vertex)
    for (let i = 0; i < triangles.length; i += 3) {
      const a = triangles[i]!
      const b = triangles[i + 1]!
      const c = triangles[i + 2]!
      const thinnest = THINNEST * cross(samples, a, b, samples.x(c), samples.y(c))
      if (cross(samples, a, b, x, y) <= thinnest) continue
      if (cross(samples, b, c, x, y) <= thinnest) continue
      if (cross(samples, c, a, x, y) <= thinnest) continue
      triangles[i + 2] = vertex
      triangles.push(b, c, vertex, c, a, vertex)
      break
    }
  }
  return triangles
}

/** Twice the area of a → b → (x, y); positive when it turns left. */
function cross(samples: Samples, a: number, b: number, x: number, y: number): number {
  const ax = samples.x(a)
  const ay = samples.y(a)
  return (samples.x(b) - ax) * (y - ay) - (samples.y(b) - ay) * (x - ax)
}
