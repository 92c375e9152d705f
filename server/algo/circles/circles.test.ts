import { describe, expect, test } from 'vitest'
import { M_PER_DEG, type LonLat } from '../../contract/geo.ts'
import { createEngine } from '../engine.ts'
import { networkOf, randomNetwork, randomOf } from '../random.fixture.ts'
import { buildGraph } from '../roads/build.ts'
import { openGraph } from '../roads/graph.ts'
import { crossings, faultsOf, Land } from './bands.fixture.ts'

/** One road 3 km long to the east along 42.5° N. */
const LON = Math.cos((42.5 * Math.PI) / 180) * M_PER_DEG
const ROAD = buildGraph(networkOf([[15_000_000, 425_000_000], [15_366_000, 425_000_000]], [{ id: 1, nodes: [1, 2] }])) // prettier-ignore
const engine = createEngine({ graph: ROAD, settlements: [], teams: [] })

function bandsAt(at: LonLat, delayMs = 0, minutes = [15, 30, 60]) {
  const q = { room: 'x', profile: 'heavy' as const, minutes, points: [{ at, delayMs }] }
  return (['from', 'to'] as const).map(
    direction =>
    engine.isochrones({ ...q, direction }).features.map(f => f.geometry.coordinates).reverse(), // prettier-ignore
  )
}

describe('the asked point lies in its own circle', () => {
  test.each([
    ['on the road', 1500, 0],
    ['900 m north of it', 1500, 900],
    ['900 m south of it', 1500, -900],
    ['999 m beyond its western end', -999, 0],
    ['999 m beyond its eastern end', 3999, 0],
    ['off its south-western corner', -700, -700],
  ])('%s', (_, east, north) => {
    const at: LonLat = [1.5 + east / LON, 42.5 + north / M_PER_DEG]
    for (const bands of bandsAt(at)) {
      for (const band of bands) {
        expect(faultsOf(band)).toEqual([])
        expect(new Land(band).holds(at)).toBe(true)
      }
    }
    // A turnout shorter than the band leaves it there, a longer one does not.
    for (const bands of bandsAt(at, 14 * 60_000)) expect(new Land(bands[0]).holds(at)).toBe(true)
    for (const bands of bandsAt(at, 16 * 60_000)) {
      expect(new Land(bands[0]).holds(at)).toBe(false)
      expect(new Land(bands[1]).holds(at)).toBe(true)
    }
  })

  test('wherever it lies within a kilometre, at 300 random places', () => {
    const random = randomOf(8)
    for (let i = 0; i < 300; i++) {
      const at: LonLat = [1.5 + (random() * 4400 - 700) / LON, 42.5 + (random() * 1400 - 700) / M_PER_DEG]
      const [from] = bandsAt(at, Math.floor(random() * 14 * 60_000), [15])
      if (random() < 0.2) expect(faultsOf(from[0])).toEqual([])
      expect([at, new Land(from[0]).holds(at)]).toEqual([at, true])
    }
  })
})

test('bands of random networks are valid and nest, for one point and for many with delays', () => {
  const random = randomOf(21)
  for (let seed = 1; seed <= 60; seed++) {
    const bytes = buildGraph(randomNetwork(seed))
    const graph = openGraph(bytes)
    const here = createEngine({ graph: bytes, settlements: [], teams: [] })
    const points = Array.from({ length: 1 + (seed % 3) }, () => {
      const p = Math.floor(random() * graph.pointLon.length)
      return {
        at: [graph.pointLon[p] / 1e7, graph.pointLat[p] / 1e7] as LonLat,
        delayMs: Math.floor(random() * 90_000),
      }
    })
    const q = {
      room: 'x',
      profile: 'foot' as const,
      minutes: [1, 2, 3.5, 10, 15],
      points,
      direction: 'from' as const,
    }
    let bands
    try {
      bands = here.isochrones(q).features.map(f => f.geometry.coordinates).reverse() // prettier-ignore
    } catch {
      continue // a point on a road that nobody may walk on
    }
    bands.forEach((band, i) => {
      expect([seed, faultsOf(band)]).toEqual([seed, []])
      if (i === 0) return
      expect([seed, crossings(bands[i - 1].flat(), band.flat())]).toEqual([seed, []])
      const larger = new Land(band)
      for (const rings of bands[i - 1]) expect([seed, larger.holds(rings[0][0])]).toEqual([seed, true])
    })
  }
})
