import { edgeEnds } from '../search/snap.ts'
import { Contour } from './contour.ts'
import { INNER_SIDES, cornersOf, sidesOf } from './sides.ts'
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
  const contours = limitsMs.map(limit => new Contour(limit, lattice.width))
  const tile = new Tile(question)
  for (const [column, row] of blocksToDraw(question)) {
    tile.load(column, row)
    let innerSides = INNER_SIDES
    tile.forEachActive((corner, inner) => {
      if (inner.length === 0) for (const contour of contours) contour.addSquare(tile, corner)
      else {
        const mesh = triangulate(tile, cornersOf(corner), sidesOf(corner), inner, innerSides)
        innerSides = mesh.nextSide
        for (const contour of contours) contour.addTriangles(tile, mesh)
      }
    })
    for (const contour of contours) contour.endBlock(tile)
  }
  return contours.map(contour => {
    const polygons: Coordinates = []
    for (const rings of toPolygons(contour.rings())) polygons.push(rings.map(ring => degrees(ring, lattice)))
    return polygons
  })
}

/** First points of the blocks that a line may run through: near the roads of anything reached. */
function blocksToDraw({
  graph,
  lattice,
  reached,
  dist,
  limitsMs,
  starts,
}: BandQuestion): Iterable<[number, number]> {
  const widest = limitsMs.at(-1)!
  const seeds = new Set<number>()
  for (const node of reached) if (dist[node]! <= widest) seeds.add(lattice.nodes.blockOf[node]!)
  const blocks = new Map<number, [number, number]>()
  const add = (column: number, row: number): void => {
    if (column >= 0 && row >= 0) blocks.set(lattice.pointId(column, row), [column, row])
  }
  for (const { at, edge } of starts) {
    for (const node of edgeEnds(graph, edge)) seeds.add(lattice.nodes.blockOf[node]!)
    // The cells around the start's own may lie in the blocks next to it.
    const column = Math.floor(lattice.column(at[0] * 1e7))
    const row = Math.floor(lattice.row(at[1] * 1e7))
    for (const r of [row - 1, row + 1]) for (const c of [column - 1, column + 1]) add(c & -SIDE, r & -SIDE)
  }
  for (const seed of seeds) lattice.blocksReached(seed, add)
  return blocks.values()
}

function degrees(ring: Float64Array, { west, south, dLon, dLat }: BandQuestion['lattice']): number[][] {
  const points: number[][] = []
  for (let i = 0; i < ring.length; i += 2) {
    points.push([round11(west + ring[i]! * dLon), round11(south + ring[i + 1]! * dLat)])
  }
  points.push(points[0]!)
  return points
}

/** A thousandth of a millimetre: coarser, and the sides of narrow triangles between junctions would cross. */
function round11(value: number): number {
  return Math.round(value * 1e11) / 1e11
}
