import { apartM, downstream, type Ground, villageNear } from './ground.ts'
import { type Make, round1 } from './make.ts'
import { livingAlong } from './valley.ts'

const DAMS = ['earth', 'earth', 'rockfill', 'masonry', 'concrete'] as const
const BELOW_M = 15_000

/** By total volume in 10⁴ m³, as 防洪标准 divides them. */
const sizeOf = (wanM3: number): string =>
  wanM3 < 100 ? 'small2' : wanM3 < 1000 ? 'small1' : wanM3 < 10_000 ? 'medium' : 'large'
const FLOOD_YEARS: Record<string, number> = { small2: 200, small1: 500, medium: 1000, large: 2000 }

export interface ReservoirRow {
  id: string
  /** Index into `land.reservoirs`. */
  index: number
}

/** The land's reservoirs with their three answerable persons and who lives below the dam. */
export function reservoirsOf({ ground, ledger, posts, random }: Make): ReservoirRow[] {
  const { land, people } = ground
  return land.reservoirs.map((reservoir, index) => {
    const village = villageNear(ground, reservoir.damCell)
    const below = livingAlong(ground, downstream(ground, reservoir.damCell, BELOW_M).slice(2), 200, 7)
    const volumeWanM3 = Math.round(reservoir.totalMm3 * 100)
    const kind = sizeOf(volumeWanM3)
    const leaders = [
      posts.of(kind === 'medium' ? '副县长' : '乡镇行政责任人', `reservoir ${index}`),
      posts.of('水库技术责任人'),
      posts.of('水库巡查责任人'),
    ]
    const dam = random.pick(DAMS)
    const [a, b] = reservoir.dam
    const middle: [number, number] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
    const id = ledger.add('reservoirs', {
      name: reservoir.name,
      at: middle,
      fields: {
        kind,
        owner:
          kind === 'medium'
            ? '青岭县水利局'
            : `${people.townships.find(t => t.id === village.township)!.name.zh}人民政府`,
        township: village.township,
        river: riverAt(ground, reservoir.damCell),
        deadM: round1(reservoir.deadM),
        limitM: round1(reservoir.limitM),
        designM: round1(reservoir.designM),
        checkM: round1(reservoir.checkM),
        crestM: round1(reservoir.crestM),
        levelM: round1(reservoir.deadM + (reservoir.limitM - reservoir.deadM) * random.between(0.45, 0.95)),
        volumeWanM3,
        limitWanM3: Math.round(reservoir.limitMm3 * 100),
        damHeightM: round1(reservoir.damHeightM),
        damLengthM: Math.round(damLength(a, b)),
        dam,
        catchmentKm2: round1(reservoir.catchmentKm2),
        floodYears: FLOOD_YEARS[kind],
        spillway: random.pick(['开敞式', '开敞式', '闸控']),
        // About 11·A^(3/4), the order of small mountain catchments.
        spillM3s: Math.round(
          11 * Math.sqrt(reservoir.catchmentKm2) * Math.sqrt(Math.sqrt(reservoir.catchmentKm2)),
        ),
        downstreamVillages:
          below.villages.length > 0 ? below.villages.map(v => people.villages[v].id) : undefined,
        downstreamPeople: below.people,
        administrative: leaders[0].name,
        administrativePhone: leaders[0].phone,
        technical: leaders[1].name,
        technicalPhone: leaders[1].phone,
        patrol: leaders[2].name,
        patrolPhone: leaders[2].phone,
        monitored: true,
        safety: random.pick(['1', '1', '2', '2', '3']),
      },
    })
    return { id, index }
  })
}

const damLength = (a: readonly [number, number], b: readonly [number, number]): number => {
  const dy = (b[1] - a[1]) * 111_195
  const dx = (b[0] - a[0]) * 111_195 * Math.cos((a[1] * Math.PI) / 180)
  return Math.sqrt(dx * dx + dy * dy)
}

/** The river that a cell's water comes to within 600 m. */
export function riverAt(ground: Ground, cell: number): string | undefined {
  for (const below of downstream(ground, cell, 600)) {
    if (ground.river[below] >= 0) return ground.land.rivers[ground.river[below]].name.zh
  }
  let [name, least] = [undefined as string | undefined, 600]
  for (const river of ground.land.rivers) {
    for (let i = 0; i < river.cells.length; i += 4) {
      const metres = apartM(ground, river.cells[i], cell)
      if (metres < least) [name, least] = [river.name.zh, metres]
    }
  }
  return name
}
