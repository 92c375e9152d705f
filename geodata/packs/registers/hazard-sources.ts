import { apartM, cellsAround, type Ground, lonLatOf, villageNear } from './ground.ts'
import type { Make } from './make.ts'
import { best, tooFew } from './sites.ts'

interface Source {
  zh: string
  en: string
  owner: string
  substance: string
  un: string
  t: number
  level: string
  isolateM: number
  protectM: number
  /** In the chemical park, or at least this far from houses elsewhere. */
  fromHousesM: number
  park: boolean
}

/** Quantities and distances are of the usual order; a plant's own plan has its own. */
const SOURCES: readonly Source[] = [
  {
    zh: '液氨储罐区',
    en: 'Ammonia Tanks',
    owner: '青岭化工有限公司（虚构）',
    substance: '液氨',
    un: '1005',
    t: 240,
    level: '2',
    isolateM: 150,
    protectM: 1500,
    fromHousesM: 400,
    park: true,
  },
  {
    zh: '甲醇储罐区',
    en: 'Methanol Tanks',
    owner: '青岭化工有限公司（虚构）',
    substance: '甲醇',
    un: '1230',
    t: 3200,
    level: '3',
    isolateM: 50,
    protectM: 300,
    fromHousesM: 400,
    park: true,
  },
  {
    zh: '硝酸铵仓库',
    en: 'Ammonium Nitrate Store',
    owner: '青岭民爆器材有限公司（虚构）',
    substance: '硝酸铵',
    un: '1942',
    t: 180,
    level: '1',
    isolateM: 500,
    protectM: 1000,
    fromHousesM: 400,
    park: true,
  },
  {
    zh: '液氯库',
    en: 'Chlorine Store',
    owner: '青岭水处理药剂厂（虚构）',
    substance: '液氯',
    un: '1017',
    t: 18,
    level: '3',
    isolateM: 200,
    protectM: 1200,
    fromHousesM: 400,
    park: true,
  },
  {
    zh: '液化石油气站',
    en: 'LPG Station',
    owner: '青岭燃气有限公司（虚构）',
    substance: '液化石油气',
    un: '1075',
    t: 120,
    level: '3',
    isolateM: 100,
    protectM: 500,
    fromHousesM: 150,
    park: false,
  },
  {
    zh: '成品油库',
    en: 'Oil Depot',
    owner: '青岭石油有限公司（虚构）',
    substance: '汽油',
    un: '1203',
    t: 4200,
    level: '3',
    isolateM: 50,
    protectM: 300,
    fromHousesM: 150,
    park: false,
  },
  {
    zh: '冷库液氨机房',
    en: 'Cold Store Ammonia Plant',
    owner: '青岭果蔬冷链有限公司（虚构）',
    substance: '液氨',
    un: '1005',
    t: 14,
    level: '4',
    isolateM: 100,
    protectM: 600,
    fromHousesM: 80,
    park: false,
  },
]

/** Level dry ground outside the flood plain by a road, as near to the county town as the houses allow. */
export function parkSite(ground: Ground): number {
  const { land, people } = ground
  const seat = people.townships[0].cell
  for (const fromHouses of [700, 450, 280]) {
    const cell = best(cellsAround(ground, seat, 12_000), c => {
      if (!land.inside[c] || land.water[c] || land.floodPlain[c] || land.slopeDeg[c] > 5) return Infinity
      if (ground.houseM[c] < fromHouses || ground.roadM[c] > 600 || land.aboveWaterM[c] < 5) return Infinity
      return apartM(ground, c, seat) + ground.roadM[c]
    })
    if (cell >= 0) return cell
  }
  throw tooFew({ zh: '化工园区', en: 'a chemical park' })
}

/** Seven major hazard sources: four in the chemical park, a gas station, an oil depot, a cold store. */
export function hazardSourcesOf({ ground, ledger, posts }: Make, park: number): number[] {
  const { land } = ground
  const seat = ground.people.townships[0].cell
  const taken: number[] = []
  for (const source of SOURCES) {
    const centre = source.park ? park : seat
    const fits = (c: number, houses: number): boolean =>
      land.inside[c] === 1 &&
      !land.water[c] &&
      !land.floodPlain[c] &&
      land.slopeDeg[c] <= 7 &&
      ground.houseM[c] >= houses &&
      ground.roadM[c] <= 700
    let cell = -1
    for (const share of [1, 0.6, 0.3]) {
      cell = best(cellsAround(ground, centre, source.park ? 2500 : 9000), c =>
        fits(c, source.fromHousesM * share) &&
        taken.every(t => apartM(ground, t, c) > (source.park ? 140 : 500))
          ? apartM(ground, c, centre)
          : Infinity,
      )
      if (cell >= 0) break
    }
    if (cell < 0) throw tooFew({ zh: '7 处重大危险源', en: '7 major hazard sources' })
    taken.push(cell)
    let people = 0
    for (const near of cellsAround(ground, cell, source.protectM)) {
      if (ground.perCell[near] > 0 && apartM(ground, near, cell) <= source.protectM)
        people += ground.perCell[near]
    }
    const post = posts.of('安全总监', source.owner)
    ledger.add('hazardSources', {
      name: { zh: source.zh, en: source.en },
      at: lonLatOf(ground, cell),
      fields: {
        owner: source.owner,
        township: villageNear(ground, cell).township,
        level: source.level,
        substance: source.substance,
        un: source.un,
        quantityT: source.t,
        isolateM: source.isolateM,
        protectM: source.protectM,
        peopleWithin: Math.round(people),
        answerable: post.name,
        answerablePhone: post.phone,
        dutyPhone: posts.of('企业值班室', source.owner).phone,
        monitored: true,
      },
    })
  }
  return taken
}
