import type { Text } from '../../../server/contract/errors.ts'
import { cellOfNode, type Lattice } from '../lattice.ts'
import type { Rank } from './classes.ts'
import type { Ground } from './ground.ts'

/** A named or numbered road that edges belong to. */
export interface Road {
  rank: Rank
  name: Text | null
  ref: string
}

export interface DraftEdge {
  a: number
  b: number
  rank: Rank
  /** Index of its road, -1 for none. */
  road: number
  /** Index of the street it is, which it stays when a numbered road runs along it; -1 for none. */
  named: number
  /** A street keeps its shape; what was searched out is fitted to the ground. */
  street: boolean
  lengthM: number
  /** Metres of climb per metre. */
  grade: number
}

/**
 * The roads while they are being laid out: places and the edges between them. A place below `lattice.cols ×
 * lattice.rows` is a node of the lattice, one above is a corner of a street.
 */
export class Draft {
  readonly edges: DraftEdge[] = []
  readonly roads: Road[] = []
  readonly latticeCount: number
  private readonly streetX: number[] = []
  private readonly streetY: number[] = []
  private readonly edgesAt = new Map<number, number[]>()
  /** Ways on from a street's corner to the lattice, and from there to it: none built yet. */
  private readonly linksAt = new Map<number, number[]>()

  constructor(
    readonly ground: Ground,
    readonly lattice: Lattice,
  ) {
    this.latticeCount = lattice.cols * lattice.rows
  }

  get placeCount(): number {
    return this.latticeCount + this.streetX.length
  }

  addPlace(x: number, y: number): number {
    this.streetX.push(x)
    return this.latticeCount + this.streetY.push(y) - 1
  }

  x(place: number): number {
    if (place >= this.latticeCount) return this.streetX[place - this.latticeCount]
    return this.ground.x(cellOfNode(this.lattice, this.ground.land.grid, place))
  }

  y(place: number): number {
    if (place >= this.latticeCount) return this.streetY[place - this.latticeCount]
    return this.ground.y(cellOfNode(this.lattice, this.ground.land.grid, place))
  }

  heightM(place: number): number {
    return this.ground.height(this.x(place), this.y(place))
  }

  apartM(a: number, b: number): number {
    const [dx, dy] = [this.x(a) - this.x(b), this.y(a) - this.y(b)]
    return Math.sqrt(dx * dx + dy * dy)
  }

  addEdge(a: number, b: number, rank: Rank, road: number, street: boolean, named = -1): number {
    const lengthM = Math.max(1, this.apartM(a, b))
    const grade = Math.abs(this.heightM(a) - this.heightM(b)) / lengthM
    const id = this.edges.push({ a, b, rank, road, named, street, lengthM, grade }) - 1
    put(this.edgesAt, a, id)
    put(this.edgesAt, b, id)
    return id
  }

  at(place: number): readonly number[] {
    return this.edgesAt.get(place) ?? NONE
  }

  other(edge: number, place: number): number {
    const { a, b } = this.edges[edge]
    return a === place ? b : a
  }

  link(street: number, node: number): void {
    put(this.linksAt, street, node)
    put(this.linksAt, node, street)
  }

  links(place: number): readonly number[] {
    return this.linksAt.get(place) ?? NONE
  }
}

const NONE: readonly number[] = []

function put(map: Map<number, number[]>, key: number, value: number): void {
  const there = map.get(key)
  if (there) there.push(value)
  else map.set(key, [value])
}
