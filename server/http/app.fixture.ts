import { Refusal } from '../contract/errors.ts'
import { createMemoryStore } from '../db/memory.ts'
import type { Store } from '../db/store.ts'
import { createRooms } from '../journal/rooms.ts'
import { createApp } from './app.ts'
import type { Persons } from '../contract/registers/persons.ts'
import type { Compute } from './compute.ts'
import type { Exchange } from './exchange.ts'
import type { App, Deps, ServedCounty } from './context.ts'

export const VALE: [number, number, number, number] = [1.4, 42.4, 1.8, 42.7]
export const INSIDE: [number, number] = [1.5, 42.5]
export const NOW = '2026-07-01T08:00:00.000Z'
export const GRAPH_SHA = 'ab'.repeat(32)

const part = (file: string, sha256 = 'cd'.repeat(32)) => ({
  file,
  version: 1,
  sha256,
  bytes: 9,
  madeFrom: [],
})

export function vale(id = 'vale'): ServedCounty {
  const graph = new SharedArrayBuffer(600_000)
  new Uint8Array(graph).fill(7, 300_000)
  const county = {
    id,
    name: '谷县',
    timeZone: 'Europe/Andorra',
    bbox: VALE,
    fictional: true,
    attribution: [],
    importedAt: NOW,
    roadsAsOf: null,
    parts: {
      roads: part('roads.graph', GRAPH_SHA),
      base: part('base.mbtiles'),
      terrain: part('terrain.mbtiles'),
    },
    notes: [],
  }
  const data = { county, settlements: [], teams: [], facilities: [], border: null }
  return { id, data, json: Buffer.from(JSON.stringify(data)), etag: 'ef'.repeat(32), graph }
}

export type Call = [county: string, method: string, ...args: unknown[]]

/** A compute that answers what it was asked, or what a test wants. */
export function fakeCompute(answer: (...call: Call) => unknown = () => ({ fake: true })) {
  const calls: Call[] = []
  const compute: Compute = {
    load: () => {},
    drop: () => {},
    size: async () => ({ nodes: 12, arcs: 34 }),
    setReckoned: () => {},
    setClosures: (...args) => void calls.push(['setClosures', ...args] as unknown as Call),
    call: async (...call) => {
      calls.push(call as Call)
      return new TextEncoder().encode(JSON.stringify(await answer(...(call as Call))))
    },
    close: async () => {},
  }
  return { compute, calls }
}

export interface TestApp {
  app: App
  fetch: App['fetch']
  get(path: string, headers?: Record<string, string>): Promise<Response>
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  calls: Call[]
  store: Store
}

/** Stands where files are not asked for. */
export const noExchange: Exchange = {
  preview: () => Promise.reject(new Error('no files here')),
  write: () => Promise.reject(new Error('no files here')),
}

export const noPersons: Persons = { all: async () => [], save: async () => {} }

const now = () => new Date(NOW)

/** The app on a county `vale`, a journal in memory and a compute that computes nothing. */
export async function testApp(
  more: Partial<Deps> & { answer?: (...call: Call) => unknown; store?: Store } = {},
): Promise<TestApp> {
  const { answer, store = createMemoryStore(), ...deps } = more
  const { compute, calls } = fakeCompute(answer)
  const county = vale()
  const app = createApp({
    counties: {
      list: () => [county],
      get: id => (id === county.id ? county : undefined),
      problems: () => [],
    },
    rooms: await createRooms({ store, now }),
    compute,
    tiles: { read: async () => null },
    now,
    clientDir: null,
    ...deps,
  })
  const send: TestApp['send'] = async (method, path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const init = { method, headers: { 'content-type': 'application/json', ...headers } }
    return app.request(path, body === undefined ? init : { ...init, body: text })
  }
  return {
    app,
    get: async (path, headers) => app.request(path, { headers }),
    send,
    calls,
    store,
    fetch: app.fetch,
  }
}

export const refusal = (code: string, status: Refusal['status'] = 409) =>
  new Refusal(code, status, { zh: '不行', en: 'No' }, { zh: '办法', en: 'Remedy' }, 'to', { closures: ['a'] })

export const CLOSURE = {
  type: 'Feature',
  geometry: { type: 'Point', coordinates: INSIDE },
  properties: { kind: 'flood', name: '桥头' },
}
