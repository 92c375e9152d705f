import * as turf from '@turf/turf'
import { expect, test } from 'vitest'
import { distanceM, type LonLat } from '../../../server/contract/geo.ts'
import { RIVER, type Network, type People } from '../county.ts'
import { cellAt } from '../grid.ts'
import { SMALL_BRIEF, syntheticLand } from '../land.fixture.ts'
import { groundOf } from './ground.ts'
import { disc, hull, ringOf } from './ring.ts'
import { Walks } from './walks.ts'

const METRE = 1 / 111_195
const ORIGIN: LonLat = [82.8, 38.95]
const lonOf = (x: number): number => ORIGIN[0] + (x * METRE) / Math.cos((ORIGIN[1] * Math.PI) / 180)
const at = (x: number, y: number): LonLat => [lonOf(x), ORIGIN[1] + y * METRE]

/** A ladder of streets, 600 m apart: three across, two along; the western one is a tunnel at first. */
function ladder(): Network {
  const points = [at(0, 0), at(900, 0), at(0, 600), at(900, 600), at(0, 1200), at(900, 1200)]
  const street = (a: number, b: number, tags: Record<string, string> = {}) => ({
    nodes: [a, b],
    tags: { highway: 'residential', ...tags },
  })
  return {
    lon: points.map(p => p[0]),
    lat: points.map(p => p[1]),
    nodeTags: new Map(),
    ways: [
      street(0, 1),
      street(2, 3),
      street(4, 5),
      street(0, 2, { tunnel: 'yes' }),
      street(1, 3),
      street(3, 5),
    ],
    restrictions: [],
    bridges: [],
    underpasses: [],
    footOnly: [],
  }
}

const land = syntheticLand()
land.water.fill(0)
const people: People = {
  townships: [],
  villages: [],
  hamlets: [],
  grid: land.grid,
  perCell: new Float32Array(0),
}
const walks = (): Walks => new Walks(groundOf(SMALL_BRIEF, land, people, ladder()))

const polygonOf = (ring: ReturnType<typeof ringOf>) => turf.polygon([[...ring.points]])

test('a way out follows streets to the refuge and does not touch its area', () => {
  const network = walks()
  const area = ringOf(hull(disc(at(450, 0), 60)))
  const refuge = network.near(at(0, 600), 5)[0].node
  const way = network.wayOut(at(450, 10), area, new Set([refuge]), () => false)!
  expect(distanceM(way.line[way.line.length - 1], at(0, 600))).toBeLessThan(1)
  expect(turf.booleanIntersects(turf.lineString(way.line), polygonOf(area))).toBe(false)
  expect(turf.pointToPolygonDistance(way.line[0], polygonOf(area), { units: 'meters' })).toBeLessThan(40)
  // East, north, and west along the middle street: the western street is a tunnel.
  expect(way.lengthM).toBeGreaterThan(1850)
  expect(way.lengthM).toBeLessThan(2000)
})

test('a street that runs through the area is not taken, the long way round is', () => {
  const network = walks()
  const from = at(900, 520)
  const refuge = new Set([network.near(at(900, 0), 5)[0].node, network.near(at(0, 1200), 5)[0].node])
  const beside = network.wayOut(from, ringOf(hull(disc(from, 20))), refuge, () => false)!
  expect(distanceM(beside.line[beside.line.length - 1], at(900, 0))).toBeLessThan(1)
  const area = ringOf(hull([...disc(at(800, 300), 60), ...disc(at(1000, 300), 60), ...disc(from, 20)]))
  const round = network.wayOut(from, area, refuge, () => false)!
  expect(distanceM(round.line[round.line.length - 1], at(0, 1200))).toBeLessThan(1)
  expect(turf.booleanIntersects(turf.lineString(round.line), polygonOf(area))).toBe(false)
})

test('a new refuge is opened at the first safe place when none is near; none without a road', () => {
  const network = walks()
  const area = ringOf(hull(disc(at(450, 0), 60)))
  const safe = (node: number): boolean => network.at(node)[1] > ORIGIN[1] + 100 * METRE
  const way = network.wayOut(at(450, 0), area, new Set(), safe)!
  expect(distanceM(way.line[way.line.length - 1], at(900, 120))).toBeLessThan(60)
  expect(network.wayOut(at(450, 3000), area, new Set(), () => true)).toBeNull()
})

test('nobody wades: a stream between the houses and the nearer street turns them to the other one', () => {
  const wet = { ...land, water: land.water.slice() }
  for (let x = -1500; x < 2500; x += 10) wet.water[cellAt(land.grid, at(x, 700))] = RIVER
  const area = ringOf(hull(disc(at(450, 850), 20)))
  const over = (ground: typeof land): LonLat => {
    const network = new Walks(groundOf(SMALL_BRIEF, ground, people, ladder()))
    return network.wayOut(at(450, 845), area, new Set(), () => true)!.line[1]
  }
  expect(over(land)[1]).toBeLessThan(at(0, 650)[1])
  expect(over(wet)[1]).toBeGreaterThan(at(0, 1150)[1])
})
