import { Contour } from './contour.ts'
import { SIDE } from './lattice.ts'
import { toPolygons } from './rings.ts'
import { Tile, type BandQuestion } from './tile.ts'
import { triangulate } from './triangles.ts'

type Coordinates = number[][][][]

/**
 * The land within each limit as one MultiPolygon a limit, in the order of the limits. Travel time is sampled
 * every 100 m; where the junctions within a cell and its corners disagree, the cell is cut into triangles
 * between them, so that each junction lies on the right side of every line.
 */
export function bandPolygons(question: BandQuestion): Coordinates[] {
  const { lattice, limitsMs } = question
  const contours = limitsMs.map(limit => new Contour(limit))
  const tile = new Tile(question)
  for (const [column, row] of blocksToDraw(question)) {
    tile.load(column, row)
    tile.forEachActive((corners, inner) => {
      const triangles = inner.length > 0 ? triangulate(tile, corners, inner) : null
      for (const contour of contours) {
        if (!triangles) contour.addSquare(tile, corners)
        else for (let i = 0; i < triangles.length; i += 3) contour.addTriangle(tile, triangles, i)
      }
    })
  }
  return contours.map(contour => {
    const polygons: Coordinates = []
    for (const rings of toPolygons(contour.rings())) polygons.push(rings.map(ring => degrees(ring, lattice)))
    return polygons
  })
}

/** First points of the blocks that a line may run through: those with something reached, and all round them. */
function blocksToDraw({ lattice, reached, dist, limitsMs, starts }: BandQuestion): [number, number][] {
  const widest = limitsMs.at(-1)!
  const { columns, nodes } = lattice
  const seeds = new Set<number>()
  for (const node of reached) if (dist[node]! <= widest) seeds.add(nodes.blockOf[node]!)
  const add = (column: number, row: number): void => void seeds.add((row >> 6) * columns + (column >> 6))
  for (const { at } of starts) add(lattice.column(at[0] * 1e7), lattice.row(at[1] * 1e7))
  for (const [w, s, e, n] of lattice.longEdgeBoxes) {
    for (let row = s; row <= n + SIDE; row += SIDE) for (let x = w; x <= e + SIDE; x += SIDE) add(x, row)
  }
  const blocks = new Map<number, [number, number]>()
  for (const seed of seeds) {
    const [column, row] = [seed % columns, Math.floor(seed / columns)]
    for (let y = Math.max(0, row - 1); y <= row + 1; y++) {
      for (let x = Math.max(0, column - 1); x <= column + 1; x++)
        blocks.set(y * columns + x, [x * SIDE, y * SIDE])
    }
  }
  return [...blocks.values()]
}

function degrees(ring: Float64Array, lattice: BandQuestion['lattice']): number[][] {
  const points: number[][] = []
  for (let i = 0; i < ring.length; i += 2) {
    points.push([
      round6(lattice.west + ring[i]! * lattice.dLon),
      round6(lattice.south + ring[i + 1]! * lattice.dLat),
    ])
  }
  points.push(points[0]!)
  return points
}

/** A tenth of a metre. Rounding keeps the order of crossings on a side, so bands still do not cross. */
function round6(value: number): number {
  return Math.round(value * 1e6) / 1e6
}
