type LonLat = [number, number]

export interface Asked {
  kind: string
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  body?: unknown
}

/** Seeded chance (mulberry32): the same seed asks the same questions. */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const PROFILES = ['heavy', 'light', 'foot', { base: 'heavy', weightT: 30 }]
/** Closures in force at most: the oldest are opened again. */
const MAX_CLOSED = 40

const get = (kind: string, path: string): Asked => ({ kind, method: 'GET', path })

/** Where to ask: most questions are about places where people live. */
export interface Place {
  id: string
  bbox: [number, number, number, number]
  places: LonLat[]
}

/** What many desks, and a few bad programs, ask of a county. `closed` is the generator's own list of what it shut. */
export function randomRequests({ id: county, bbox, places }: Place, random: () => number) {
  const [west, south, east, north] = bbox
  const closed: string[] = []
  let made = 0
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const anywhere = (): LonLat => [west + random() * (east - west), south + random() * (north - south)]
  const near = ([lon, lat]: LonLat): LonLat => [lon + (random() - 0.5) / 50, lat + (random() - 0.5) / 50]
  const at = (): LonLat => (places.length > 0 && random() < 0.9 ? near(pick(places)) : anywhere())
  const some = (most: number) => Array.from({ length: 1 + Math.floor(random() * most) }, at)
  const profile = () => pick(PROFILES)
  const square = ([lon, lat]: LonLat, half = 0.002 + random() * 0.01) => ({
    type: 'Polygon',
    coordinates: [
      [
        [lon - half, lat - half],
        [lon + half, lat - half],
        [lon + half, lat + half],
        [lon - half, lat + half],
        [lon - half, lat - half],
      ],
    ],
  })
  const post = (kind: string, path: string, body: object): Asked => ({
    kind,
    method: 'POST',
    path,
    body: { county, ...body },
  })
  const closures = `/api/counties/${county}/closures`

  const close = (): Asked => {
    const id = `soak-${made++}`
    closed.push(id)
    const feature = { type: 'Feature', geometry: square(at()), properties: { kind: 'flood' } }
    return { kind: 'close', method: 'POST', path: closures, body: { key: id, id, feature } }
  }
  const open = (): Asked =>
    closed.length === 0 ? close() : { kind: 'open', method: 'DELETE', path: `${closures}/${closed.shift()}` }
  const tile = (): Asked => {
    const z = 8 + Math.floor(random() * 6)
    const [lon, lat] = at()
    const phi = (lat * Math.PI) / 180
    const x = Math.floor(((lon + 180) / 360) * 2 ** z)
    const y = Math.floor(((1 - Math.asinh(Math.tan(phi)) / Math.PI) / 2) * 2 ** z)
    return get(
      'tile',
      random() < 0.7
        ? `/tiles/${county}/base/${z}/${x}/${y}.mvt`
        : `/tiles/${county}/terrain/${z}/${x}/${y}.png`,
    )
  }
  const kinds: [weight: number, make: () => Asked][] = [
    [8, () => post('route', '/api/route', { profile: profile(), from: at(), to: at() })],
    [8, () => post('dispatch', '/api/dispatch', { at: at(), profile: profile() })],
    [4, () => post('matrix', '/api/matrix', { profile: profile(), from: some(30), to: some(30) })],
    [4, () => post('isochrones', '/api/isochrones', { profile: profile(), points: [{ at: at() }] })],
    [1, () => post('coverage', '/api/isochrones', { points: 'teams' })],
    [4, () => post('nearest-road', '/api/nearest-road', { at: at() })],
    [12, tile],
    [3, () => (closed.length < MAX_CLOSED ? close() : open())],
    [3, open],
    [2, () => get('closures', closures)],
    [1, () => get('county', `/api/counties/${county}`)],
    [1, () => get('graph', `/api/counties/${county}/roads.graph`)],
    [1, () => get('health', '/api/health')],
    [
      1,
      () =>
        post('bad', pick(['/api/route', '/api/matrix', '/api/dispatch']), { from: [at(), null], at: 'x' }),
    ],
  ]
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0)

  return (): Asked => {
    let left = random() * total
    const [, make] = kinds.find(([weight]) => (left -= weight) < 0) ?? kinds[0]!
    return make()
  }
}
