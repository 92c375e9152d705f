import { describe, expect, test } from 'vitest'
import { distanceM } from '../../../server/contract/geo.ts'
import { LAKE } from '../county.ts'
import { cellAt, cellLonLat } from '../grid.ts'
import { CLASS_RULES, type Rank } from './classes.ts'
import { crossing, Segments } from './cross.ts'
import { leastEarthM } from './fit.ts'
import { Ground } from './ground.ts'
import { drivable, madeRoads, metresFrom, nearestNode, slowRoads, walkable, wayM } from './made.fixture.ts'
import { riverLines } from './rivers.ts'

const RANK_OF = new Map<string, Rank>(
  Object.entries(CLASS_RULES).map(([rank, { highway }]) => [highway, Number(rank) as Rank]),
)

describe.each([2, 3])('roads of county %i', seed => {
  const { land, people, network } = madeRoads(seed)
  const { lon, lat, ways } = network
  const ground = new Ground(land)
  const x = lon.map(value => ((value - land.grid.west) / land.grid.dLon) * ground.cellW)
  const y = lat.map(value => ((land.grid.north - value) / land.grid.dLat) * ground.cellH)
  const roads = drivable(network)
  const at = (cell: number) => cellLonLat(land.grid, cell)
  const slow = slowRoads(network)
  const city = nearestNode(network, slow, at(people.townships[0].cell)).node
  const fromCity = metresFrom(roads, city)
  const toCity = metresFrom(drivable(network, true), city)
  const footOnly = new Set(network.footOnly.flatMap(({ village }) => village ?? []))
  const lengthOf = (passes: (tags: Record<string, string>) => boolean): number =>
    ways.filter(way => passes(way.tags)).reduce((sum, way) => sum + wayM(network, way.nodes), 0)
  const all = lengthOf(tags => tags.highway !== undefined)

  test('no road is steeper than its class, bridges and tunnels aside', () => {
    const steep = ways.filter(({ nodes, tags }) => {
      const rank = tags.highway === undefined ? undefined : RANK_OF.get(tags.highway)
      if (rank === undefined || tags.bridge || tags.tunnel || tags.highway === 'path') return false
      const line = { points: nodes, rank, road: -1, named: -1, street: false }
      return leastEarthM(ground, { x, y }, line) > CLASS_RULES[rank].earthM + 0.5
    })
    expect(steep.map(({ tags }) => tags)).toEqual([])
  })

  test('tunnels at most 2 % and bridges at most 4 % of the length', () => {
    expect(lengthOf(tags => tags.highway !== undefined && tags.tunnel === 'yes')).toBeLessThan(0.02 * all)
    expect(lengthOf(tags => tags.highway !== undefined && tags.bridge === 'yes')).toBeLessThan(0.04 * all)
  })

  test('97 % of the length is one network; off the motorway it is driven into and out of', () => {
    const length = (passes: (way: (typeof ways)[number]) => boolean): number =>
      ways.filter(passes).reduce((sum, way) => sum + wayM(network, way.nodes), 0)
    const either = metresFrom(walkable(network), city)
    const joined = length(({ nodes, tags }) => tags.highway !== undefined && either.has(nodes[0]))
    expect(joined).toBeGreaterThan(0.97 * all)
    const isSlow = (tags: Record<string, string>): boolean =>
      tags.highway !== undefined && !['path', 'motorway'].includes(tags.highway)
    const driven = length(
      ({ nodes, tags }) => isSlow(tags) && nodes.every(n => fromCity.has(n) && toCity.has(n)),
    )
    expect(driven).toBeGreaterThan(0.97 * lengthOf(isSlow))
  })

  test('every village reaches the county town and is reached, or is listed as foot-only', () => {
    const lost = people.villages.filter(({ cell }, village) => {
      if (footOnly.has(village)) return false
      const { node, metres } = nearestNode(network, slow, at(cell))
      return metres > 600 || !fromCity.has(node) || !toCity.has(node)
    })
    expect(lost.map(({ name }) => name.zh)).toEqual([])
    expect(footOnly.size).toBeLessThanOrEqual(people.villages.length * 0.08)
  })

  test('between villages the roads are 1.2 to 2.5 times as long as the straight line', () => {
    const some = people.villages.filter((_, i) => !footOnly.has(i) && i % 3 === 0)
    const nodes = some.map(({ cell }) => nearestNode(network, slow, at(cell)).node)
    const factors: number[] = []
    for (const [i, a] of nodes.entries()) {
      const metres = metresFrom(roads, a)
      for (const b of nodes.slice(i + 1)) {
        const straight = distanceM([lon[a], lat[a]], [lon[b], lat[b]])
        if (straight > 1500) factors.push((metres.get(b) ?? Infinity) / straight)
      }
    }
    factors.sort((p, q) => p - q)
    const quantile = (share: number): number => factors[Math.floor(share * (factors.length - 1))]
    expect(factors.length).toBeGreaterThan(80)
    expect(quantile(0.5)).toBeGreaterThan(1.2)
    expect(quantile(0.5)).toBeLessThan(1.9)
    expect(quantile(0.9)).toBeLessThan(2.5)
  })

  test('no road lies in a lake', () => {
    const inLake = ways.filter(({ nodes, tags }) => {
      if (tags.highway === undefined || tags.bridge || tags.tunnel) return false
      return nodes.some((b, i) => {
        if (i === 0) return false
        const a = nodes[i - 1]
        const middle = cellAt(land.grid, [(lon[a] + lon[b]) / 2, (lat[a] + lat[b]) / 2])
        return middle >= 0 && land.water[middle] === LAKE
      })
    })
    expect(inLake.map(({ tags }) => tags.highway)).toEqual([])
  })

  test('rivers are crossed on bridges or through fords', () => {
    const rivers = riverLines(land, ground)
    const streams = new Segments(rivers, rivers.lines)
    let [dry, wet] = [0, 0]
    for (const { nodes, tags } of ways) {
      if (tags.highway === undefined) continue
      for (let i = 1; i < nodes.length; i++) {
        const [a, b] = [nodes[i - 1], nodes[i]]
        for (const id of streams.near(x[a], y[a], x[b], y[b])) {
          const { points } = rivers.lines[streams.line[id]]
          const [c, d] = [points[streams.at[id] - 1], points[streams.at[id]]]
          const [cx, cy, dx, dy] = [rivers.x[c], rivers.y[c], rivers.x[d], rivers.y[d]]
          if (!crossing(x[a], y[a], x[b], y[b], cx, cy, dx, dy)) continue
          if (tags.bridge || tags.ford || tags.tunnel) dry++
          else wet++
        }
      }
    }
    expect(dry).toBeGreaterThan(40)
    expect(wet).toBeLessThanOrEqual(0.02 * dry)
  })

  test('all classes are there, the trunk roads numbered, streets named', () => {
    const refs = new Set(ways.flatMap(({ tags }) => tags.ref ?? []))
    for (const letter of ['G', 'S', 'X', 'Y', 'C']) {
      expect([...refs].filter(ref => ref.startsWith(letter)).length, letter).toBeGreaterThan(0)
    }
    for (const highway of ['motorway', 'motorway_link', 'trunk', 'secondary', 'tertiary', 'unclassified']) {
      expect(
        lengthOf(tags => tags.highway === highway),
        highway,
      ).toBeGreaterThan(100)
    }
    for (const highway of ['residential', 'track', 'path']) {
      expect(
        lengthOf(tags => tags.highway === highway),
        highway,
      ).toBeGreaterThan(100)
    }
    expect(lengthOf(tags => tags.railway === 'rail')).toBeGreaterThan(10_000)
    const streets = ways.filter(({ tags }) => tags.highway === 'residential' && tags.name)
    expect(new Set(streets.map(({ tags }) => tags.name)).size).toBeGreaterThan(10)
    const signed = ways.filter(({ tags }) => tags.maxspeed !== undefined).length
    expect(signed).toBeGreaterThan(50)
    expect(signed).toBeLessThan(ways.length / 2)
  })

  test('bridges and underpasses say what their ways say', () => {
    expect(network.bridges.length).toBeGreaterThan(20)
    expect(new Set(network.bridges.map(({ name }) => name.zh)).size).toBe(network.bridges.length)
    for (const { way, maxWeightT, lengthM } of network.bridges) {
      const { tags, nodes } = ways[way]
      expect(tags.bridge).toBe('yes')
      expect(tags.maxweight).toBe(maxWeightT === null ? undefined : String(maxWeightT))
      expect(Math.abs(wayM(network, nodes) - lengthM)).toBeLessThan(2)
    }
    expect(network.bridges.some(({ maxWeightT }) => maxWeightT !== null && maxWeightT <= 16)).toBe(true)
    expect(network.underpasses.length).toBeGreaterThan(0)
    for (const { maxHeightM } of network.underpasses) {
      expect(maxHeightM).toBeGreaterThanOrEqual(2)
      expect(maxHeightM).toBeLessThanOrEqual(5)
    }
  })

  test('some hamlets hang on a single road or track, some on a path', () => {
    const degree = new Map<number, number>()
    for (const { nodes, tags } of ways) {
      if (tags.highway === undefined) continue
      nodes.forEach((n, i) =>
        degree.set(n, (degree.get(n) ?? 0) + (i === 0 || i === nodes.length - 1 ? 1 : 2)),
      )
    }
    const ends = people.hamlets.filter(({ cell }) => {
      const { node, metres } = nearestNode(network, degree, at(cell))
      return metres < 80 && degree.get(node) === 1
    })
    expect(ends.length).toBeGreaterThan(5)
    expect(network.footOnly.some(({ hamlet }) => hamlet !== undefined)).toBe(true)
  })

  test('every node is used, every way has two and refers to what there is', () => {
    const used = new Set(ways.flatMap(({ nodes }) => nodes))
    expect(used.size).toBe(lon.length)
    expect(lat.length).toBe(lon.length)
    for (const { nodes } of ways) {
      expect(nodes.length).toBeGreaterThanOrEqual(2)
      expect(nodes.every((n, i) => i === 0 || n !== nodes[i - 1])).toBe(true)
    }
    for (const { from, via, to } of network.restrictions) {
      for (const way of [from, to]) {
        const { nodes } = ways[way]
        expect([nodes[0], nodes[nodes.length - 1]]).toContain(via)
      }
    }
  })
})
