import type { Hono } from 'hono'
import type { CountyData } from '../contract/county.ts'
import type { Lang, Refusal } from '../contract/errors.ts'
import type { Rooms } from '../journal/rooms.ts'
import type { Compute } from './compute.ts'

/** A county in memory: what it holds, the same as JSON bytes with their hash, and its road graph. */
export interface ServedCounty {
  id: string
  data: CountyData
  json: Uint8Array
  etag: string
  graph: SharedArrayBuffer
}

/** Everything the routes stand on; tests hand in their own. */
export interface Deps {
  counties: {
    list(): ServedCounty[]
    get(id: string): ServedCounty | undefined
    problems(): Refusal[]
  }
  rooms: Rooms
  compute: Compute
  tiles: {
    /** The stored bytes of a tile (XYZ), or null where there is none. */
    read(county: string, layer: TileLayer, z: number, x: number, y: number): Promise<Uint8Array | null>
  }
  now: () => Date
  /** The built client, or null where there is none yet. */
  clientDir: string | null
  /** Ends the streams when the server stops. */
  stop?: AbortSignal
}
export type TileLayer = 'base' | 'terrain'

export interface Env {
  Variables: { lang: Lang | null }
}
export type App = Hono<Env>
