import { apartM, cellsAround, type Ground, lonLatOf, villageNear } from './ground.ts'
import { lately } from './ledger.ts'
import { type Make, round1, weighted } from './make.ts'
import { bare, unique } from './naming.ts'
import { best, drawn, tooFew } from './sites.ts'
import { STATES } from './stations.ts'

const RADIO = 11
const RADIO_REACH_M = 20_000

/** Eleven hilltops, each the one from which most people see a mast whom the others do not reach. */
export function radioStationsOf({ ground, ledger, posts, random }: Make): void {
  const { land, people } = ground
  const tops = drawn(ground, random, cell =>
    land.aboveWaterM[cell] > 60 && !land.water[cell] && ground.roadM[cell] <= 2500 && topOf(ground, cell)
      ? land.aboveWaterM[cell]
      : 0,
  ).slice(0, 160)
  if (tops.length < RADIO) throw tooFew({ zh: '11 个固定台', en: '11 radio stations' })
  const seen = tops.map(top => people.villages.map(v => sees(ground, top, v.cell)))
  const reached = people.villages.map(() => 0)
  const chosen: number[] = []
  while (chosen.length < RADIO) {
    const next = best(tops.keys(), t => {
      if (chosen.includes(t)) return Infinity
      if (chosen.some(c => apartM(ground, tops[c], tops[t]) < 1200)) return Infinity
      return -people.villages.reduce(
        (sum, v, i) => sum + (seen[t][i] ? v.people / (1 + 4 * reached[i]) : 0),
        0,
      )
    })
    const take = next >= 0 ? next : [...tops.keys()].find(t => !chosen.includes(t))!
    chosen.push(take)
    for (const i of reached.keys()) if (seen[take][i]) reached[i]++
  }
  const names = new Set<string>()
  for (const t of chosen) {
    const cell = tops[t]
    const village = villageNear(ground, cell)
    const keeper = posts.of('电台维护员')
    const state = weighted(random, STATES)
    ledger.add('radioStations', {
      name: unique(names, bare(village.name), { zh: '370 兆固定台', en: ' Radio Station' }),
      at: lonLatOf(ground, cell),
      fields: {
        township: village.township,
        elevationM: round1(land.heightM[cell]),
        mastM: random.pick([25, 30, 40]),
        rangeKm: RADIO_REACH_M / 1000,
        backupHours: random.pick([8, 12, 24, 48]),
        link: random.pick(['microwave', 'fibre', 'satellite']),
        state,
        tested: lately(random, 60),
        answerable: keeper.name,
        answerablePhone: keeper.phone,
        dutyPhone: posts.of('值班室', '应急管理局').phone,
      },
    })
  }
}

/** Higher than everything within 250 m. */
function topOf(ground: Ground, cell: number): boolean {
  const { heightM, grid } = ground.land
  const over = (other: number): boolean => heightM[other] <= heightM[cell]
  // Its four neighbours first: few cells pass them.
  if (![cell - 1, cell + 1, cell - grid.cols, cell + grid.cols].every(over)) return false
  return cellsAround(ground, cell, 250).every(over)
}

/** A straight line from a mast of 30 m to an aerial of 6 m, over a round earth with 4/3 of its radius. */
function sees(ground: Ground, top: number, cell: number): boolean {
  const { land } = ground
  const metres = apartM(ground, top, cell)
  if (metres > RADIO_REACH_M) return false
  const { cols } = land.grid
  const [r0, r1] = [Math.floor(top / cols), Math.floor(cell / cols)]
  const [c0, c1] = [top - r0 * cols, cell - r1 * cols]
  const [from, to] = [land.heightM[top] + 30, land.heightM[cell] + 6]
  const steps = Math.ceil(metres / 60)
  for (let i = 1; i < steps; i++) {
    const t = i / steps
    const bulge = (t * metres * (1 - t) * metres) / (2 * 8_495_000)
    const at = Math.round(r0 + t * (r1 - r0)) * cols + Math.round(c0 + t * (c1 - c0))
    if (land.heightM[at] + bulge > from + t * (to - from)) return false
  }
  return true
}
