import type { Text } from '../../server/contract/errors.ts'
import type { LonLat } from '../../server/contract/geo.ts'
import type { Grid } from './grid.ts'

/** What is asked of a made county. */
export interface Brief {
  seed: number
  /** Width and height of the county in kilometres. */
  widthKm: number
  heightKm: number
  centre: LonLat
}

/** The ground: heights that drain, and the water on them. One value per cell of `grid`, about 30 m wide. */
export interface Land {
  grid: Grid
  /** Metres above the sea, multiples of 0.1; a reservoir has the level of its water. */
  heightM: Float32Array
  slopeDeg: Float32Array
  /** The neighbour that a cell drains to, -1 where water leaves the grid; a lake drains to its dam. */
  receiver: Int32Array
  upstreamKm2: Float32Array
  /** Height above the river or lake that the cell drains to. */
  aboveWaterM: Float32Array
  /** DRY, RIVER or LAKE. */
  water: Uint8Array
  /** 1 where the rivers' flood plain is. */
  floodPlain: Uint8Array
  /** 1 within the county. */
  inside: Uint8Array
  /** The county's border, a closed ring, counter-clockwise. */
  border: LonLat[]
  rivers: River[]
  reservoirs: Reservoir[]
  /** Named mountains, for labels. */
  peaks: { name: Text; cell: number }[]
}
export const DRY = 0
export const RIVER = 1
export const LAKE = 2

export interface River {
  name: Text
  /** Strahler order; the main river has the highest. */
  order: number
  /** From the source down to the mouth; through lakes too. The last one may lie on the river it joins. */
  cells: Int32Array
}

export interface Reservoir {
  name: Text
  cells: Int32Array
  /** From one bank to the other, and its middle. */
  dam: [LonLat, LonLat]
  damCell: number
  damHeightM: number
  /** Levels in metres above the sea: dead < limit (flood season) < design flood < check flood < crest. */
  deadM: number
  limitM: number
  designM: number
  checkM: number
  crestM: number
  /** Million cubic metres at the limit level and at the check level. */
  limitMm3: number
  totalMm3: number
  catchmentKm2: number
}

export interface Township {
  /** adcode of nine digits. */
  id: string
  name: Text
  kind: 'town' | 'subdistrict'
  cell: number
}

export interface Village {
  /** adcode of twelve digits. */
  id: string
  name: Text
  /** A village, or a community of a town's streets. */
  kind: 'village' | 'community'
  township: string
  cell: number
  people: number
  households: number
  /** Houses, one cell each, that the streets and the population grid follow. */
  houses: Int32Array
}

/** A few houses away from their village, at the end of a road or a track. Their people are in their village's. */
export interface Hamlet {
  name: Text
  village: string
  cell: number
  people: number
  /** One cell each. */
  houses: Int32Array
}

export interface People {
  townships: Township[]
  villages: Village[]
  hamlets: Hamlet[]
  /** People per cell of 100 m; sums to the villages. */
  grid: Grid
  perCell: Float32Array
}

/** A line or area as OpenStreetMap has it: nodes by their index, tags as there. */
export interface Way {
  nodes: number[]
  tags: Record<string, string>
}

export interface Network {
  lon: number[]
  lat: number[]
  /** Tags of nodes that have some: barriers, crossings. */
  nodeTags: Map<number, Record<string, string>>
  ways: Way[]
  /** Turn restrictions: way indices and the node between. */
  restrictions: { kind: string; from: number; via: number; to: number }[]
  bridges: Bridge[]
  underpasses: { name: Text; at: LonLat; maxHeightM: number }[]
  /** Villages and hamlets (index into `people`) that only a path reaches. */
  footOnly: { village?: number; hamlet?: number }[]
}

export interface Bridge {
  name: Text
  at: LonLat
  way: number
  roadClass: string
  lengthM: number
  maxWeightT: number | null
  /** What else hangs on it. */
  carries: ('fibre' | 'power' | 'water')[]
}
