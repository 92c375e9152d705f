import { Contour } from './contour.ts'
import { Field, type FieldQuestion } from './field.ts'
import { toPolygons } from './rings.ts'
import { triangulate } from './triangles.ts'

type Coordinates = number[][][][]

/**
 * The land within each limit as one MultiPolygon a limit, largest last. Travel time is sampled every 100 m;
 * where the junctions within a cell and its corners disagree, the cell is cut into triangles between them, so
 * that each junction lies on the right side of every line.
 */
export function bandPolygons(question: FieldQuestion): Coordinates[] {
  const field = Field.of(question)
  if (!field) return question.limitsMs.map(() => [])
  const { lattice } = question
  const triangles = new Map<number, number[]>()
  for (const [cell, vertices] of field.inner) {
    triangles.set(cell, triangulate(field, field.cornersOf(cell), vertices))
  }
  return question.limitsMs.map(limit => {
    const contour = new Contour(field, limit)
    for (const cell of field.active) {
      const parts = triangles.get(cell)
      if (!parts) contour.addSquare(...field.cornersOf(cell))
      else
        for (let i = 0; i < parts.length; i += 3) contour.addTriangle(parts[i]!, parts[i + 1]!, parts[i + 2]!)
    }
    return toPolygons(contour.rings()).map(rings => rings.map(ring => degrees(ring, lattice)))
  })
}

function degrees(ring: Float64Array, lattice: FieldQuestion['lattice']): number[][] {
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
const round6 = (value: number): number => Math.round(value * 1e6) / 1e6
