import type { LonLat } from '../../../server/contract/geo.ts'
import type { Village } from '../county.ts'
import { cellOf, lonLatOf, villageNear } from './ground.ts'
import { chance, type Make } from './make.ts'
import { bare, unique } from './naming.ts'
import { holds, type Ring } from './ring.ts'
import { type Shelter, shelterNear } from './shelters.ts'
import type { Walks, WayOut } from './walks.ts'

export interface Refuge {
  id: string
  at: LonLat
}

const MAX_SLOPE_DEG = 9
const ROUND_VILLAGE_M = 900

/**
 * Places to which one walks and waits: one in each village, and more where a way out would be too far. On the
 * road, on gentle ground, outside every flood plain and every hazard area (also 25 m beside it).
 */
export class Refuges {
  readonly #make: Make
  readonly #walks: Walks
  readonly #shelters: readonly Shelter[]
  readonly #hazards: readonly Ring[]
  readonly #byNode = new Map<number, Refuge>()
  readonly #names = new Set<string>()
  readonly #nodes = new Set<number>()

  constructor(make: Make, walks: Walks, shelters: readonly Shelter[], hazards: readonly Ring[]) {
    this.#make = make
    this.#walks = walks
    this.#shelters = shelters
    this.#hazards = hazards
    const { ground } = make
    for (const village of ground.people.villages) {
      const near = walks.near(lonLatOf(ground, village.cell), ROUND_VILLAGE_M)
      const found = near.find(({ node }) => !this.#byNode.has(node) && this.safe(node))
      if (found) this.#open(found.node, village)
    }
  }

  safe(node: number): boolean {
    const { land } = this.#make.ground
    // Where the row will stand: rounded, and beside what stands there already.
    const at = this.#make.ledger.unused(this.#walks.at(node))
    const cell = cellOf(this.#make.ground, at)
    if (cell < 0 || !land.inside[cell] || land.water[cell] || land.floodPlain[cell]) return false
    if (land.slopeDeg[cell] > MAX_SLOPE_DEG || land.aboveWaterM[cell] < 3) return false
    return !this.#hazards.some(ring => reaches(ring, at))
  }

  /** The way out of an area and the refuge where it ends; null when no road leads away. */
  from(start: LonLat, area: Ring): (WayOut & { refuge: Refuge }) | null {
    const way = this.#walks.wayOut(start, area, this.#nodes, node => this.safe(node))
    if (!way) return null
    const { ground } = this.#make
    const refuge =
      this.#byNode.get(way.node) ??
      this.#open(way.node, villageNear(ground, cellOf(ground, this.#walks.at(way.node))))
    return { ...way, line: [...way.line.slice(0, -1), refuge.at], refuge }
  }

  #open(node: number, village: Village): Refuge {
    const { ledger, posts, random } = this.#make
    const at = ledger.unused(this.#walks.at(node))
    const school = chance(random, 0.2)
    const post = posts.of(village.kind === 'community' ? '社区书记' : '村支书', village.id)
    const capacity = 10 * random.whole(12, 80)
    const id = ledger.add('refuges', {
      name: unique(this.#names, bare(village.name), { zh: '避险点', en: ' Refuge' }),
      at,
      fields: {
        township: village.township,
        village: village.id,
        place: school ? '学校操场' : random.pick(['村委会广场', '文化广场', '晒场', '村委会院内']),
        capacity,
        indoor: school || chance(random, 0.5),
        water: chance(random, 0.7),
        answerable: post.name,
        answerablePhone: post.phone,
        shelter: shelterNear(this.#shelters, at).id,
      },
    })
    const refuge = { id, at }
    this.#byNode.set(node, refuge)
    this.#nodes.add(node)
    return refuge
  }
}

const BESIDE_DEG = 25 / 111_195

/** Inside, or within about 25 m. */
function reaches(ring: Ring, [lon, lat]: LonLat): boolean {
  const d = BESIDE_DEG
  if (lon < ring.west - 2 * d || lon > ring.east + 2 * d || lat < ring.south - d || lat > ring.north + d)
    return false
  for (const dx of [-1.3 * d, 0, 1.3 * d]) {
    for (const dy of [-d, 0, d]) if (holds(ring, [lon + dx, lat + dy])) return true
  }
  return false
}
