import { Refusal } from '../../../server/contract/errors.ts'
import type { Brief, Land, People, Township, Village } from '../county.ts'
import { latticeOf, nodeOfCell } from '../lattice.ts'
import { hash, Random } from '../random.ts'
import { grow, middleOf, parted, type Growth } from './footprint.ts'
import { hamletsOf } from './hamlets.ts'
import { Names } from './names.ts'
import { cellsApartM, scatter } from './scatter.ts'
import { seatsOf } from './seats.ts'
import { sitesOf } from './sites.ts'
import { spread } from './spread.ts'
import { territories } from './territory.ts'

/** The county's own code; no real one begins with 99. */
const ADCODE = '990001'
const SUBDISTRICTS = 5
const TOWNS = 9
/** What a county of 45 × 40 km has; others by area. */
const FULL = { areaKm2: 1800, people: 450_000, villages: 240, communities: 35, hamlets: 300 }
const COUNTY_TOWN_SHARE = 0.33
/** People per cell of 30 m: blocks of flats, a town's houses, courtyards. */
const DENSITY = { city: 9.9, town: 4.6, village: 3.6 }
/** The least that a village covers. */
const CORE_CELLS = 16

interface Counts {
  people: number
  villages: number
  perSubdistrict: number
  hamlets: number
}

function countsOf({ widthKm, heightKm }: Brief): Counts {
  const size = (widthKm * heightKm) / FULL.areaKm2
  return {
    people: Math.round(FULL.people * size),
    villages: Math.max(60, Math.round(FULL.villages * size)),
    perSubdistrict: Math.max(2, Math.round((FULL.communities * size) / SUBDISTRICTS)),
    hamlets: Math.max(24, Math.round(FULL.hamlets * size)),
  }
}

/**
 * Towns on the widest level ground by water, villages where slope and water let people live, hamlets up the
 * side valleys; who belongs to which township; people per house.
 * @throws Refusal no_room when the land cannot hold fourteen townships and their villages
 */
export function makePeople(brief: Brief, land: Land): People {
  const counts = countsOf(brief)
  const lattice = latticeOf(land.grid)
  const sites = sitesOf(land, lattice)
  const names = new Names(new Random(brief.seed, 'names of people'), land)
  const random = new Random(brief.seed, 'people')
  const growth: Growth = {
    land,
    taken: new Uint8Array(land.heightM.length),
    seed: hash(brief.seed, 11),
  }
  const seats = seatsOf(land, lattice, sites, TOWNS, brief.widthKm * brief.heightKm)
  if (seats.countyTown < 0 || seats.towns.length < TOWNS) throw noRoom()

  const cityPeople = Math.round(counts.people * COUNTY_TOWN_SHARE)
  const cellKm2 = (lattice.widthM * lattice.heightM) / (lattice.step * lattice.step) / 1e6
  const perCell = (density: number): number => (density * cellKm2) / 0.0009
  const city = grow(growth, seats.countyTown, Math.round(cityPeople / perCell(DENSITY.city)), true)
  const draft: Draft[] = []
  const townships: Township[] = []
  for (const [k, cells] of parted(city, SUBDISTRICTS, land.grid.cols).entries()) {
    const id = `${ADCODE}${String(k + 1).padStart(3, '0')}`
    townships.push({
      id,
      name: names.next('subdistrict'),
      kind: 'subdistrict',
      cell: middleOf(cells, land.grid.cols),
    })
    for (const some of parted(cells, counts.perSubdistrict, land.grid.cols)) {
      const cell = middleOf(some, land.grid.cols)
      const far = cellsApartM(land, lattice, cell, seats.countyTown) / 1500
      draft.push({ kind: 'community', township: k, cell, houses: some, weight: some.length / (1 + far) })
    }
  }
  share(draft, cityPeople)

  const seatPeople = seats.towns.map(() => (counts.people * (0.6 + 0.8 * random.next())) / 75)
  for (const [k, cell] of seats.towns.entries()) {
    const id = `${ADCODE}${String(100 + k)}`
    const people = Math.round(seatPeople[k])
    const houses = grow(growth, cell, Math.round(people / perCell(DENSITY.town)), true)
    const middle = middleOf(houses, land.grid.cols)
    townships.push({ id, name: names.next('town'), kind: 'town', cell: middle })
    draft.push({ kind: 'community', township: SUBDISTRICTS + k, cell: middle, houses, weight: 0, people })
  }

  const kept = draft.map(({ cell, township }) => ({ cell, keptM: township < SUBDISTRICTS ? 800 : 1300 }))
  const owner = territories(
    land,
    lattice,
    townships.map(({ cell, kind }) => ({ cell, behindM: kind === 'town' ? 0 : 1500 })),
  )
  const wanted = counts.villages - draft.length
  const rural: Draft[] = []
  for (const cell of scatter(land, lattice, sites, random, wanted, kept, growth.taken)) {
    const node = nodeOfCell(lattice, land.grid, cell)
    const weight = (0.25 + sites.around[node]) * Math.exp(0.45 * random.normal())
    rural.push({ kind: 'village', township: owner[node], cell, houses: new Int32Array(0), weight })
  }
  if (rural.length < wanted) throw noRoom()
  share(rural, counts.people - draft.reduce((sum, { people = 0 }) => sum + people, 0))
  // First a core for each, so that no large neighbour leaves a village without ground.
  for (const village of rural) village.houses = grow(growth, village.cell, CORE_CELLS, false)
  for (const village of rural) {
    const more = Math.round(village.people! / perCell(DENSITY.village)) - village.houses.length
    const outer = more > 0 ? grow(growth, village.cell, more, false) : []
    village.houses = Int32Array.from([...village.houses, ...outer])
    if (village.houses.length === 0) throw noRoom()
    village.cell = middleOf(village.houses, land.grid.cols)
  }

  const villages = numbered([...draft, ...rural], townships, names)
  const hamlets = hamletsOf(land, lattice, sites, villages, counts.hamlets, names, random)
  return { townships, villages, hamlets, ...spread(land, villages, hamlets) }
}

interface Draft {
  kind: Village['kind']
  /** Index of its township. */
  township: number
  cell: number
  houses: Int32Array
  weight: number
  people?: number
}

/** Deals people out by weight; nobody is lost to rounding. */
function share(drafts: Draft[], people: number): void {
  const total = drafts.reduce((sum, { weight }) => sum + weight, 0)
  let [weightSoFar, dealt] = [0, 0]
  for (const draft of drafts) {
    weightSoFar += draft.weight
    draft.people = Math.round((people * weightSoFar) / total) - dealt
    dealt += draft.people
  }
}

/** Ids as the national code of villages has them: communities from 001, villages from 200 in each township. */
function numbered(drafts: Draft[], townships: Township[], names: Names): Village[] {
  const count = new Map<string, number>()
  return drafts.map(({ kind, township, cell, houses, people = 0 }) => {
    const { id, name, kind: of } = townships[township]
    const key = `${id} ${kind}`
    const no = count.get(key) ?? (kind === 'community' ? 1 : 200)
    count.set(key, no + 1)
    return {
      id: id + String(no).padStart(3, '0'),
      name: kind === 'village' ? names.next('village') : names.community(of === 'town' ? name : undefined),
      kind,
      township: id,
      cell,
      people,
      households: Math.max(1, Math.round(people / 3)),
      houses,
    }
  })
}

function noRoom(): Refusal {
  return new Refusal(
    'no_room',
    422,
    {
      zh: '这样大的县里没有足够的平地，放不下 14 个乡镇和各村',
      en: 'a county of this size has too little level ground for 14 townships and their villages',
    },
    { zh: '请把县做大一些，或换一个种子。', en: 'Make the county larger, or take another seed.' },
  )
}
