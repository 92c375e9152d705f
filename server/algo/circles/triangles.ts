/** A vertex nearer to a side than this share of the triangle is left out: a sliver helps nobody. */
const THINNEST = 1e-4

/** Where a vertex lies. */
export interface Positions {
  x(vertex: number): number
  y(vertex: number): number
}

/** Triangles, counter-clockwise: three vertices each, and the side that begins at each of them. */
export interface Mesh {
  vertices: number[]
  sides: number[]
  /** The first number that no side has. */
  nextSide: number
}

/**
 * Cuts a square into triangles between its corners and the vertices inside it, one vertex after the other into
 * the triangle that holds it. The square's own sides stay whole.
 * @param corners counter-clockwise; @param sides the one that begins at each
 * @param firstSide the number of the first side made here
 */
export function triangulate(
  at: Positions,
  corners: readonly number[],
  sides: readonly number[],
  inner: readonly number[],
  firstSide: number,
): Mesh {
  const [sw, se, ne, nw] = corners as [number, number, number, number]
  const [south, east, north, west] = sides as [number, number, number, number]
  // The first one takes all four sides: no diagonal for it to lie on.
  const first = inner.find(vertex => {
    const x = at.x(vertex)
    const y = at.y(vertex)
    return (
      cross(at, sw, se, x, y) > THINNEST &&
      cross(at, se, ne, x, y) > THINNEST &&
      cross(at, ne, nw, x, y) > THINNEST &&
      cross(at, nw, sw, x, y) > THINNEST
    )
  })
  if (first === undefined) {
    return {
      vertices: [sw, se, ne, sw, ne, nw],
      sides: [south, east, firstSide, firstSide, north, west],
      nextSide: firstSide + 1,
    }
  }
  const [a, b, c, d] = [firstSide, firstSide + 1, firstSide + 2, firstSide + 3]
  const mesh: Mesh = {
    vertices: [sw, se, first, se, ne, first, ne, nw, first, nw, sw, first],
    sides: [south, b, a, east, c, b, north, d, c, west, a, d],
    nextSide: firstSide + 4,
  }
  for (const vertex of inner) if (vertex !== first) insert(at, mesh, vertex)
  return mesh
}

/** Cuts the triangle that holds the vertex into three; none does where it lies on a side or a vertex. */
function insert(at: Positions, mesh: Mesh, vertex: number): void {
  const { vertices, sides } = mesh
  const x = at.x(vertex)
  const y = at.y(vertex)
  for (let i = 0; i < vertices.length; i += 3) {
    const a = vertices[i]!
    const b = vertices[i + 1]!
    const c = vertices[i + 2]!
    const thinnest = THINNEST * cross(at, a, b, at.x(c), at.y(c))
    if (cross(at, a, b, x, y) <= thinnest) continue
    if (cross(at, b, c, x, y) <= thinnest) continue
    if (cross(at, c, a, x, y) <= thinnest) continue
    const [bc, ca] = [sides[i + 1]!, sides[i + 2]!]
    const [toA, toB, toC] = [mesh.nextSide, mesh.nextSide + 1, mesh.nextSide + 2]
    mesh.nextSide += 3
    vertices[i + 2] = vertex
    sides[i + 1] = toB
    sides[i + 2] = toA
    vertices.push(b, c, vertex, c, a, vertex)
    sides.push(bc, toC, toB, ca, toA, toC)
    return
  }
}

/** Twice the area of a → b → (x, y); positive when it turns left. */
function cross(at: Positions, a: number, b: number, x: number, y: number): number {
  const ax = at.x(a)
  const ay = at.y(a)
  return (at.x(b) - ax) * (y - ay) - (at.y(b) - ay) * (x - ax)
}
