import type { Text } from '../../../server/contract/errors.ts'
import type { Brief, Land, People } from '../county.ts'
import { cellOfNode, nodeOfCell } from '../lattice.ts'
import { placeName } from '../names.ts'
import { Random } from '../random.ts'
import { RANK } from './classes.ts'
import type { Draft } from './draft.ts'
import { HELD } from './moves.ts'
import { layStreets, nearestCorner, type Plan, type Streets } from './streets.ts'

const CITY: Plan = { alongM: 165, acrossM: 140, stray: 0.06, gaps: 0.06, wideEvery: 4, wide: RANK.county }
const TOWN: Plan = { alongM: 135, acrossM: 115, stray: 0.13, gaps: 0.15, wideEvery: 4, wide: RANK.township }
const VILLAGE: Plan = { alongM: 112, acrossM: 92, stray: 0.2, gaps: 0.3, wideEvery: 0, wide: RANK.street }

export interface Settled {
  city: Streets
  /** By index of the township; the sub-districts share the county town's streets. */
  seats: Streets[]
  /** By index of the village; a community has its town's. */
  villages: Streets[]
  /** The lattice's node of each hamlet. */
  hamlets: number[]
}

/** 1 bit per cell for what houses hold, with the lanes between them. */
export function builtUp(land: Land, people: People): Uint8Array {
  const held = new Uint8Array(land.water.length)
  const { cols } = land.grid
  for (const { houses, kind } of people.villages) {
    const bit = kind === 'village' ? HELD.village : HELD.town
    for (const cell of houses) {
      for (const near of [cell, cell - 1, cell + 1, cell - cols, cell + cols]) {
        if (near >= 0 && near < held.length && land.water[near] === 0) held[near] |= bit
      }
    }
  }
  return held
}

/** The streets of every settlement, and from where on their edge a road can leave them. */
export function settle(brief: Brief, land: Land, people: People, draft: Draft, held: Uint8Array): Settled {
  const random = new Random(brief.seed, 'streets')
  const { townships, villages, hamlets } = people
  const names = new Random(brief.seed, 'street names')
  const taken = new Set<string>()
  const name = (): Text => placeName(names, 'street', taken)
  const inCity = new Set(townships.filter(town => town.kind === 'subdistrict').map(town => town.id))
  const cityHouses = villages.filter(v => inCity.has(v.township) && v.kind === 'community')
  const cityCells = Int32Array.from(cityHouses.flatMap(village => [...village.houses]))
  const cityMiddle = nearestHouse(draft, cityCells)
  const city = layStreets(draft, held, cityCells, cityMiddle, { ...CITY, name }, random)
  const seats = townships.map(({ id, kind }) => {
    if (kind === 'subdistrict') return city
    const seat = villages.find(village => village.township === id && village.kind === 'community')!
    const streets = layStreets(draft, held, seat.houses, seat.cell, { ...TOWN, name }, random)
    openUp(held, seat.houses, streets)
    return streets
  })
  const seatOf = new Map(townships.map(({ id }, i) => [id, seats[i]]))
  const perVillage = villages.map(({ kind, township, houses, cell }) => {
    if (kind === 'village') return layStreets(draft, held, houses, cell, VILLAGE, random)
    const all = seatOf.get(township)!
    if (all !== city) return all
    const middle = nearestCorner(draft, city.parts[0], draft.ground.x(cell), draft.ground.y(cell))
    return { ...city, middle }
  })
  const middles = new Set([city, ...seats, ...perVillage].map(({ middle }) => middle))
  for (let place = draft.latticeCount; place < draft.placeCount; place++) {
    if (draft.at(place).length > 0 || middles.has(place)) linkOut(draft, held, place)
  }
  return {
    city,
    seats,
    villages: perVillage,
    hamlets: hamlets.map(({ cell }) => nodeOfCell(draft.lattice, land.grid, cell)),
  }
}

/** A town strewn along a gorge has no net of streets to drive through: roads may pass between its houses. */
function openUp(held: Uint8Array, houses: Int32Array, { parts }: Streets): void {
  const corners = parts.reduce((sum, part) => sum + part.length, 0)
  if (parts[0].length * 2 > corners) return
  for (const cell of houses) held[cell] = (held[cell] & ~HELD.town) | HELD.village
}

function nearestHouse({ ground }: Draft, houses: Int32Array): number {
  let [x, y] = [0, 0]
  for (const cell of houses) {
    x += ground.x(cell) / houses.length
    y += ground.y(cell) / houses.length
  }
  let [best, least] = [houses[0], Infinity]
  for (const cell of houses) {
    const [dx, dy] = [ground.x(cell) - x, ground.y(cell) - y]
    if (dx * dx + dy * dy < least) [best, least] = [cell, dx * dx + dy * dy]
  }
  return best
}

/** Links a street's corner to the nodes around it that nothing holds. */
export function linkOut(draft: Draft, held: Uint8Array, place: number): void {
  const { lattice, ground } = draft
  const col = Math.round(draft.x(place) / lattice.widthM - 0.5)
  const row = Math.round(draft.y(place) / lattice.heightM - 0.5)
  for (let dr = -2; dr <= 2; dr++) {
    for (let dc = -2; dc <= 2; dc++) {
      const [r, c] = [row + dr, col + dc]
      if (r < 0 || c < 0 || r >= lattice.rows || c >= lattice.cols) continue
      const node = r * lattice.cols + c
      const cell = cellOfNode(lattice, ground.land.grid, node)
      if (held[cell] & ~HELD.village || ground.land.water[cell] !== 0 || draft.apartM(place, node) > 190)
        continue
      if (!crossesWater(draft, place, node)) draft.link(place, node)
    }
  }
}

/** Does the straight line from one place to another cross more than a brook? */
export function crossesWater(draft: Draft, a: number, b: number): boolean {
  const { ground } = draft
  for (let k = 1; k < 10; k++) {
    const x = draft.x(a) + ((draft.x(b) - draft.x(a)) * k) / 10
    const y = draft.y(a) + ((draft.y(b) - draft.y(a)) * k) / 10
    const cell = ground.cell(x, y)
    if (ground.land.water[cell] !== 0 && ground.land.upstreamKm2[cell] > 4) return true
  }
  return false
}
