import type { Hono } from 'hono'
import type { Accounts } from '../accounts/accounts.ts'
import type { CountyData } from '../contract/county.ts'
import type { Lang, Refusal } from '../contract/errors.ts'
import type { Persons } from '../contract/registers/persons.ts'
import type { Viewer } from '../contract/viewer.ts'
import type { Writable } from '../contract/writable.ts'
import type { Rooms } from '../journal/rooms.ts'
import type { Compute } from './compute.ts'
import type { Exchange } from './exchange.ts'
import type { Hosts } from './hosts.ts'

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
  /** Whether the journal takes changes; taken for granted without it. */
  journal?: Writable
  compute: Compute
  tiles: {
    /** The stored bytes of a tile (XYZ), or null where there is none. */
    read(county: string, layer: TileLayer, z: number, x: number, y: number): Promise<Uint8Array | null>
  }
  now: () => Date
  /** Without them everybody is `viewer`. */
  accounts?: Accounts
  /** Names this server is reached by; of this machine only when absent. */
  hosts?: Hosts
  /** Files of registers in and out; without it there are no such routes. */
  exchange?: Exchange
  /** Names and telephone numbers; without it there are no such routes. */
  persons?: Persons
  /** Who asks where there are no accounts: the guest, unless a test says otherwise. */
  viewer?: Viewer
  /** The built client, or null where there is none yet. */
  clientDir: string | null
  /** Ends the streams when the server stops. */
  stop?: AbortSignal
}
export type TileLayer = 'base' | 'terrain'

export interface Env {
  Variables: {
    lang: Lang | null
    viewer?: Viewer
    /** The session that asks; `guest` for the guest. */
    session?: string
  }
}
export type App = Hono<Env>
